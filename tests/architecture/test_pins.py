"""One source of versions, and no dependency that is not declared."""

import ast
import sys
import tomllib
from importlib import metadata

from packaging.utils import canonicalize_name

from tests.architecture.tree import ROOT
from tests.architecture.tree import modules

sys.path.insert(0, str(ROOT / "scripts"))

import pins


def test_lists_and_environment_say_what_versions_cfg_says():
    assert pins.faults() == []


def test_every_imported_package_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {canonicalize_name(n) for n in project["project"]["dependencies"]}
    makers = metadata.packages_distributions()
    undeclared = {
        f"{module.name} imports {top}"
        for module in modules()
        for top in _imported(module.code)
        if top not in sys.stdlib_module_names and top != "sicp"
        # Namespaces such as zope and repoze belong to many packages.
        if not declared & {canonicalize_name(n) for n in makers.get(top, ())}
    }
    assert undeclared == set()


def _imported(code):
    for node in ast.walk(code):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module.partition(".")[0]
