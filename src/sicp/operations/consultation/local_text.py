"""A text of the writer’s own in the place of that of the library, and its checks."""

from collections.abc import Mapping

from sicp.content_types.consultation.upstream_form import DRAFTING_FIELDS
from sicp.engines.drafting import blocks
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.fields import ROW_NAMES
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.markup import MarkupError
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.values import is_empty
from sicp.exceptions import InvalidInputError
from sicp.i18n import _

#: A local text longer than this is a document of its own, to be annexed.
LONGEST_LOCAL_TEXT = 50_000


def checked_text(clause: Clause, text: str | None) -> str | None:
    """Return the text a writer puts in a clause; None when it is that of the library.

    Raises:
        InvalidInputError: it is too long, or cannot be read.
    """
    if is_empty(text) or text is None or text.strip() == clause.text.strip():
        return None
    if len(text) > LONGEST_LOCAL_TEXT:
        raise InvalidInputError(
            _(
                "local-text-too-long",
                default="Le texte est trop long : ${count} caractères au plus.",
                mapping={"count": LONGEST_LOCAL_TEXT},
            ),
            "text",
        )
    try:
        parse(text)
    except MarkupError as error:
        raise InvalidInputError(
            _(
                "local-text-unreadable",
                default="Le texte ne peut pas être lu, ${why}.",
                mapping={"why": str(error)},
            ),
            "text",
        ) from error
    return text.strip()


def check_names(text: str, variables: Mapping[str, Field], library: Library) -> None:
    """Refuse a local text that names what no document knows.

    Raises:
        InvalidInputError: it names a field or a clause that does not exist.
    """
    for inline in blocks.all_inlines(parse(text)):
        match inline:
            case blocks.Variable(name=name) | blocks.Plural(name=name):
                is_known = _is_field(name, variables)
            case blocks.Conditional(field=name):
                is_known = _is_field(name, variables)
            case blocks.Reference(clause_id=name):
                is_known = name in library
            case _:
                continue
        if not is_known:
            raise InvalidInputError(
                _(
                    "local-text-unknown-name",
                    default="Le texte cite « ${name} », que les documents ne "
                    "connaissent pas.",
                    mapping={"name": name},
                ),
                "text",
            )


def _is_field(name: str, variables: Mapping[str, Field]) -> bool:
    if name in variables or name in DRAFTING_FIELDS:
        return True
    row, _dot, column = name.partition(".")
    rows = next((table for table, said in ROW_NAMES.items() if said == row), row)
    table = DRAFTING_FIELDS.get(rows)
    return table is not None and table.column(column) is not None
