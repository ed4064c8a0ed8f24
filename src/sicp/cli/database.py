"""Keeps the database: steps, indexes, checks, packing."""

import json
import time

import click
import transaction
from substanced.evolution import EvolutionManager

from sicp.cli.options import config_option
from sicp.cli.options import json_option
from sicp.cli.site import OpenSite
from sicp.cli.site import open_site
from sicp.operations.health import faults_of
from sicp.operations.index import rebuild
from sicp.operations.search.comparing import IndexState
from sicp.operations.search.comparing import state_of_index


@click.command()
@config_option
@click.option("--latest", is_flag=True, help="Run every step that waits.")
@click.option("--dry-run", is_flag=True, help="Run them, write nothing.")
def evolve(config: str | None, latest: bool, dry_run: bool) -> None:  # noqa: FBT001
    """Bring the database of an older version to this one.

    Without an option, list the steps that wait (status 1 when there are any). Make a
    backup first.
    """
    if latest and dry_run:
        message = "--latest and --dry-run do not go together."
        raise click.UsageError(message)
    with open_site(config, refuse_old=False) as opened:
        pending = opened.pending_steps()
        if latest or dry_run:
            _run_steps(opened, write=latest)
        for name in pending:
            click.echo(f"{'done' if latest else 'waits'}: {name}")
    if not pending:
        click.echo("The database is up to date.")
    elif not latest and not dry_run:
        raise SystemExit(1)


@click.command()
@config_option
def reindex(config: str | None) -> None:
    """Empty the catalogue and fill it again from the objects."""
    with open_site(config) as opened:
        start = time.monotonic()
        count = rebuild(opened.root)
        opened.commit("reindex")
    click.echo(f"{count} consultation(s) in {time.monotonic() - start:.1f} s.")


@click.command()
@config_option
@json_option
def check(config: str | None, as_json: bool) -> None:  # noqa: FBT001
    """Look for faults: catalogue, rights, entities, object map. Repairs nothing.

    Status 1 when there is a fault. "sicp reindex" mends the catalogue. It also tells
    how late the index of the search is, which is no fault: "sicp index" keeps it.
    """
    with open_site(config, refuse_old=False) as opened:
        faults = faults_of(opened.root, opened.registry)
        state = state_of_index(opened.root, opened.registry)
    if as_json:
        told = {"faults": faults, "search": _index_report(state)}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        click.echo("\n".join(faults) or "No fault.")
        click.echo(_index_told(state))
    if faults:
        raise SystemExit(1)


@click.command()
@config_option
@click.option(
    "--days",
    default=1,
    show_default=True,
    type=click.IntRange(0),
    help="Keep what was written in the last days, for an undo.",
)
def pack(config: str | None, days: int) -> None:
    """Throw away the old states of objects and make the database smaller."""
    with open_site(config, refuse_old=False) as opened:
        before = opened.database.getSize()
        transaction.abort()
        opened.database.pack(days=days)
        after = opened.database.getSize()
    click.echo(f"{before / 1e6:.1f} MB before, {after / 1e6:.1f} MB after.")


def _index_report(state: IndexState | None) -> dict[str, object] | None:
    if state is None:
        return None
    return {
        "documents": state.documents,
        "late_seconds": round(state.late_seconds, 1),
        "is_building": state.is_building,
        "is_unfit": state.is_unfit,
    }


def _index_told(state: IndexState | None) -> str:
    if state is None:
        return "Search: no index yet; it is made when the site is served."
    if state.is_unfit:
        return "Search: the index is to be made again; serving the site does it."
    late = f"{state.late_seconds:.1f} s late" if state.late_seconds else "up to date"
    return f"Search: {state.documents} document(s), {late}."


def _run_steps(opened: OpenSite, *, write: bool) -> None:
    manager = EvolutionManager(opened.root, opened.registry, transaction)
    manager.out = lambda message: click.echo(message, err=True)
    manager.evolve(commit=write)
