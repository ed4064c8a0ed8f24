"""The canevas: what they hold, who edits them, and how each body dresses its pieces."""

from sicp.operations.template.template import Written
from sicp.operations.template.template import canevas_of
from sicp.operations.template.template import engine_canevas
from sicp.operations.template.template import load_library
from sicp.operations.template.template import load_templates
from sicp.operations.template.template import writers_canevas

__all__ = [
    "Written",
    "canevas_of",
    "engine_canevas",
    "load_library",
    "load_templates",
    "writers_canevas",
]
