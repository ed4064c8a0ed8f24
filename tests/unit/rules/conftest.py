"""The law as the application ships it, for the tests of the rules."""

import pytest

from sicp.engines.reference_data import read_reference_rows
from sicp.rules.tables import ReferenceTables
from sicp.rules.tables import build_tables


@pytest.fixture(scope="session")
def tables() -> ReferenceTables:
    return build_tables(read_reference_rows())
