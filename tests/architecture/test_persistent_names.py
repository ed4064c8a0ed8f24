"""A class or an interface that the database may name does not move unseen."""

from tests.architecture.persistent_names import STORED
from tests.architecture.persistent_names import current_names


def test_the_database_can_still_be_read():
    stored = STORED.read_text(encoding="utf-8").split()
    assert current_names() == stored, (
        "a class was moved? write its rename in sicp/evolve/renames.py; "
        "then, as for a new one: make names"
    )
