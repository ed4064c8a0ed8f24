"""A page and its template find one another by rule.

``views/office/consultation/lot.py: edit`` shows ``templates/lot/edit.pt`` beside it.
"""

import ast
import re

from tests.architecture.tree import PACKAGE
from tests.architecture.tree import modules
from tests.architecture.tree import strings

VIEWS = PACKAGE / "views"
LOADED = re.compile(r"[\w/.-]+\.pt\b")
QUOTED = re.compile(r"'(\w+)'")


def _renderers():
    """Give each page of the rooms, and the template that its decorator names."""
    for module in modules():
        if module.is_in("views"):
            for node in ast.walk(module.code):
                for decorator in getattr(node, "decorator_list", ()):
                    yield from _named_by(module, node, decorator)


def _named_by(module, node, decorator):
    for keyword in getattr(decorator, "keywords", ()):
        value = getattr(keyword.value, "value", None)
        if keyword.arg == "renderer" and str(value).endswith(".pt"):
            yield module, node.name, value


def _file(module, asset):
    if ":" in asset:
        package, _colon, inner = asset.partition(":")
        return PACKAGE.joinpath(*package.split(".")[1:], inner)
    return module.path.parent / asset


def test_every_template_that_a_page_names_is_there():
    missing = [
        f"{module.name}.{view}: {asset}"
        for module, view, asset in _renderers()
        if not _file(module, asset).is_file()
    ]
    assert missing == []


def test_a_template_is_named_after_its_page():
    """Two pages may share a template, which then bears the name of one of them."""
    pages = {}
    for module, view, _asset in _renderers():
        pages.setdefault(module.name, set()).add(view)
    strays = [
        f"{module.name}.{view}: {asset}"
        for module, view, asset in _renderers()
        if ":" not in asset
        if asset
        not in {f"templates/{module.path.stem}/{v}.pt" for v in pages[module.name]}
    ]
    assert strays == []


def test_no_template_is_an_orphan():
    named = {_file(module, asset) for module, _view, asset in _renderers()}
    spoken = {text for m in modules() if m.is_in("views") for text in strings(m)}
    texts = [path.read_text(encoding="utf-8") for path in VIEWS.rglob("*.pt")]
    loaded = {name for text in [*texts, *spoken] for name in LOADED.findall(text)}
    spoken |= {word for text in texts for word in QUOTED.findall(text)}
    loaded |= {f"{word}.pt" for word in spoken}
    orphans = [
        path.relative_to(PACKAGE).as_posix()
        for path in VIEWS.rglob("*.pt")
        if path not in named
        if not any(f"/{path.as_posix()}".endswith(f"/{name}") for name in loaded)
    ]
    assert orphans == []
