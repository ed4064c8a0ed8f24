"""A canevas that extends another one: its changes, applied in order or refused."""

import pytest

from sicp.engines.drafting.inheritance import faults_of
from sicp.engines.drafting.inheritance import parents_first
from sicp.engines.drafting.inheritance import resolve
from sicp.engines.drafting.loader import LoadError
from sicp.engines.drafting.loader import canevas_from_data
from sicp.engines.drafting.loader import canevas_to_data

WORKS = {"field": "nature", "operator": "is", "value": "works"}
BASE = {
    "id": "base",
    "title": "Socle",
    "document": "CCAP",
    "abstract": True,
    "applies": WORKS,
    "cover": {"title": "CCAP"},
    "parts": [
        {
            "id": "p",
            "title": "Partie",
            "children": [
                {"clause": "a"},
                {"clause": "b", "level": 2, "condition": WORKS},
                {"article": "q", "title": "Article", "children": [{"clause": "c"}]},
            ],
        },
        {"clause": "d"},
        {"derogations": True, "title": "Dérogations"},
    ],
}


def child(*changes, **others):
    return {
        "id": "child",
        "title": "Enfant",
        "extends": "base",
        "changes": list(changes),
        **others,
    }


def keys(parts):
    """Write the plan in short: headings with what they hold between brackets."""
    return " ".join(_key(node) for node in parts)


def _key(node):
    if "children" in node:
        return f"{node.get('id') or node.get('article')}[{keys(node['children'])}]"
    return node.get("clause") or "derogations"


CHANGES = [
    ([{"remove": "a"}], "p[b q[c]] d derogations"),
    ([{"remove": "q"}], "p[a b] d derogations"),
    ([{"remove": "derogations"}], "p[a b q[c]] d"),
    ([{"insert": {"clause": "x"}, "after": "a"}], "p[a x b q[c]] d derogations"),
    ([{"insert": {"clause": "x"}, "before": "a"}], "p[x a b q[c]] d derogations"),
    ([{"insert": {"clause": "x"}, "into": "q"}], "p[a b q[c x]] d derogations"),
    ([{"insert": {"clause": "x"}, "into": ""}], "p[a b q[c]] d derogations x"),
    ([{"insert": {"id": "r", "children": [{"clause": "x"}]}, "before": "p"}],
     "r[x] p[a b q[c]] d derogations"),
    ([{"move": "d", "before": "b"}], "p[a d b q[c]] derogations"),
    ([{"move": "q", "after": "p"}], "p[a b] q[c] d derogations"),
    ([{"replace": "q", "with": {"clause": "x"}}], "p[a b x] d derogations"),
    ([{"remove": "c"}, {"move": "a", "into": "q"}], "p[b q[a]] d derogations"),
    ([{"insert": {"clause": "x"}, "after": "a"}, {"move": "x", "into": ""}],
     "p[a b q[c]] d derogations x"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "plan"), CHANGES)
def test_changes_are_applied_in_order_on_the_plan_of_the_parent(changes, plan):
    assert keys(resolve(child(*changes), {"base": BASE})["parts"]) == plan


def test_a_change_sets_properties_and_null_takes_them_away():
    told = {"condition": None, "level": 3, "title": None}
    changes = [
        {"change": "b", "set": told},
        {"change": "q", "set": {"title": "Autre", "numbered": False}},
    ]
    part = resolve(child(*changes), {"base": BASE})["parts"][0]
    assert part["children"][1] == {"clause": "b", "level": 3}
    assert part["children"][2]["title"] == "Autre"
    assert part["children"][2]["numbered"] is False


def test_the_parent_is_never_altered():
    before = str(BASE)
    resolve(
        child({"remove": "a"}, {"change": "q", "set": {"level": 1}}), {"base": BASE}
    )
    assert str(BASE) == before


def test_document_and_cover_are_inherited_but_never_when_it_is_proposed():
    canevas = canevas_from_data(child(), {"base": BASE})
    assert canevas.document == "CCAP"
    assert canevas.cover.title == "CCAP"
    assert canevas.applies is None
    assert not canevas.is_abstract
    own = child(cover={"title": "Sien"}, document="AE", applies=WORKS)
    canevas = canevas_from_data(own, {"base": BASE})
    assert (canevas.document, canevas.cover.title) == ("AE", "Sien")
    assert canevas.applies == WORKS


