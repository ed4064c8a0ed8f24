"""The catalogue of lists, work queues, statistics and rights.

repoze.catalog with 64-bit numbers, so that a document number is the number of the
object in the object map. Every index reads one attribute of an *index view*: content
types know nothing of it. ``allowed`` and ``allowed_detail`` hold the principals whom
the ACL lets view: a list asks them instead of waking objects. For the knowledge base
they are tokens of zones (``sicp.roles.zone_token``).
"""

from collections.abc import Iterable
from typing import Any

import BTrees
from repoze.catalog.catalog import Catalog
from repoze.catalog.indexes.field import CatalogFieldIndex
from repoze.catalog.indexes.keyword import CatalogKeywordIndex
from repoze.catalog.query import And
from repoze.catalog.query import Any as AnyOf
from repoze.catalog.query import BoolOp

FAMILY = BTrees.family64

# The operators intersect sets of their own family, which is 32-bit by default.
BoolOp.family = FAMILY


class BusinessCatalog(Catalog):
    """The catalogue of the site."""

    family = FAMILY


class FieldIndex(CatalogFieldIndex):
    """One value for each object, ordered."""

    family = FAMILY


class KeywordIndex(CatalogKeywordIndex):
    """Several values for each object."""

    family = FAMILY

    def normalize(self, seq: Iterable[Any]) -> list[Any]:
        """Keep numbers as they are: the library lower-cases words."""
        return list(seq)


FIELD_INDEXES = (
    "content_type",
    "folder",  # number of the parent object
    "body",  # number of the public body
    "year",
    "state",
    "reference",
    "title_sort",  # folded, for the order of lists
    "nature",
    "category",
    "procedure",
    "cpv",
    "amount",  # EUR excluding tax, float: an order, never a sum
    "launch_on",  # ISO day
    "bids_due_at",  # ISO instant
    "created_at",  # seconds
    "modified_at",  # seconds
    "created_by",
    "source_uid",
    "home",  # of an account: number of the entity it belongs to
    "template",  # of a piece: its canevas
    "release",  # of a piece: the publication of the clausier it is written from
    "piece_state",  # of a piece: open or frozen
    "kind",  # of a sheet: practice, article, case law…
    "rank",  # of a sheet or folder of knowledge: its place in its folder, float
    "dated_on",  # of a sheet: ISO day its text bears, or of its publication
    "published_at",  # of a sheet: seconds, of its last version; drafts have none
    "review_on",  # of a sheet: ISO day it is to be read again
    "owner",  # of a sheet: login of who answers for it
)
KEYWORD_INDEXES = (
    "allowed",  # principals who may view the short card
    "allowed_detail",  # principals who may view everything
    "responsible",  # entities, without those above
    "beneficiary",
    "words",  # folded words of reference or login, and title, for the filter of lists
    "cpv_groups",  # division, group, class… of the code
    "assigned",  # of an account: entities it is or was assigned to
    "rewritten",  # of a piece: the clauses its writer rewrote
    "cites",  # of a sheet: sheets, clauses and articles it leads to
    "themes",  # of a sheet: what it is about, folded
    "helps",  # of a sheet: fields, stages and clauses it is shown beside
    "waiting",  # of a sheet or folder: question, submitted, pen:LOGIN
)


def make_catalog() -> BusinessCatalog:
    """Make an empty catalogue."""
    catalog = BusinessCatalog(FAMILY)
    add_missing_indexes(catalog)
    return catalog


def add_missing_indexes(catalog: BusinessCatalog) -> tuple[str, ...]:
    """Add the indexes a newer version brings; return their names."""
    added = []
    for names, factory in (
        (FIELD_INDEXES, FieldIndex),
        (KEYWORD_INDEXES, KeywordIndex),
    ):
        for name in names:
            if name not in catalog:
                catalog[name] = factory(name)
                added.append(name)
    return tuple(added)


def allowed_to(principals: Iterable[str], index: str = "allowed") -> AnyOf:
    """Ask for what one of ``principals`` may view; part of every list."""
    return AnyOf(index, sorted(principals))


def known_of(catalog: BusinessCatalog, index: str, number: int) -> Any:  # noqa: ANN401
    """Return what an index knows of an object, without waking it; None for nothing."""
    return catalog[index]._rev_index.get(number)  # noqa: SLF001


def numbers_with(catalog: BusinessCatalog, index: str, value: Any) -> Iterable[int]:  # noqa: ANN401
    """Return the objects that have a value in an index."""
    return catalog[index]._fwd_index.get(value, ())  # noqa: SLF001


def everything(*queries: Any) -> Any:  # noqa: ANN401
    """Ask for what answers all of ``queries``."""
    return queries[0] if len(queries) == 1 else And(*queries)
