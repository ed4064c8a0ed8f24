"""Articles of law and sheets named in the texts of a page, each led to its place."""

from collections.abc import Iterable
from typing import Any

from sicp.operations.clause.rich_text import printed
from sicp.operations.knowledge.link import Links
from sicp.operations.knowledge.link import links_for
from sicp.operations.knowledge.link import noted_link


def links_of(request: Any) -> Links:  # noqa: ANN401
    """Find addresses for the person, each once in a page."""
    return links_for(request.site, request.actor, prefix=request.script_name)


def cite(request: Any, text: str) -> Iterable[tuple[str, str]]:  # noqa: ANN401
    """Cut words into those that lead to an article and those that do not."""
    pieces: Iterable[tuple[str, str]] = request.links.cited(text)
    return pieces


def shown_address(request: Any, url: str) -> str:  # noqa: ANN401
    """Return a link as a form shows it: a page of the application by its address."""
    noted = url.removeprefix("sicp:sheet/")
    if noted == url:
        return url
    return str(request.resource_url(request.site["connaissances"], f"~{noted}"))


def typed_address(request: Any, url: str) -> str:  # noqa: ANN401
    """Return what is kept of a link that was typed: a sheet by its number."""
    inside = url.removeprefix(request.application_url)
    kept = noted_link(inside, request.site, request.actor)
    return kept if kept != inside else url


def led_links(request: Any, links: Iterable[Any]) -> list[tuple[str, str, bool]]:  # noqa: ANN401
    """Say where the pages of a clause are: title, address, whether it is ours.

    The address is empty when the sheet is gone, or is not for this reader.
    """
    return [
        (item.title, request.links.leads_to(item.url), item.is_inside) for item in links
    ]


def add_citations(event: Any) -> None:  # noqa: ANN401
    """Give templates what shows words typed by people as French prints them.

    ``printed`` keeps signs with their words; ``cited`` also cuts them for the macro of
    that name, which leads to articles.
    """
    event["printed"] = printed
    request = event.get("request")
    if request is not None and hasattr(request, "links"):
        event["led_links"] = lambda links: led_links(request, links)
        event["cited"] = lambda text: request.links.cited(request.layout.say(text))
