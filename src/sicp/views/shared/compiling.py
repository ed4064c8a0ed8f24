"""Compiles one template at a time, whatever the number of threads.

CPython 3.11 notes the depth of the syntax tree it converts in one place for all
threads. When the collector runs Python code in the midst of a conversion, another
thread may begin its own; the first then fails with « AST constructor recursion depth
mismatch », and the page with it. Chameleon converts an expression at a time, the first
time a template is shown: just after a start, when many people come at once.
"""

import functools
from collections.abc import Callable
from threading import RLock
from typing import Any

from chameleon.template import BaseTemplate

#: A template may compile another, which it extends.
_TURN = RLock()


def includeme(_config: Any) -> None:
    """Make the threads of this process wait for one another."""
    compile_one_at_a_time()


def compile_one_at_a_time() -> None:
    """Let one thread compile; a second call changes nothing."""
    if not hasattr(BaseTemplate._compile, "__wrapped__"):  # noqa: SLF001
        BaseTemplate._compile = _in_turn(BaseTemplate._compile)  # noqa: SLF001


def _in_turn(compiling: Callable[..., str]) -> Callable[..., str]:
    @functools.wraps(compiling)
    def compile_in_turn(*args: Any, **kw: Any) -> str:
        with _TURN:
            return compiling(*args, **kw)

    return compile_in_turn
