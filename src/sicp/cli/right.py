"""What a person may do, and why."""

import json
from datetime import date
from typing import Any

import click

from sicp import clock
from sicp.cli.options import config_option
from sicp.cli.options import json_option
from sicp.cli.site import OpenSite
from sicp.cli.site import open_site
from sicp.i18n import french
from sicp.operations.consultation.reference import find_consultation
from sicp.operations.user.simulation import Verdict
from sicp.operations.user.simulation import explain
from sicp.operations.user.simulation import holdings_in_words
from sicp.operations.user.simulation import visible_counts


@click.command()
@config_option
@json_option
@click.argument("user")
@click.option(
    "--on", "reference", metavar="REFERENCE", help="Ask about this consultation."
)
def can(
    config: str | None,
    as_json: bool,  # noqa: FBT001
    user: str,
    reference: str | None,
) -> None:
    """Say what USER may see and do today, and why.

    Without --on: assignments in force, functions by entity, substitutions. With it:
    each permission on that consultation, yes or no, with the line of the ACL that
    decides and the functions held.
    """
    today = clock.legal_day(clock.now())
    with open_site(config) as opened:
        person = known_user(opened, user)
        if reference is None:
            report = _standing(opened, person, today)
        else:
            report = _verdicts(opened, person, reference, today)
    click.echo(json.dumps(report, ensure_ascii=False) if as_json else _text(report))


def known_user(opened: OpenSite, login: str) -> Any:
    """Find an account.

    Raises:
        click.ClickException: there is none.
    """
    user = opened.root["utilisateurs"].get(login)
    if user is None:
        message = f"There is no account {login}."
        raise click.ClickException(message)
    return user


def known_consultation(opened: OpenSite, reference: str) -> Any:
    """Find a consultation.

    Raises:
        click.ClickException: there is none.
    """
    consultation = find_consultation(opened.root, reference)
    if consultation is None:
        message = f"There is no consultation {reference}."
        raise click.ClickException(message)
    return consultation


def _standing(opened: OpenSite, user: Any, on: date) -> dict[str, Any]:
    site = opened.root
    held: dict[str, list[str]] = {}
    for item in holdings_in_words(site, user, on):
        where = f"{item.where} (for {item.through})" if item.through else item.where
        held.setdefault(where, []).append(item.function)
    return {
        "user": user.login,
        "name": user.title,
        "is_active": user.is_active,
        "assignments": [
            _assignment(site, held_here, on) for held_here in user.assignments
        ],
        "substitutes": [
            f"{s.substitute} {s.starts_on}…{s.ends_on}" for s in user.substitutions
        ],
        "acts_for": sorted(
            {item.through for item in holdings_in_words(site, user, on) if item.through}
        ),
        "functions": {where: sorted(set(codes)) for where, codes in held.items()},
        "sees": visible_counts(site, user, on),
    }


def _assignment(site: Any, assignment: Any, on: date) -> dict[str, Any]:
    profile = site["profils"].get(assignment.profile)
    entity = site.__objectmap__.object_for(assignment.entity)
    return {
        "id": assignment.id,
        "profile": profile.title if profile is not None else assignment.profile,
        "entity": (entity.full_title() or entity.title) if entity is not None else "",
        "starts_on": assignment.starts_on.isoformat(),
        "ends_on": assignment.ends_on.isoformat() if assignment.ends_on else None,
        "is_in_force": assignment.is_in_force(on),
    }


def _verdicts(opened: OpenSite, user: Any, reference: str, on: date) -> dict[str, Any]:
    consultation = known_consultation(opened, reference)
    verdicts = explain(opened.root, user, consultation, on)
    return {
        "user": user.login,
        "consultation": consultation.reference,
        "permissions": [_verdict(item) for item in verdicts],
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "permission": verdict.permission,
        "allowed": verdict.allowed,
        "functions": list(verdict.functions),
        "ace": verdict.ace,
        "reasons": [french(reason) for reason in verdict.reasons],
    }


def _text(report: dict[str, Any]) -> str:
    if "permissions" in report:
        return "\n".join(_verdict_text(item) for item in report["permissions"])
    lines = [f"{report['user']} ({report['name']})"]
    if not report["is_active"]:
        lines.append("The account is closed: it gives no right.")
    lines += [_assignment_text(item) for item in report["assignments"]]
    lines += [f"  substitute: {item}" for item in report["substitutes"]]
    for where, codes in report["functions"].items():
        lines.append(f"  at {where}: {' '.join(codes)}")
    sees = report["sees"]
    lines.append(f"  sees {sees['cards']} consultation(s), {sees['details']} in detail")
    return "\n".join(lines)


def _assignment_text(item: dict[str, Any]) -> str:
    until = item["ends_on"] or "…"
    force = "" if item["is_in_force"] else " (not in force)"
    span = f"from {item['starts_on']} to {until}{force}"
    return f"  {item['id']}  {item['profile']} at {item['entity'] or '?'}, {span}"


def _verdict_text(item: dict[str, Any]) -> str:
    answer = "yes" if item["allowed"] else "no "
    decides = f" [{item['ace']}]" if item["ace"] else ""
    return f"{answer} {item['permission']}{decides}: {' '.join(item['reasons'])}"
