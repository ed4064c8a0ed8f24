"""What only some rooms may touch: the clock, the transaction, HTTP."""

import pytest

from tests.architecture.tree import modules
from tests.architecture.tree import uses

#: Banned dotted name, and the places where it is at home.
BANNED = {
    "pyramid.threadlocal": (),
    "pyramid.httpexceptions": ("views",),
    "pyramid.renderers": ("views",),
    "transaction.commit": ("cli", "evolve"),
    "datetime.datetime.now": ("clock",),
    "datetime.datetime.utcnow": ("clock",),
    "datetime.datetime.today": ("clock",),
    "datetime.date.today": ("clock",),
    "time.time": ("clock",),
}


@pytest.mark.parametrize("name", BANNED)
def test_a_banned_name_is_used_only_at_home(name):
    strays = [
        f"{module.name}:{line}"
        for module in modules()
        if not module.is_in(*BANNED[name])
        for used, line in uses(module)
        if f"{used}.".startswith(f"{name}.")
    ]
    assert strays == []
