"""Many people come just after a start: their templates are compiled in turn."""

import time
from concurrent.futures import ThreadPoolExecutor

from chameleon import PageTemplate

from sicp.views.shared.compiling import compile_one_at_a_time

_THREADS = 6
_TEMPLATES = 18


class Knot:
    """What only the collector frees, running code that lets another thread go on."""

    def __init__(self) -> None:
        """Refer to itself."""
        self.itself = self

    def __del__(self) -> None:
        """Give the hand to another thread."""
        time.sleep(0.0005)


def _long_template(number: int) -> str:
    """Render a template whose expression is long enough to meet the collector."""
    Knot()
    expression = ", ".join(f"sum([{number}, {item}])" for item in range(300))
    template = PageTemplate(f"<p>${{[{expression}][-1]}}</p>")
    return str(template())


def test_threads_that_compile_at_once_all_get_their_page() -> None:
    """Without the turn, one thread in six fails on a tree it did not build."""
    compile_one_at_a_time()
    with ThreadPoolExecutor(_THREADS) as pool:
        pages = list(pool.map(_long_template, range(_TEMPLATES)))
    assert pages == [f"<p>{number + 299}</p>" for number in range(_TEMPLATES)]
