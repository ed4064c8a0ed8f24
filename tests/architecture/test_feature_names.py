"""A feature bears one name, in every room."""

import pytest

from sicp.features import FEATURES
from tests.architecture import names
from tests.architecture.tree import modules


def _inside(room):
    depth = room.count(".") + 1
    for module in modules():
        if module.is_in(room) and len(module.parts) > depth:
            yield module, module.parts[depth:]


@pytest.mark.parametrize("room", names.ROOM_WORDS)
def test_each_door_of_a_room_is_a_feature(room):
    allowed = set(FEATURES) | names.ROOM_WORDS[room]
    strays = {module.name for module, inner in _inside(room) if inner[0] not in allowed}
    assert not strays, f"neither a feature nor a word of {room} (names.py)"


@pytest.mark.parametrize("room", names.ROOM_WORDS)
def test_the_words_of_a_feature_are_the_same_in_every_room(room):
    strays = {
        module.name
        for module, inner in _inside(room)
        if len(inner) > 1 and inner[0] in FEATURES
        if inner[1] not in names.FEATURE_WORDS.get(inner[0], ())
    }
    assert not strays, "not a word of the feature (names.py)"


def test_no_module_bears_an_empty_name():
    assert not [m.name for m in modules() if names.EMPTY_WORDS & set(m.parts)]
