"""Those who keep the canevas.

app_editor, app_other_editor (another session of an editor)
"""

from typing import Any

import pytest

from tests.functional.conftest import log_in


@pytest.fixture
def app_editor(served: Any, database: Any) -> Any:
    """Who keeps the clausier and the canevas."""
    return log_in(served, "editeur")


@pytest.fixture
def app_other_editor(served: Any, database: Any) -> Any:
    """The same person in another window, as a colleague would be."""
    return log_in(served, "editeur")
