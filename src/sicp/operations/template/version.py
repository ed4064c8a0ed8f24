"""What differs between two canevas, or between two moments of one, told to people."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from substanced.util import find_objectmap

from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.comparison import Comparison
from sicp.engines.drafting.comparison import compare
from sicp.engines.drafting.load_error import LoadError
from sicp.engines.drafting.loader import canevas_from_data
from sicp.exceptions import InvalidInputError
from sicp.operations.clause.field import drafting_fields
from sicp.operations.clause.release import library_to_come
from sicp.operations.template.editing import edited_at
from sicp.operations.template.editing import edited_canevas
from sicp.operations.template.editing import read_edited
from sicp.operations.template.template import Written

#: The tree being edited, beside the numbers of versions.
EDITED = 0


def canevas_in(template: Any, number: int) -> Canevas:  # noqa: ANN401
    """Return a canevas in one version, or as it is being edited (``EDITED``).

    What it extends is taken as last published; for ``EDITED``, as being edited.

    Raises:
        InvalidInputError: there is no such version, or it cannot be read.
    """
    if number == EDITED:
        return edited_canevas(template)
    version = template.version(number)
    data: Mapping[str, Any] = version.data if version is not None else {}
    try:
        return canevas_from_data(data, Written(template.__parent__))
    except LoadError as error:
        raise InvalidInputError(str(error)) from error


def compare_canevas(site: Any, old: Canevas, new: Canevas, on: date) -> Comparison:  # noqa: ANN401
    """Tell, node by node, what ``new`` changes of ``old``."""
    return compare(old, new, drafting_fields(on), library_to_come(site, on))


def compare_since(template: Any, revision: int, on: date) -> Comparison | None:  # noqa: ANN401
    """Tell what changed in a canevas since a revision somebody opened.

    None when that revision is forgotten, or one of the two cannot be read.
    """
    data = edited_at(template, revision)
    if data is None:
        return None
    try:
        old = read_edited(data, template.__parent__)
        new = edited_canevas(template)
    except InvalidInputError:
        return None
    return compare_canevas(find_objectmap(template).root, old, new, on)
