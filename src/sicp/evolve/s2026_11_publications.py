"""Gives the clausier its proposals and its publications.

Before, a canevas had one tree and a piece took the clauses of the day. Now a canevas
has versions, and a piece follows the publication under which it was begun: what the
site holds becomes its first publication, and every piece begun is written from it.
"""

from collections.abc import Iterator
from typing import Any

from pyramid.authorization import Allow

from sicp import clock
from sicp.catalog.consultation import DraftIndexView
from sicp.catalog.indexes import add_missing_indexes
from sicp.content_types.clause import Change
from sicp.content_types.clause import Release
from sicp.content_types.template import TemplateVersion
from sicp.content_types.user import Profile
from sicp.interfaces.clause import IClause
from sicp.interfaces.consultation import IDraft

NAME = "2026-11 give the clausier its publications"

_SERVICES = (
    (
        "propositions",
        "Proposals",
        "Propositions",
        (
            (Allow, "ED01@*", ("sicp.clause.edit",)),
            (Allow, "ED03@*", ("sicp.clause.view_proposals",)),
            (Allow, "ED04@*", ("sicp.clause.view_proposals",)),
        ),
    ),
    (
        "publications",
        "Releases",
        "Publications du clausier",
        (
            (Allow, "ED01@*", ("sicp.clause.view",)),
            (Allow, "ED02@*", ("sicp.clause.view",)),
            (Allow, "ED05@*", ("sicp.clause.publish",)),
        ),
    ),
)
_NOTE = "Textes en vigueur à la mise en service des publications."
_EDITOR_BEFORE = ("ED01", "ED02", "FS01")
_EDITOR = ("ED01", "ED02", "ED03", "ED04", "ED05", "FS01")
_MEMBER = ("ED01", "ED02", "ED03", "ED04", "FS01")


def evolve(site: Any, registry: Any) -> None:  # noqa: ANN401
    """Do it; a second run changes nothing."""
    add_missing_indexes(site.business_catalog)
    _add_services(site, registry)
    for template in site["canevas"].values():
        _give_versions(template)
    if not len(site["publications"]):
        _publish_what_is(site, registry)
    for draft in _drafts(site["consultations"]):
        draft.release = draft.release or site["publications"].latest
        site.business_catalog.index_doc(draft.__oid__, DraftIndexView(draft))
    _complete_profiles(site, registry)


def _add_services(site: Any, registry: Any) -> None:  # noqa: ANN401
    for name, content_type, title, acl in _SERVICES:
        if name not in site:
            service = registry.content.create(content_type)
            service.title = title
            site.add(name, service, registry=registry)
            service.__acl__ = acl


def _give_versions(template: Any) -> None:  # noqa: ANN401
    # An object that sleeps has an empty dictionary.
    template._p_activate()  # noqa: SLF001
    data = template.__dict__.pop("data", None)
    if data is None or template.versions:
        return
    template.versions = (
        TemplateVersion(1, data, template.modified_by, template.modified_at),
    )


def _publish_what_is(site: Any, registry: Any) -> None:  # noqa: ANN401
    now = clock.now()
    today = clock.legal_day(now)
    clauses = {c.clause_id: len(c.versions) for c in _clauses(site["clausier"])}
    templates = {t.template_id: len(t.versions) for t in site["canevas"].values()}
    if not clauses and not templates:
        return
    name = f"{today.year}.1"
    release = registry.content.create(Release.__name__, name, 1, today)
    release.note = _NOTE
    release.clauses, release.templates = clauses, templates
    release.changes = tuple(
        Change("clause", c.clause_id, c.title, 0, clauses[c.clause_id], "proposed")
        for c in _clauses(site["clausier"])
    )
    release.touch("system", now)
    site["publications"].add(name, release, registry=registry)
    site["publications"].latest = name


def _clauses(folder: Any) -> Iterator[Any]:  # noqa: ANN401
    for child in folder.values():
        if IClause.providedBy(child):
            yield child
        else:
            yield from _clauses(child)


def _drafts(place: Any) -> Iterator[Any]:  # noqa: ANN401
    for child in place.values():
        if IDraft.providedBy(child):
            yield child
        elif hasattr(child, "values"):
            yield from _drafts(child)


def _complete_profiles(site: Any, registry: Any) -> None:  # noqa: ANN401
    profiles = site["profils"]
    editor = profiles.get("editor")
    if editor is not None and tuple(editor.functions) == _EDITOR_BEFORE:
        editor.functions = _EDITOR
    if "editorial-member" not in profiles:
        member = Profile("Membre du comité éditorial", _MEMBER)
        member.touch("system", clock.now())
        profiles.add("editorial-member", member, registry=registry)


def includeme(config: Any) -> None:  # noqa: ANN401
    """Register the step under a name that never changes."""
    config.add_evolution_step(evolve, name=NAME)
