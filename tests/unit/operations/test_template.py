"""The canevas of a site, those that extend others included."""

from typing import Any

import pytest

from sicp.exceptions import InvalidInputError
from sicp.operations.template import canevas_of
from sicp.operations.template import engine_canevas
from sicp.operations.template import load_templates
from sicp.operations.template import writers_canevas
from tests.unit.seed.shipped import read_all_canevas

BASE = {
    "id": "test-base",
    "title": "Socle d’essai",
    "abstract": True,
    "document": "CCAP",
    "parts": [{"clause": "one"}, {"clause": "two"}],
}
CHILD = {
    "id": "test-child",
    "title": "Enfant d’essai",
    "extends": "test-base",
    "document": "CCAP",
    "changes": [{"remove": "two"}],
}


@pytest.fixture
def add(site: Any, doing: Any, library: Any) -> Any:
    """Give a function that writes a canevas into the site."""

    def add_it(data: dict[str, Any]) -> Any:
        name = data["id"]
        template = site["canevas"].get(name)
        if template is None:
            template = doing.registry.content.create(
                "Template", name, data["title"], ""
            )
            site["canevas"].add(name, template, registry=doing.registry)
        template.add_version(data, "jeanne", doing.now)
        return template

    return add_it


def test_every_shipped_canevas_is_read_in_a_site_as_it_is_from_its_file(
    site: Any, library: Any
) -> None:
    for canevas in read_all_canevas().values():
        assert canevas_of(site, canevas.id).parts == canevas.parts


def test_loading_again_changes_nothing(site: Any, doing: Any, library: Any) -> None:
    counts = load_templates(site, **doing.by)
    assert counts == {"added": 0, "renewed": 0, "kept": len(site["canevas"])}


def test_a_child_follows_its_parent_in_the_site(site: Any, add: Any) -> None:
    add(BASE)
    child = add(CHILD)
    assert _called(engine_canevas(child)) == ["one"]
    add({**BASE, "parts": [*BASE["parts"], {"clause": "three"}]})
    assert _called(canevas_of(site, "test-child")) == ["one", "three"]


def test_what_only_serves_others_is_not_for_writers(site: Any, add: Any) -> None:
    add(BASE)
    add(CHILD)
    names = {canevas.id for canevas in writers_canevas(site)}
    assert "test-child" in names
    assert "test-base" not in names


def test_a_child_that_lost_its_target_is_told_and_keeps_nobody_from_the_others(
    site: Any, add: Any
) -> None:
    add(BASE)
    child = add(CHILD)
    add({**BASE, "parts": [{"clause": "one"}]})
    with pytest.raises(InvalidInputError, match="il retire « two »"):
        engine_canevas(child)
    names = {canevas.id for canevas in writers_canevas(site)}
    assert "test-child" not in names
    assert "rc-open-call" in names


def test_a_canevas_that_is_not_there_is_told(site: Any, library: Any) -> None:
    with pytest.raises(InvalidInputError):
        canevas_of(site, "nowhere")


def _called(canevas: Any) -> list[str]:
    return [use.clause for use, _ in canevas.clause_uses()]
