"""Long modules and functions: told in a report, refused only when twice too long."""

import ast

from tests.architecture.tree import ROOT
from tests.architecture.tree import modules

MODULE_AIM = 400
FUNCTION_AIM = 40


def _lines(module):
    return len(module.path.read_text(encoding="utf-8").splitlines())


def _functions(module):
    for node in ast.walk(module.code):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.end_lineno - node.lineno + 1, f"{module.name}.{node.name}"


def test_no_module_is_twice_as_long_as_we_aim_at():
    sizes = sorted(((_lines(m), m.name) for m in modules()), reverse=True)
    _report("modules", [size for size in sizes if size[0] > MODULE_AIM])
    assert [n for lines, n in sizes if lines > 2 * MODULE_AIM] == []


def test_no_function_is_twice_as_long_as_we_aim_at():
    sizes = sorted((f for m in modules() for f in _functions(m)), reverse=True)
    _report("functions", [size for size in sizes if size[0] > FUNCTION_AIM])
    assert [size for size in sizes if size[0] > 2 * FUNCTION_AIM] == []


def _report(what, sizes):
    path = ROOT / "var" / "log" / "test" / f"long_{what}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{lines:5d}  {name}\n" for lines, name in sizes))
