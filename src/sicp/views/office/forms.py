"""What the forms of the agents share: a refusal shown in place, a choice of entity."""

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from typing import Any

from sicp.exceptions import DomainError
from sicp.exceptions import InvalidInputError
from sicp.operations.upload import Upload
from sicp.operations.upload import too_large
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import Option

_MOST_DIGITS = 19
#: What a form carries around its file: names, marks, token.
_ENVELOPE = 64 * 1024


def attempt(
    request: Any, form: Form, operation: Callable[..., Any], *args: Any, **kw: Any
) -> Any:
    """Do ``operation`` for the person; what it refuses is shown in the form.

    Returns:
        what the operation returns, True when it returns nothing, None when it refused.
    """
    with refused_in(form):
        result = operation(
            *args,
            actor=request.actor,
            now=request.now,
            registry=request.registry,
            **kw,
        )
        return True if result is None else result
    return None


@contextmanager
def refused_in(form: Form) -> Iterator[None]:
    """Show in the form what is refused meanwhile, and go on after it."""
    try:
        yield
    except DomainError as error:
        form.refuse(error.message, error.field)


def upload_of(request: Any, limit: int) -> Upload | None:
    """Read the file that is sent as « file »; None when there is none.

    A request larger than ``limit``, in bytes, is refused before its file is looked at.

    Raises:
        InvalidInputError: it is too large.
    """
    if (request.content_length or 0) > limit + _ENVELOPE:
        raise InvalidInputError(too_large(limit), "file")
    sent = request.POST.get("file")
    file = getattr(sent, "file", None)
    if file is None:
        return None
    return Upload(file, getattr(sent, "filename", "") or "")


def entity_options(entities: Sequence[Any]) -> tuple[Option, ...]:
    """Make the answers of a choice of entity, the highest ones at the margin."""
    if not entities:
        return ()
    depths = [len(entity.ancestry()) for entity in entities]
    top = min(depths)
    return tuple(
        Option(str(entity.__oid__), entity.title, depth - top)
        for entity, depth in zip(entities, depths, strict=True)
    )


def number_of(value: Any) -> int | None:
    """Read a whole number that a page of ours posts; None for anything else."""
    text = str(value or "")
    digits = text.removeprefix("-")
    # Python refuses to read thousands of digits; none of our numbers has twenty.
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
    return int(text) if is_number else None


def page_asked(request: Any, size: int, total: int) -> int:
    """Return the page that the address asks, brought back among those there are."""
    asked = number_of(request.GET.get("page")) or 1
    return min(max(1, asked), max(1, -(-total // size)))


def entity_of(request: Any, value: Any) -> Any:
    """Return the entity that an answer designates, or None."""
    number = number_of(value)
    return None if number is None else request.site.__objectmap__.object_for(number)
