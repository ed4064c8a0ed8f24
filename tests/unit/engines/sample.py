"""A small form, and random clauses, canevas and answers that rest on it."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from sicp.engines.drafting.assembly import assemble
from sicp.engines.drafting.blocks import Cell
from sicp.engines.drafting.blocks import Conditional
from sicp.engines.drafting.blocks import ListBlock
from sicp.engines.drafting.blocks import ListItem
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.blocks import Plural
from sicp.engines.drafting.blocks import Reference
from sicp.engines.drafting.blocks import Row
from sicp.engines.drafting.blocks import Styled
from sicp.engines.drafting.blocks import SubHeading
from sicp.engines.drafting.blocks import Table
from sicp.engines.drafting.blocks import Text
from sicp.engines.drafting.blocks import Variable
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.fields import Choice
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.loader import canevas_from_data
from sicp.engines.drafting.loader import clause_from_data
from sicp.engines.drafting.markup import write

LOT_COLUMNS = (
    Field("number", "Numéro", FieldType.INTEGER),
    Field("object", "Objet du lot", required=True),
    Field("amount", "Montant estimé (€ HT)", FieldType.AMOUNT),
)
CRITERION_COLUMNS = (
    Field("title", "Intitulé", required=True),
    Field(
        "kind",
        "Type",
        FieldType.CHOICE,
        choices=(Choice("price", "Prix"), Choice("social", "Performance sociale")),
    ),
)
FORM = FieldSet((
    Field("object", "Objet du contrat", required=True, step="need"),
    Field("description", "Description du besoin", FieldType.LONG_TEXT, step="need"),
    Field(
        "procedure",
        "Procédure",
        FieldType.CHOICE,
        choices=(
            Choice("AOO", "Appel d’offres ouvert"),
            Choice("MAPA", "Procédure adaptée"),
            Choice("DC", "Dialogue compétitif"),
        ),
        required=True,
    ),
    Field("estimated_amount", "Montant estimé du besoin (€ HT)", FieldType.AMOUNT),
    Field("duration_months", "Durée (mois)", FieldType.MONTHS, required=True),
    Field("is_allotted", "Prestations alloties", FieldType.BOOLEAN, required=True),
    Field(
        "lots",
        "Lots",
        FieldType.ROWS,
        columns=LOT_COLUMNS,
        required=True,
        applies_when={"field": "is_allotted", "operator": "is", "value": True},
    ),
    Field("lots_count", "Nombre de lots", FieldType.INTEGER),
    Field("criteria", "Critères d’attribution", FieldType.ROWS,
          columns=CRITERION_COLUMNS),
    Field(
        "advance",
        "Avance",
        FieldType.CHOICE,
        choices=(Choice("none", "Sans avance"), Choice("granted", "Accordée")),
        required=True,
    ),
    Field(
        "advance_rate",
        "Taux de l’avance (%)",
        FieldType.PERCENT,
        required=True,
        applies_when={"field": "advance", "operator": "is", "value": "granted"},
    ),
    Field("bids_due_at", "Date et heure limites", FieldType.DATETIME),
    Field("launch_on", "Envoi de l’avis prévu le", FieldType.DATE),
    Field(
        "ccag",
        "CCAG de référence",
        FieldType.CHOICE,
        choices=(Choice("fcs", "CCAG-FCS"), Choice("pi", "CCAG-PI")),
    ),
))  # fmt: skip

FULL: dict[str, Any] = {
    "object": "Achat de denrées",
    "procedure": "AOO",
    "estimated_amount": Decimal(216000),
    "duration_months": 12,
    "is_allotted": True,
    "lots": ({"number": 1, "object": "Fruits"}, {"number": 2, "object": "Légumes"}),
    "lots_count": 2,
    "advance": "granted",
    "advance_rate": Decimal(5),
    "ccag": "fcs",
}


def compare(name: str, operator: str, value: Any = None) -> dict[str, Any]:
    """Write one test of a condition."""
    test = {"field": name, "operator": operator}
    return test if value is None else {**test, "value": value}


def clause(clause_id: str, text: str = "Texte.", **others: Any):
    return clause_from_data(
        {
            "id": clause_id,
            "title": clause_id.capitalize(),
            "text": text,
            **others,
        }
    )


def canevas(*parts: Any, **others: Any):
    """Make a canevas; a mere word is the use of a clause."""
    nodes = [_node(part) for part in parts]
    return canevas_from_data({"id": "c", "title": "Cahier", "parts": nodes, **others})


def _node(part: Any) -> Any:
    if isinstance(part, str):
        return {"clause": part}
    children = [_node(child) for child in part.get("children", ())]
    return {**part, "children": children} if children else part


def draft_of(clauses, plan=None, answers=None, **others: Any):
    """Assemble clauses, by default one after the other."""
    plan = plan or canevas(*[item.id for item in clauses])
    given = FULL if answers is None else answers
    return assemble(plan, Library(clauses), given, FORM, **others)


def said(blocks) -> list[str]:
    """Return the words of paragraphs."""
    return [
        "".join(inline.text for inline in block.inlines)
        for block in blocks
        if isinstance(block, Paragraph)
    ]


# --- Random texts ---------------------------------------------------------------------

#: Signs that mean something to the markup, to French or to XML, and plain letters.
LETTERS = st.sampled_from("abéœÀ’«»:;?!,.()%€°19&<>_🙂")
WORDS = st.text(LETTERS | st.sampled_from("{}|*\\-#. 19:\"'"), min_size=1, max_size=12)
NAMES = st.sampled_from(["object", "lots", "lots_count", "advance_rate", "lot.object"])
IDS = st.sampled_from(["first", "second", "price-revision", "nowhere"])
COUNTED = st.sampled_from(["lots", "lots_count"])
FREE_TEXT = st.text(LETTERS | st.sampled_from("|{}\\"), max_size=8)


def _leaves() -> st.SearchStrategy[Any]:
    return st.one_of(
        st.builds(Text, WORDS),
        st.builds(
            Variable, NAMES, st.sampled_from(["", "list", "number", "amount_full"])
        ),
        st.builds(Plural, COUNTED, FREE_TEXT, FREE_TEXT),
        st.builds(Reference, IDS, FREE_TEXT),
    )


def _merged(inlines: list[Any]) -> tuple[Any, ...]:
    """Join neighbouring texts and part neighbouring styles, as any parse does."""
    kept: list[Any] = []
    for inline in inlines:
        before = kept[-1] if kept else None
        if isinstance(inline, Text) and isinstance(before, Text):
            kept[-1] = Text(before.text + inline.text)
        elif isinstance(inline, Styled) and isinstance(before, Styled):
            kept.extend([Text(" et "), inline])
        else:
            kept.append(inline)
    return tuple(kept)


def _runs(children: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(children, min_size=1, max_size=3).map(_merged)


def _conditionals(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    values = st.text(LETTERS | st.sampled_from('"|: \\'), min_size=1, max_size=6)
    inside = _runs(children).map(_stripped)
    lists = st.lists(values, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Conditional, NAMES, st.sampled_from(["is", "gt"]), values, inside),
        st.builds(Conditional, NAMES, st.sampled_from(["in", "not_in"]), lists, inside),
        st.builds(Conditional, NAMES, st.just("filled"), st.just(""), inside),
    )


def _styled(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(Styled, st.sampled_from(["bold", "italic"]), _runs(children))


def _stripped(inlines: tuple[Any, ...]) -> tuple[Any, ...]:
    """Take away the spaces that no line of a source keeps at its ends."""
    first, last = inlines[0], inlines[-1]
    if isinstance(first, Text):
        inlines = (Text("x" + first.text.lstrip()), *inlines[1:])
    if isinstance(last, Text):
        last = inlines[-1]
        inlines = (*inlines[:-1], Text(last.text.rstrip() + "y"))
    return inlines


LEAVES = _leaves()
INLINE = st.one_of(
    LEAVES, _styled(LEAVES), _conditionals(LEAVES), _conditionals(_conditionals(LEAVES))
)
INLINES = _runs(INLINE).map(_stripped)
ITEMS = st.builds(ListItem, INLINES)
LISTS = st.builds(
    ListBlock, st.booleans(), st.lists(ITEMS, min_size=1, max_size=3).map(tuple)
)
DEEP_ITEMS = st.builds(ListItem, INLINES, st.lists(LISTS, max_size=1).map(tuple))
DEEP_LISTS = st.builds(
    ListBlock, st.booleans(), st.lists(DEEP_ITEMS, min_size=1, max_size=3).map(tuple)
)
CELLS = st.builds(Cell, INLINES | st.just(()))


@st.composite
def tables(draw):
    width = draw(st.integers(1, 3))
    rows = st.lists(CELLS, min_size=width, max_size=width).map(lambda c: Row(tuple(c)))
    repeat = draw(st.sampled_from(["", "lots"]))
    count = 1 if repeat else draw(st.integers(0, 2))
    body = draw(st.lists(rows, min_size=count, max_size=count))
    return Table(draw(rows), tuple(body), repeat)


BLOCK = st.one_of(
    st.builds(Paragraph, INLINES),
    DEEP_LISTS,
    tables(),
    st.builds(SubHeading, INLINES),
)


def _parted(blocks: list[Any]) -> tuple[Any, ...]:
    """Put a paragraph between two lists: side by side they are one list."""
    kept: list[Any] = []
    for block in blocks:
        if kept and isinstance(block, ListBlock) and isinstance(kept[-1], ListBlock):
            kept.append(Paragraph((Text("Puis :"),)))
        kept.append(block)
    return tuple(kept)


BLOCKS = st.lists(BLOCK, max_size=4).map(_parted)
FEW_BLOCKS = st.lists(BLOCK, max_size=2).map(_parted)

# --- Random conditions, clauses, canevas, answers -------------------------------------

TESTS = st.sampled_from(
    [
        compare("procedure", "is", "AOO"),
        compare("procedure", "in", ["MAPA", "DC"]),
        compare("procedure", "is_not", "MAPA"),
        compare("is_allotted", "is", True),
        compare("lots_count", "gt", 1),
        compare("estimated_amount", "ge", 90000),
        compare("duration_months", "le", 12),
        compare("advance_rate", "filled"),
        compare("advance_rate", "empty"),
        compare("criteria.kind", "contains", "social"),
        compare("lots", "filled"),
        compare("launch_on", "lt", "2027-01-01"),
        compare("procedure", "not_in", ["AOO"]),
    ]
)
CONDITIONS = st.recursive(
    TESTS,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(lambda p: {"all": p}),
        st.lists(parts, min_size=1, max_size=3).map(lambda p: {"any": p}),
        parts.map(lambda p: {"not": p}),
    ),
    max_leaves=6,
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"object": st.sampled_from(["Fruits", "Oranges", ""])},
        optional={"number": st.integers(0, 9), "amount": st.integers(0, 10**7)},
    ),
    max_size=3,
).map(tuple)
CRITERIA = st.lists(
    st.fixed_dictionaries(
        {
            "title": st.just("Prix"),
            "kind": st.sampled_from(["price", "social"]),
        }
    ),
    max_size=2,
).map(tuple)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "object": st.text(max_size=20),
        "description": st.text(max_size=40),
        "procedure": st.sampled_from(["AOO", "MAPA", "DC"]),
        "estimated_amount": st.decimals(
            0, 10**9, places=2, allow_nan=False, allow_infinity=False
        ),
        "duration_months": st.integers(1, 600),
        "is_allotted": st.booleans(),
        "lots": ROWS,
        "lots_count": st.integers(0, 5),
        "criteria": CRITERIA,
        "advance": st.sampled_from(["none", "granted"]),
        "advance_rate": st.integers(0, 30).map(Decimal),
        "launch_on": st.dates(),
        "bids_due_at": st.datetimes(),
        "ccag": st.sampled_from(["fcs", "pi"]),
    },
)


@st.composite
def clauses(draw, clause_id: str):
    kind = draw(st.sampled_from(["compulsory", "optional", "alternative", "free"]))
    data = {
        "id": clause_id,
        "title": draw(st.sampled_from(["Prix", "Lots : {object}", "Délais", "Œuvres"])),
        "kind": kind,
        "group": "group" if kind == "alternative" else "",
        "condition": draw(st.none() | CONDITIONS),
        "repeat": draw(st.sampled_from(["", "", "lots"])),
        "heading": draw(st.booleans()),
        "derogates": draw(st.sampled_from([[], [{"ccag": "fcs", "article": "14.1"}]])),
        "text": write(draw(FEW_BLOCKS)),
    }
    return clause_from_data(data)


@st.composite
def plans(draw):
    """Draw a library and a canevas that calls all of it, in some order."""
    names = ["first", "second", "price-revision", "fourth"]
    library = [draw(clauses(name)) for name in names]
    uses = draw(st.permutations([{"clause": name} for name in names]))
    cut = draw(st.integers(0, 3))
    article = {"article": "a", "title": "Article", "children": uses[:cut]}
    part = {
        "id": "p",
        "title": draw(st.sampled_from(["Partie", ""])),
        "numbered": draw(st.booleans()),
        "condition": draw(st.none() | CONDITIONS),
        "children": [article],
    }
    parts = [part, *uses[cut:], {"derogations": True}]
    return Library(library), canevas(*parts)
