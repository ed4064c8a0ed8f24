"""Finds what the site holds, and keeps the index of the search."""

import json
from typing import Any

import click
from pyramid.traversal import resource_path

from sicp.cli.options import as_option
from sicp.cli.options import config_option
from sicp.cli.options import json_option
from sicp.cli.site import open_site
from sicp.operations.search import Found
from sicp.operations.search import SearchPage
from sicp.operations.search import SearchWanted
from sicp.operations.search import ask
from sicp.operations.search.asking import ORDERS
from sicp.operations.search.comparing import Differences
from sicp.operations.search.comparing import compare as compare_index
from sicp.operations.search.comparing import rebuild as rebuild_index
from sicp.operations.search.comparing import repair as repair_index
from sicp.operations.search.facet import FACET_TITLES

_WRITTEN_ELSEWHERE = (
    "Another process writes the index: it was asked to make it again, and does so now."
)


@click.command()
@config_option
@as_option
@json_option
@click.option(
    "--facet",
    "facets",
    multiple=True,
    metavar="NAME=VALUE",
    help=f"Keep this value of a facet ({', '.join(FACET_TITLES)}); again for more.",
)
@click.option(
    "--as-typed", is_flag=True, help="Mend no error of typing, even to find something."
)
@click.option("--order", type=click.Choice(ORDERS), default=ORDERS[0])
@click.option("--page", type=click.IntRange(1), default=1, show_default=True)
@click.option("--size", type=click.IntRange(1, 100), default=20, show_default=True)
@click.argument("text")
def search(  # noqa: PLR0913
    config: str | None,
    actor: str | None,
    as_json: bool,  # noqa: FBT001
    facets: tuple[str, ...],
    as_typed: bool,  # noqa: FBT001
    order: Any,
    page: int,
    size: int,
    text: str,
) -> None:
    """Find TEXT in all that the site holds, with the rights of an account.

    A FileStorage is open to one process at a time: with it, search in the pages while
    the site is served. On PostgreSQL both go together.
    """
    wanted = SearchWanted(
        text,
        _chosen(facets),
        order=order,
        page=page,
        size=size,
        as_typed=as_typed,
    )
    with open_site(config) as opened:
        by = {"actor": opened.actor(actor), "registry": opened.registry}
        found = ask(opened.root, wanted, **by)
        report = _report(found)
        click.echo(json.dumps(report, ensure_ascii=False) if as_json else _told(found))


@click.group()
def index() -> None:
    """Keep the index of the search, which is made from the database alone."""


@index.command()
@config_option
def rebuild(config: str | None) -> None:
    """Make the index again from the database."""
    with open_site(config) as opened:
        count = rebuild_index(opened.root, opened.registry)
        click.echo(_WRITTEN_ELSEWHERE if count is None else f"{count} document(s).")


@index.command()
@config_option
@json_option
@click.option("--repair", is_flag=True, help="Write again what differs.")
def compare(config: str | None, as_json: bool, repair: bool) -> None:  # noqa: FBT001
    """Compare the index with the database. Status 1 when they differ."""
    with open_site(config) as opened:
        differences = compare_index(opened.root, opened.registry)
        if differences.numbers and repair:
            is_done = repair_index(opened.root, opened.registry, differences)
            click.echo("Repaired." if is_done else _WRITTEN_ELSEWHERE, err=True)
    click.echo(_differences_told(differences, as_json=as_json))
    if differences.numbers:
        raise SystemExit(1)


def _chosen(facets: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    chosen: dict[str, tuple[str, ...]] = {}
    for facet in facets:
        name, mark, value = facet.partition("=")
        if not mark or name not in FACET_TITLES:
            message = (
                f"{facet}: a facet is one of {', '.join(FACET_TITLES)}, = a value."
            )
            raise click.UsageError(message)
        chosen[name] = (*chosen.get(name, ()), value)
    return chosen


def _report(page: SearchPage) -> dict[str, Any]:
    return {
        "total": page.total,
        "milliseconds": round(page.milliseconds, 1),
        "is_late": page.is_late,
        "mended": page.mended,
        "facets": {
            facet.name: [
                {"value": one.value, "title": one.title, "count": one.count}
                for one in facet.values
            ]
            for facet in page.facets
        },
        "results": [_row(found) for found in page.found],
    }


def _row(found: Found) -> dict[str, Any]:
    return {
        "title": _joined(found.title),
        "path": resource_path(found.item),
        "score": round(found.score, 3),
        "passage": _joined(found.passage),
    }


def _told(page: SearchPage) -> str:
    lines = [f"{page.total} result(s), page {page.page} of {page.pages}"]
    if page.is_late:
        lines.append("What was written lately cannot be found yet.")
    if page.mended:
        lines.append(f"Nothing has what was typed. This answers: {page.mended}")
    if page.correction:
        lines.append(f"Try: {page.correction}")
    for found in page.found:
        where = " — ".join(filter(None, (found.heading, found.place)))
        passage = " ".join(_joined(found.passage).split())
        lines += [f"* {_joined(found.title)}  {resource_path(found.item)}"]
        lines += [f"    {part}" for part in (where, passage) if part]
    return "\n".join(lines)


def _joined(parts: Any) -> str:
    return "".join(text for text, _is_found in parts)


def _differences_told(differences: Differences, *, as_json: bool) -> str:
    told = {
        "documents": differences.count,
        "missing": list(differences.missing),
        "stale": list(differences.stale),
        "phantom": list(differences.phantom),
    }
    if as_json:
        return json.dumps(told)
    lines = [f"{differences.count} document(s) in the database."]
    for name in ("missing", "stale", "phantom"):
        lines += [f"{name}: {number}" for number in told[name]]
    return "\n".join(lines if differences.numbers else [*lines, "No difference."])
