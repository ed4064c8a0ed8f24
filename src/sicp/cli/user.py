"""Accounts, from the command line: for the first administrator, and in an emergency."""

import json
import secrets
import sys
from datetime import date
from datetime import timedelta
from typing import Any

import click

from sicp import clock
from sicp.cli.options import as_option
from sicp.cli.options import config_option
from sicp.cli.options import json_option
from sicp.cli.right import known_user
from sicp.cli.site import OpenSite
from sicp.cli.site import open_site
from sicp.operations.user.account import change_user
from sicp.operations.user.account import create_user
from sicp.operations.user.account import set_password
from sicp.operations.user.assignment import assign as give_profile
from sicp.operations.user.assignment import end_assignment
from sicp.operations.user.perimeter import home_of
from sicp.operations.user.perimeter import require_account

_DAY = click.DateTime(["%Y-%m-%d"])
_PASSWORD_BYTES = 12

entity_option = click.option(
    "--entity",
    metavar="PATH",
    default="",
    help='Path of the entity, such as "region/direction-des-lycees". '
    "Default: the very top, above all public bodies.",
)
password_option = click.option(
    "--password-stdin",
    "from_stdin",
    is_flag=True,
    help="Read the password on the standard input. Default: one is made and printed.",
)


@click.group()
def user() -> None:
    """Keep the accounts: list, create, password, close, open, assign, unassign."""


@user.command("list")
@config_option
@json_option
def list_users(config: str | None, as_json: bool) -> None:  # noqa: FBT001
    """List the accounts, closed ones too."""
    today = clock.legal_day(clock.now())
    with open_site(config) as opened:
        rows = [
            _row(opened, account, today)
            for _login, account in sorted(opened.root["utilisateurs"].items())
        ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        state = "open  " if row["is_active"] else "closed"
        held = f"{row['assignments']} assignment(s)"
        click.echo(f"{row['login']:<24} {state} {row['name']} <{row['email']}>, {held}")


@user.command()
@config_option
@as_option
@click.argument("login")
@click.argument("name")
@click.option("--email", default="", help="Address of the person.")
@entity_option
@password_option
def create(  # noqa: PLR0913
    config: str | None,
    actor: str | None,
    login: str,
    name: str,
    email: str,
    entity: str,
    from_stdin: bool,  # noqa: FBT001
) -> None:
    """Open an account for the person NAME, that logs in as LOGIN.

    It has no right yet: see "sicp user assign".
    """
    with open_site(config) as opened:
        by = _by(opened, actor)
        home = find_entity(opened, entity)
        account = create_user(opened.root, login, name, email, home, **by)
        password = _new_password(from_stdin)
        set_password(account, password, **by)
        opened.commit(f"user create {login}")
    _tell_password(account.login, password, from_stdin)


@user.command()
@config_option
@as_option
@click.argument("login")
@password_option
def password(
    config: str | None,
    actor: str | None,
    login: str,
    from_stdin: bool,  # noqa: FBT001
) -> None:
    """Set a new password; all sessions of the account end."""
    with open_site(config) as opened:
        by = _by(opened, actor)
        account = known_user(opened, login)
        today = clock.legal_day(by["now"])
        require_account(opened.root, by["actor"], account, today)
        new = _new_password(from_stdin)
        set_password(account, new, **by)
        opened.commit(f"user password {login}")
    _tell_password(login, new, from_stdin)


@user.command()
@config_option
@as_option
@click.argument("login")
def close(config: str | None, actor: str | None, login: str) -> None:
    """Close an account: it gives no right any more; nothing of its history is lost."""
    _set_active(config, actor, login, is_active=False)


@user.command("open")
@config_option
@as_option
@click.argument("login")
def open_(config: str | None, actor: str | None, login: str) -> None:
    """Open a closed account again, with its assignments."""
    _set_active(config, actor, login, is_active=True)


@user.command()
@config_option
@as_option
@click.argument("login")
@click.argument("profile")
@entity_option
@click.option("--from", "starts_on", type=_DAY, help="First day. Default: today.")
@click.option("--to", "ends_on", type=_DAY, help="Last day. Default: no end.")
def assign(  # noqa: PLR0913
    config: str | None,
    actor: str | None,
    login: str,
    profile: str,
    entity: str,
    starts_on: Any,
    ends_on: Any,
) -> None:
    """Give LOGIN the PROFILE at an entity and below it, such as "administrator"."""
    with open_site(config) as opened:
        by = _by(opened, actor)
        start = starts_on.date() if starts_on else clock.legal_day(by["now"])
        assignment = give_profile(
            opened.root,
            known_user(opened, login),
            profile,
            find_entity(opened, entity),
            start,
            ends_on.date() if ends_on else None,
            **by,
        )
        opened.commit(f"user assign {login} {profile}")
    click.echo(f"Assignment {assignment.id} of {login} begins on {start}.")


@user.command()
@config_option
@as_option
@click.argument("login")
@click.argument("assignment")
def unassign(
    config: str | None, actor: str | None, login: str, assignment: str
) -> None:
    """End an ASSIGNMENT yesterday; its number is told by "sicp can LOGIN"."""
    with open_site(config) as opened:
        by = _by(opened, actor)
        yesterday = clock.legal_day(by["now"]) - timedelta(days=1)
        account = known_user(opened, login)
        end_assignment(opened.root, account, assignment, yesterday, **by)
        opened.commit(f"user unassign {login} {assignment}")
    click.echo(f"Assignment {assignment} of {login} ended on {yesterday}.")


def find_entity(opened: OpenSite, path: str) -> Any:
    """Find an entity by its path below the top; the top for an empty path.

    Raises:
        click.ClickException: there is none.
    """
    entity = opened.root["organisation"]
    for name in filter(None, path.split("/")):
        if name not in entity:
            known = ", ".join(sorted(entity)) or "none"
            message = f"There is no entity {path} (below {entity.title}: {known})."
            raise click.ClickException(message)
        entity = entity[name]
    return entity


def _by(opened: OpenSite, login: str | None) -> dict[str, Any]:
    return {
        "actor": opened.actor(login),
        "now": clock.now(),
        "registry": opened.registry,
    }


def _row(opened: OpenSite, account: Any, on: date) -> dict[str, Any]:
    home = home_of(opened.root, account)
    return {
        "login": account.login,
        "name": account.title,
        "email": account.email,
        "is_active": account.is_active,
        "is_demonstration": account.is_demonstration,
        "home": home.full_title() or home.title,
        "assignments": len(account.assignments_on(on)),
    }


def _set_active(
    config: str | None, actor: str | None, login: str, *, is_active: bool
) -> None:
    with open_site(config) as opened:
        by = _by(opened, actor)
        _change(opened, known_user(opened, login), by, is_active=is_active)
        opened.commit(f"user {'open' if is_active else 'close'} {login}")
    click.echo(f"The account {login} is {'open' if is_active else 'closed'}.")


def _change(
    opened: OpenSite, account: Any, by: dict[str, Any], *, is_active: bool
) -> None:
    home = home_of(opened.root, account)
    change_user(
        account,
        account.title,
        account.email,
        home,
        is_active,
        site=opened.root,
        **by,
    )


def _new_password(from_stdin: bool) -> str:  # noqa: FBT001
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return secrets.token_urlsafe(_PASSWORD_BYTES)


def _tell_password(login: str, password: str, from_stdin: bool) -> None:  # noqa: FBT001
    click.echo(f"The account {login} has a new password.")
    if not from_stdin:
        click.echo(f"Password: {password}")
