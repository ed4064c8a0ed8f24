"""Keeps the catalogue true: what is written is found, what is hidden is not."""

from collections.abc import Iterator
from typing import Any

from substanced.util import find_objectmap
from substanced.util import get_oid

from sicp.catalog.consultation import ConsultationIndexView
from sicp.catalog.consultation import DraftIndexView
from sicp.catalog.indexes import add_missing_indexes
from sicp.catalog.knowledge import FolderIndexView
from sicp.catalog.knowledge import SheetIndexView
from sicp.catalog.user import UserIndexView
from sicp.interfaces.consultation import IConsultation
from sicp.interfaces.consultation import IDraft
from sicp.interfaces.knowledge import IKnowledgeFolder
from sicp.interfaces.knowledge import ISheet
from sicp.interfaces.user import IUser
from sicp.operations.user.right import allowed_by


def catalog_of(site: Any) -> Any:  # noqa: ANN401
    """Return the catalogue of the site."""
    return site.business_catalog


def index(site: Any, content: Any) -> None:  # noqa: ANN401
    """Write or rewrite what the catalogue knows of ``content``."""
    view = view_of(content)
    if view is not None and site.business_catalog is not None:
        site.business_catalog.index_doc(content.__oid__, view)


def unindex(site: Any, number: int) -> None:  # noqa: ANN401
    """Forget the object that had this number."""
    site.business_catalog.unindex_doc(number)


def view_of(content: Any) -> Any:  # noqa: ANN401
    """Return what the indexes read of ``content``; None when it is not listed."""
    if IConsultation.providedBy(content):
        return ConsultationIndexView(content, allowed_by)
    if IDraft.providedBy(content):
        return DraftIndexView(content)
    if ISheet.providedBy(content):
        return SheetIndexView(content)
    if IKnowledgeFolder.providedBy(content):
        return FolderIndexView(content)
    if IUser.providedBy(content):
        home = find_objectmap(content).object_for(content.home)
        return UserIndexView(content, home)
    return None


def object_of(site: Any, number: int) -> Any:  # noqa: ANN401
    """Return the object that has this number, or None."""
    return find_objectmap(site).object_for(number)


def walk_consultations(site: Any) -> Iterator[Any]:
    """Walk all consultations of the site, waking each."""
    for _number, content in _listed(site["consultations"]):
        if IConsultation.providedBy(content):
            yield content


def compare(site: Any) -> list[str]:  # noqa: ANN401
    """Say in what the catalogue differs from the objects; empty when it is true."""
    catalog = site.business_catalog
    listed = dict(_all_listed(site))
    faults = [
        f"{number}: in the catalogue, not in the tree"
        for number in catalog["content_type"]._rev_index  # noqa: SLF001
        if number not in listed
    ]
    for number, content in listed.items():
        faults += [
            f"{content.__name__}: index {name} differs"
            for name in _stale_indexes(catalog, number, view_of(content))
        ]
    return faults


def rebuild(site: Any) -> int:  # noqa: ANN401
    """Empty the catalogue and fill it again; return the number of objects."""
    site.business_catalog.clear()
    add_missing_indexes(site.business_catalog)
    count = 0
    for _number, content in _all_listed(site):
        index(site, content)
        count += 1
    return count


def _all_listed(site: Any) -> Iterator[tuple[int, Any]]:
    yield from _listed(site["consultations"])
    for user in site["utilisateurs"].values():
        yield user.__oid__, user
    yield from site["connaissances"].numbers.items()


def _listed(folder: Any) -> Any:  # noqa: ANN401
    for child in folder.values():
        if IConsultation.providedBy(child):
            yield get_oid(child), child
            yield from _pieces(child)
        else:
            yield from _listed(child)


def _pieces(consultation: Any) -> Iterator[tuple[int, Any]]:  # noqa: ANN401
    for draft in consultation.get("pieces", {}).values():
        yield get_oid(draft), draft


def _stale_indexes(catalog: Any, number: int, view: Any) -> list[str]:  # noqa: ANN401
    stale = []
    for name, catalog_index in catalog.items():
        known = catalog_index._rev_index.get(number)  # noqa: SLF001
        # What an index view does not tell is not indexed.
        expected = getattr(view, name, None)
        if isinstance(expected, list):
            is_same = set(known or ()) == set(expected)
        else:
            is_same = known == expected
        if not is_same:
            stale.append(name)
    return stale
