"""The source tree, read without running it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "sicp"


@dataclass(frozen=True)
class Module:
    """One module: ``parts`` is its place below ``sicp``, package name last."""

    path: Path
    parts: tuple[str, ...]
    code: ast.Module

    @property
    def name(self) -> str:
        return ".".join(("sicp", *self.parts))

    @property
    def room(self) -> str:
        return self.parts[0] if self.parts else ""

    def is_in(self, *places: str) -> bool:
        return any(f"{self.name}.".startswith(f"sicp.{place}.") for place in places)


@cache
def modules() -> tuple[Module, ...]:
    return tuple(map(_read, sorted(PACKAGE.rglob("*.py"))))


def _read(path: Path) -> Module:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    parts = parts[:-1] if parts[-1] == "__init__" else parts
    return Module(path, parts, ast.parse(path.read_text(encoding="utf-8")))


def imports(module: Module) -> Iterator[tuple[str, str]]:
    """Give each imported dotted name and the name under which the module knows it."""
    for node in ast.walk(module.code):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, alias.asname or alias.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield f"{node.module}.{alias.name}", alias.asname or alias.name


@cache
def uses(module: Module) -> tuple[tuple[str, int], ...]:
    """Give each imported or read dotted name, in full, and its line."""
    return tuple(_uses(module))


def _uses(module: Module) -> Iterator[tuple[str, int]]:
    known = {local: full for full, local in imports(module)}
    plain = {
        alias.name.partition(".")[0]
        for node in ast.walk(module.code)
        if isinstance(node, ast.Import)
        for alias in node.names
        if not alias.asname
    }
    known |= {name: name for name in plain}
    for node in ast.walk(module.code):
        if isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{a.name}", node.lineno) for a in node.names)
        elif isinstance(node, ast.Import):
            yield from ((a.name, node.lineno) for a in node.names)
        elif isinstance(node, ast.Attribute):
            head, _dot, tail = ast.unparse(node).partition(".")
            if head in known:
                yield f"{known[head]}.{tail}", node.lineno


def strings(module: Module) -> Iterator[str]:
    for node in ast.walk(module.code):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
