"""What can be said of the plan of a canevas without trying answers."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator

from sicp.engines.drafting.blocks import inlines_of
from sicp.engines.drafting.calls import Called
from sicp.engines.drafting.canevas import Article
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.canevas import ClauseUse
from sicp.engines.drafting.canevas import DerogationList
from sicp.engines.drafting.canevas import Node
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.conditions import check
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.findings import Report
from sicp.engines.drafting.inline_markup import parse_inlines
from sicp.engines.drafting.markup import MarkupError
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.numbering import DEEPEST
from sicp.engines.drafting.text_proof import inlines_faults

PHASES = ("candidature", "offer", "single")


class PlanProof:
    """The check of one plan."""

    def __init__(
        self, canevas: Canevas, library: Library, fields: FieldSet, report: Report
    ) -> None:
        self._canevas = canevas
        self._library = library
        self._fields = fields
        self._report = report

    def check(self, called: Iterable[Called]) -> None:
        """Check properties, conditions, keys, titles, levels and derogations."""
        calls = tuple(called)
        variables = tuple(v for c in calls for v in c.clause.variables)
        own = tuple(v for v in variables if v.name not in self._fields)
        printed = self._fields.extended_with(own)
        self._check_properties(printed)
        self._check_nodes(printed)
        self._check_keys()
        self._check_levels(self._canevas.parts, 1, 0)
        self._check_derogations(calls)

    def _check_properties(self, fields: FieldSet) -> None:
        canevas = self._canevas
        for fault in check(canevas.applies, self._fields, "condition de proposition"):
            self._report.unreadable(f"canevas « {canevas.title} », {fault}")
        if canevas.phase not in PHASES:
            self._report.error(
                f"canevas « {canevas.title} » : la phase « {canevas.phase} » n’existe "
                f"pas ; choisissez parmi {', '.join(f'« {p} »' for p in PHASES)}"
            )
        if canevas.cover is not None:
            for fault in self._cover_faults(fields):
                self._report.error(f"couverture : {fault}")

    def _cover_faults(self, fields: FieldSet) -> Iterator[str]:
        cover = self._canevas.cover
        if cover is None:
            return
        try:
            runs = [parse_inlines(cover.title)]
            runs += [r for block in parse(cover.subtitle) for r in inlines_of(block)]
        except MarkupError as error:
            yield f"{error} ; corrigez le texte à cet endroit"
            return
        for run in runs:
            yield from inlines_faults(run, fields)

    def _check_nodes(self, fields: FieldSet) -> None:
        for node, _ in self._canevas.walk():
            subject = self._named(node)
            for fault in check(node.condition, self._fields, "condition"):
                self._report.unreadable(f"{subject}, {fault}")
            if isinstance(node, Article):
                self._check_article(node, subject)
            if not isinstance(node, ClauseUse):
                for fault in _title_faults(node.title, fields):
                    self._report.error(f"{subject} : {fault}")

    def _check_article(self, node: Article, subject: str) -> None:
        if not any(not isinstance(inner, Article) for inner in _below(node)):
            self._report.remark(
                f"{subject} : il ne contient rien ; placez-y une clause ou retirez-le"
            )

    def _check_keys(self) -> None:
        """Tell what bears one key twice: a child could not say which one it changes."""
        nodes = [node for node, _ in self._canevas.walk()]
        counts = Counter(key for key in map(_key, nodes) if key)
        for key, count in counts.items():
            if count == 1:
                continue
            node = next(node for node in nodes if _key(node) == key)
            if isinstance(node, ClauseUse) and all(
                isinstance(other, ClauseUse) for other in nodes if _key(other) == key
            ):
                message = f"{self._named(node)} : il y en a {count} ; gardez-en un"
            else:
                message = (
                    f"{self._named(node)} : {count} éléments du canevas ont "
                    f"l’identifiant « {key} » ; donnez-en un autre à l’article"
                )
            self._report.error(message)

    def _check_levels(self, nodes: tuple[Node, ...], level: int, last: int) -> int:
        """Return the level of the last heading of ``nodes``, those below included."""
        for node in nodes:
            if isinstance(node, Article):
                is_heading = bool(node.title)
                last = level if is_heading else last
                last = self._check_levels(node.children, level + is_heading, last)
                continue
            wanted = node.level if isinstance(node, ClauseUse) else None
            if wanted is not None:
                self._check_level(node, wanted, last)
            if self._has_heading(node):
                last = wanted or level
        return last

    def _check_level(self, node: Node, wanted: int, last: int) -> None:
        subject = self._named(node)
        if not 1 <= wanted <= DEEPEST:
            self._report.error(
                f"{subject} : le niveau {wanted} n’existe pas ; choisissez de 1 à "
                f"{DEEPEST}"
            )
        elif wanted > last + 1:
            self._report.error(
                f"{subject} : son titre est de niveau {wanted} alors que le titre "
                f"d’avant est de niveau {last} : son numéro aurait un zéro ; "
                f"choisissez au plus le niveau {last + 1}"
            )

    def _has_heading(self, node: Node) -> bool:
        if isinstance(node, DerogationList):
            return True
        clause = (
            self._library.clause(node.clause) if isinstance(node, ClauseUse) else None
        )
        return clause is None or clause.has_heading

    def _check_derogations(self, called: tuple[Called, ...]) -> None:
        nodes = [node for node, _ in self._canevas.walk()]
        has_list = any(isinstance(node, DerogationList) for node in nodes)
        for item in called if not has_list else ():
            if item.clause.derogates:
                self._report.note(
                    item.clause,
                    "elle déroge au CCAG, mais ce canevas n’a pas de liste des "
                    "dérogations (R2112-3) ; ajoutez-la en dernier article",
                )

    def _named(self, node: Node) -> str:
        if not isinstance(node, ClauseUse):
            key = node.id if isinstance(node, Article) else "sans titre"
            return f"article « {node.title or key} »"
        clause = self._library.clause(node.clause)
        return f"appel de la clause « {clause.title if clause else node.clause} »"


def _title_faults(title: str, fields: FieldSet) -> Iterator[str]:
    try:
        yield from inlines_faults(parse_inlines(title), fields)
    except MarkupError as error:
        yield f"titre, {error} ; corrigez le titre"


def _below(node: Article) -> Iterator[Node]:
    for child in node.children:
        yield child
        if isinstance(child, Article):
            yield from _below(child)


def _key(node: Node) -> str:
    if isinstance(node, ClauseUse):
        return node.clause
    return node.id if isinstance(node, Article) else node.kind
