"""Find the messages of one Python module or of one page template."""

import ast
import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chameleon.namespaces import I18N_NS
from chameleon.namespaces import METAL_NS
from chameleon.namespaces import TAL_NS
from chameleon.parser import ElementParser
from chameleon.tokenize import iter_xml
from chameleon.zpt.program import MacroProgram

DOMAIN = "sicp"
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SPACES = re.compile(r"\s+")
EXPRESSION = re.compile(r"\$\{[^}]*\}")
CALL_IN_TEMPLATE = re.compile(r"(?<![\w.])_\(")
LANGUAGES = {I18N_NS, METAL_NS, TAL_NS}
#: Stands for what a template computes in the middle of a message.
COMPUTED = "\N{REPLACEMENT CHARACTER}"

#: A node and a tag, as Chameleon's parser gives them.
Node = tuple[str, tuple[Any, ...]]
Tag = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """One use of a message; ``fault`` says what is wrong with how it is written."""

    name: str
    text: str
    line: int
    fault: str = ""


def found(name: str, text: str, line: int) -> Found:
    """Make a use of a message, after a look at its id."""
    if not NAME.fullmatch(name):
        return Found(name, text, line, f"'{name}' is not an id in kebab-case")
    return Found(name, text, line)


# --- Python --------------------------------------------------------------------------


def find_in_python(source: str) -> Iterator[Found]:
    """Find each call ``_("id", default="French text")``."""
    for node in ast.walk(ast.parse(source)):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if is_call and node.func.id == "_":
            yield read_call(node)


def read_call(node: ast.Call) -> Found:
    """Read one call of ``_``."""
    name = literal(node.args[0]) if node.args else None
    if name is None:
        return Found("", "", node.lineno, "the id of a message must be a plain string")
    defaults = [item.value for item in node.keywords if item.arg == "default"]
    if not defaults:
        return Found(name, "", node.lineno, f"'{name}' has no default=")
    text = literal(defaults[0])
    if not text:
        return Found(name, "", node.lineno, f"'{name}' needs a plain French default")
    return found(name, text, node.lineno)


def literal(node: ast.expr) -> str | None:
    """Return the string a node spells out, if it does."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


# --- Page templates ------------------------------------------------------------------


def find_in_template(source: str) -> Iterator[Found]:
    """Find each ``i18n:translate`` and ``i18n:attributes`` of the domain."""
    call = CALL_IN_TEMPLATE.search(source)
    if call:
        line = source[: call.start()].count("\n") + 1
        yield Found("", "", line, "a template calls _(): use i18n:translate")
    tree = ElementParser(iter_xml(source), MacroProgram.DEFAULT_NAMESPACES)
    yield from read_nodes(tree, "")


def read_nodes(nodes: Iterable[Node], domain: str) -> Iterator[Found]:
    """Read elements that stand beside one another in a template."""
    for kind, arguments in nodes:
        if kind == "element":
            yield from read_element(arguments[0], arguments[2], domain)
        elif kind == "start_tag":  # an HTML element that needs no end
            yield from read_element(arguments[0], [], domain)


def read_element(start: Tag, children: list[Node], outer: str) -> Iterator[Found]:
    """Read one element, then what it holds."""
    marks = start["ns_attrs"]
    domain = marks.get((I18N_NS, "domain"), outer)
    line = start["prefix"].location[0]
    shown = marks.get((I18N_NS, "translate"))
    # An empty id beside tal:content translates a message that Python made.
    if shown is not None and not (shown == "" and is_dynamic(marks)):
        text = "" if is_dynamic(marks) else text_of(children)
        yield in_template(shown, text, line, domain)
    for part in marks.get((I18N_NS, "attributes"), "").split(";"):
        if part.strip():
            attribute, _space, name = part.strip().partition(" ")
            yield in_template(name, value_of(attribute, start), line, domain)
    yield from read_nodes(children, domain)


def is_dynamic(marks: Mapping[tuple[str, str], str]) -> bool:
    """Say whether TAL computes what the element shows."""
    return (TAL_NS, "content") in marks or (TAL_NS, "replace") in marks


def in_template(name: str, raw: str, line: int, domain: str) -> Found:
    """Make a use in a template; what Chameleon cannot translate is a fault."""
    text = SPACES.sub(" ", raw).strip()
    if not name:
        return Found("", text, line, f"no id for « {text} »")
    if domain != DOMAIN:
        fault = f"'{name}' stands outside i18n:domain=\"{DOMAIN}\""
        return Found(name, text, line, fault)
    if COMPUTED in text:
        fault = f"'{name}' computes a part of its text: give that part an i18n:name"
        return Found(name, text, line, fault)
    return found(name, text, line)


def value_of(attribute: str, start: Tag) -> str:
    """Read an attribute; nothing when TAL computes it."""
    values = [item["value"] for item in start["attrs"] if item["name"] == attribute]
    return "".join(map(hide_computed, values))


def text_of(children: list[Node]) -> str:
    """Join what an element holds; what bears an ``i18n:name`` is a placeholder."""
    return "".join(
        piece_of(kind, arguments)
        for kind, arguments in children
        if kind in {"text", "element", "start_tag"}
    )


def piece_of(kind: str, arguments: tuple[Any, ...]) -> str:
    """Write one node as it stands in the message."""
    if kind == "text":
        return hide_computed(arguments[0])
    start = arguments[0]
    marks = start["ns_attrs"]
    if (I18N_NS, "name") in marks:
        return f"${{{marks[I18N_NS, 'name']}}}"
    if any(space in LANGUAGES for space, _name in marks):
        return COMPUTED
    inside = text_of(arguments[2]) if kind == "element" else ""
    end = arguments[1] if kind == "element" else None
    return tag(start) + inside + (tag(end) if end else "")


def tag(start: Tag) -> str:
    """Write a plain tag as the template does."""
    parts = ("space", "name", "eq", "quote", "value", "quote")
    attributes = "".join(item[part] or "" for item in start["attrs"] for part in parts)
    return hide_computed(start["prefix"] + start["name"] + attributes + start["suffix"])


def hide_computed(text: str) -> str:
    """Mark the expressions of a text, which no catalogue can hold."""
    return EXPRESSION.sub(COMPUTED, text)
