"""The dotted names that the database holds: moving one needs a rename.

``python -m tests.architecture.persistent_names`` writes them again.
"""

import importlib
import pkgutil

from persistent import Persistent
from zope.interface.interface import InterfaceClass

from tests.architecture.tree import ROOT

STORED = ROOT / "tests" / "architecture" / "persistent_names.txt"
ROOMS = ("sicp.content_types", "sicp.interfaces")


def current_names():
    """Give the names of Persistent classes and of the interfaces they may bear."""
    found = set()
    for room in ROOMS:
        package = importlib.import_module(room)
        for info in pkgutil.walk_packages(package.__path__, f"{room}."):
            module = importlib.import_module(info.name)
            found |= {_dotted(x) for x in vars(module).values() if _is_stored(x)}
    return sorted(name for name in found if name.startswith(ROOMS))


def _is_stored(value):
    is_class = isinstance(value, type) and issubclass(value, Persistent)
    return is_class or isinstance(value, InterfaceClass)


def _dotted(value):
    return f"{value.__module__}.{value.__name__}"


if __name__ == "__main__":
    STORED.write_text("".join(f"{name}\n" for name in current_names()))
