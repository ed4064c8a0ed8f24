"""Clauses, canevas, proposals and publications of the clausier, as they are found."""

import re
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from sicp import permissions as p
from sicp.engines.drafting.blocks import Plural
from sicp.engines.drafting.blocks import Reference
from sicp.engines.drafting.blocks import Text
from sicp.engines.drafting.blocks import Variable
from sicp.engines.drafting.blocks import inlines_of
from sicp.engines.drafting.blocks import walk_inlines
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.markup import MarkupError
from sicp.engines.search import SearchDocument
from sicp.exceptions import InvalidInputError
from sicp.operations.clause.library import plain_title
from sicp.operations.clause.library import read_data
from sicp.operations.search.passage import numbers_above
from sicp.operations.search.passage import passages_of
from sicp.operations.search.passage import seconds_of
from sicp.operations.search.passage import sources_of
from sicp.operations.user.right import allowed_by

_NOTE = "Note"
_STUCK = re.compile(r"([.;:!?»])(?=[A-ZÀ-Ý«])")


def clause_document(clause: Any) -> SearchDocument:
    """Return a clause as it is found, in its latest version."""
    data = clause.current.data
    passages = passages_of("", _words_of(data))
    passages += passages_of(_NOTE, [str(data.get("note") or "")])
    state = "retired" if clause.retired_from is not None else "kept"
    return SearchDocument(
        id=clause.__oid__,
        kind="clause",
        title=plain_title(clause.title),
        passages=tuple(passages),
        allowed=tuple(allowed_by(clause, p.VIEW_LIBRARY)),
        ancestors=numbers_above(clause),
        references=(clause.clause_id, *map(str, data.get("legal_basis") or ())),
        facets={"state": (f"clause.{state}",)},
        modified_at=seconds_of(clause.modified_at),
        sources=sources_of(clause),
    )


def template_document(template: Any) -> SearchDocument:
    """Return a canevas as it is found, with the titles of its articles.

    Before its first publication it is the affair of those who keep the library.
    """
    permission = p.VIEW_LIBRARY if template.versions else p.EDIT_LIBRARY
    titles = dict.fromkeys(map(plain_title, _titles_in(template.data)))
    return SearchDocument(
        id=template.__oid__,
        kind="template",
        title=template.title,
        passages=tuple(passages_of(template.document, titles)),
        allowed=tuple(allowed_by(template, permission)),
        ancestors=numbers_above(template),
        references=(template.template_id,),
        modified_at=seconds_of(template.modified_at),
        sources=sources_of(template),
    )


def proposal_document(proposal: Any) -> SearchDocument:
    """Return a proposal of the committee as it is found."""
    state = proposal.__workflow_state__["proposal"]
    passages = passages_of("", [proposal.reason])
    passages += passages_of("", _words_of(proposal.data))
    return SearchDocument(
        id=proposal.__oid__,
        kind="proposal",
        title=plain_title(proposal.title),
        passages=tuple(passages),
        allowed=tuple(allowed_by(proposal, p.VIEW_PROPOSALS)),
        ancestors=numbers_above(proposal),
        references=(proposal.clause_id,),
        facets={"state": (f"proposal.{state}",)},
        modified_at=seconds_of(proposal.modified_at),
        sources=sources_of(proposal, proposal.__workflow_state__),
    )


def release_document(release: Any) -> SearchDocument:
    """Return a publication of the clausier as it is found, with what it changed."""
    lines = (f"{change.title} {change.reason}" for change in release.changes)
    return SearchDocument(
        id=release.__oid__,
        kind="release",
        title=release.title,
        passages=tuple(passages_of("", [release.note, *map(plain_title, lines)])),
        allowed=tuple(allowed_by(release, p.VIEW_LIBRARY)),
        ancestors=numbers_above(release),
        facets={"year": (str(release.in_force_from.year),)},
        modified_at=seconds_of(release.modified_at),
        sources=sources_of(release),
    )


def words_of_clause(clause: Clause) -> Iterator[str]:
    """Return the text of a clause, a line for each paragraph, item or cell."""
    titles = {variable.name: french(variable.title) for variable in clause.variables}
    for block in clause.blocks:
        for inlines in inlines_of(block):
            text = "".join(_word(inline, titles) for inline in walk_inlines(inlines))
            # Two passages of which one is kept follow one another without a space.
            yield _STUCK.sub(r"\1 ", text)


def _words_of(data: Mapping[str, Any]) -> Iterator[str]:
    try:
        yield from words_of_clause(read_data(data))
    except (InvalidInputError, MarkupError):
        # A proposal may be half-written: its source is better than nothing.
        yield str(data.get("text") or "")


def _word(inline: Any, titles: Mapping[str, str]) -> str:
    match inline:
        case Text():
            return inline.text
        case Plural():
            return inline.one
        case Variable():
            return titles.get(inline.name, "…")
        case Reference():
            return inline.fallback
    return ""


def _titles_in(data: Any) -> Iterator[str]:
    if isinstance(data, Mapping):
        if isinstance(data.get("title"), str):
            yield data["title"]
        data = data.values()
    elif not isinstance(data, list | tuple):
        return
    for part in data:
        yield from _titles_in(part)