def test_a_child_of_a_child_adds_its_changes_to_those_of_its_parent():
    middle = {**child({"remove": "a"}), "id": "middle"}
    last = child({"remove": "b"}, extends="middle")
    parents = {"middle": middle, "base": BASE}
    assert keys(resolve(last, parents)["parts"]) == "p[q[c]] d derogations"
    everything = {"last": last, **parents}
    assert list(parents_first(everything)) == ["base", "middle", "last"]


def test_a_child_is_written_back_as_it_was():
    written = child({"remove": "a"}, {"move": "d", "into": "q"}, applies=WORKS)
    canevas = canevas_from_data(written, {"base": BASE})
    data = canevas_to_data(canevas)
    assert data == {**written, "version": 1, "phase": "single", "document": "CCAP"}
    assert canevas_from_data(data, {"base": BASE}) == canevas
    base = canevas_from_data(BASE)
    assert base.is_abstract
    assert canevas_from_data(canevas_to_data(base)) == base


REFUSALS = [
    (child({"remove": "z"}),
     "changement n° 1 sur le canevas « Socle » : il retire « z », qui n’y figure pas"),
    (child({"remove": "a"}, {"change": "a", "set": {"level": 2}}),
     "changement n° 2 sur le canevas « Socle » : il modifie « a », qui n’y figure pas"),
    (child({"move": "z", "into": ""}), "il déplace « z »"),
    (child({"replace": "z", "with": {"clause": "x"}}), "il remplace « z »"),
    (child({"insert": {"clause": "x"}, "after": "z"}),
     "il se place par rapport à « z »"),
    (child({"insert": {"clause": "x"}}), "dites une seule place"),
    (child({"insert": {"clause": "x"}, "into": "", "after": "a"}),
     "dites une seule place"),
    (child({"insert": {"clause": "x"}, "into": "a"}), "elle ne contient rien"),
    (child({"insert": "x", "into": ""}), "« x » n’est ni un article, ni l’appel"),
    (child({"insert": {"clause": "a"}, "into": ""}),
     "« a » figure deux fois dans le plan"),
    (child({"move": "p", "into": "q"}), "« p » ne peut pas se placer par rapport à"),
    (child({"change": "a"}), "« a » : « set » dit ce qui change"),
    (child({"change": "a", "set": {"id": "z"}}), "« id » ne se modifie pas ainsi"),
    (child({"remove": "a", "move": "b"}), "un changement porte une seule clé"),
    (child({"remove": "a", "after": "b"}), "clé inconnue « after »"),
    (child("a"), "« a » n’est pas un changement"),
    (child(parts=[{"clause": "a"}]), "écrit ses changements"),
    (child(changes="a"), "« changes » attend une liste"),
    (child(changes={"remove": "a"}), "« changes » attend une liste"),
    ({**BASE, "changes": [{"remove": "a"}]}, "sans dire quel canevas il prolonge"),
    (child(extends="rien"), "il prolonge le canevas « rien », qui n’existe pas"),
    (child(extends="child"), "il finit par se prolonger lui-même (child → child)"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), REFUSALS)
def test_what_cannot_be_applied_is_refused_in_french_by_its_name(data, reason):
    parents = {"base": BASE, "child": data}
    with pytest.raises(LoadError) as caught:
        canevas_from_data(data, parents)
    assert reason in str(caught.value)
    assert str(caught.value).startswith(f"canevas « {data['title']} » : ")
    assert faults_of(data, parents)


def test_a_circle_of_three_is_told_whole():
    parents = {
        name: {**child(extends=above), "id": name}
        for name, above in (("x", "y"), ("y", "z"), ("z", "x"))
    }
    with pytest.raises(LoadError, match="x → y → z → x"):
        resolve(parents["x"], parents)


def test_every_change_without_target_is_told_at_once():
    faults = faults_of(child({"remove": "y"}, {"remove": "z"}), {"base": BASE})
    assert [("« y »" in f, "« z »" in f) for f in faults] == [
        (True, False),
        (False, True),
    ]
    assert faults_of(child({"remove": "a"}), {"base": BASE}) == ()


def test_what_is_wrong_in_a_parent_is_told_with_its_name():
    middle = {**child({"remove": "z"}), "id": "middle", "title": "Milieu"}
    with pytest.raises(LoadError) as caught:
        resolve(child(extends="middle"), {"base": BASE, "middle": middle})
    assert "canevas « Milieu », qu’il prolonge : changement n° 1" in str(caught.value)
