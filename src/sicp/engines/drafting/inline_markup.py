r"""The markup inside one paragraph, item or cell: read it and write it.

``**bold**``, ``*italic*``, ``{name|format}``, ``{plural:lots|le lot|les lots}``,
``{if FIELD OP VALUE: text}`` and ``{ref:clause-id|text}``. ``{{`` and ``}}`` are
literal braces; a backslash makes the sign after it literal (``\*``). Inside a
conditional a literal closing brace is written ``\}``, since two of them close two.
"""

import re
from dataclasses import dataclass

from sicp.engines.drafting.blocks import Conditional
from sicp.engines.drafting.blocks import Inline
from sicp.engines.drafting.blocks import Inlines
from sicp.engines.drafting.blocks import Plural
from sicp.engines.drafting.blocks import Reference
from sicp.engines.drafting.blocks import Styled
from sicp.engines.drafting.blocks import Text
from sicp.engines.drafting.blocks import Variable
from sicp.engines.drafting.operators import OPERATORS

DEEPEST_CONDITIONAL = 2

_NAME = r"[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)?"
_TOKEN = re.compile(
    r"(?P<escape>\\[^\w\s])|(?P<opening>\{\{)|(?P<if>\{if\s)"
    r"|(?P<brace>\{(?:[^{}\\]|\\.)*\})|(?P<stray>\{)|(?P<end>\})"
    r"|(?P<strong>\*\*)|(?P<star>\*)"
)
_VALUE = r'(?:"(?:[^"\\]|\\.)*"|[^\s":|{}\\]+)'
_IF = re.compile(
    rf"\{{if\s+(?P<field>{_NAME})\s+(?P<operator>[a-z_]+)"
    rf"(?:\s+(?P<value>{_VALUE}(?:\|{_VALUE})*))?\s*:(?:[ \n])?"
)
_WORD = re.compile(r'[^\s":|{}\\*]+\Z')
_VARIABLE = re.compile(rf"\{{(?P<name>{_NAME})(?:\|(?P<format>[a-z_]+))?\}}\Z")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_SIGN = re.compile(r"\\.|.", re.DOTALL)
_STYLES = {"**": "bold", "*": "italic"}


class MarkupError(ValueError):
    """A text that cannot be read; ``line`` counts from 1 in the text of the clause."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(f"ligne {line} : {reason}")
        self.reason = reason
        self.line = line


def parse_inlines(source: str, line: int = 1) -> Inlines:
    """Read the inlines of one run of text that begins at ``line``.

    Raises:
        MarkupError: a mark is not closed or not understood.
    """
    return _Reader(source, line).read()


def write_inlines(inlines: Inlines) -> str:
    """Write inlines so that ``parse_inlines`` gives them back."""
    return "".join(_written(inline, in_conditional=False) for inline in inlines)


@dataclass
class _Reader:
    """A position in a source, and the reading of what follows it."""

    source: str
    line: int
    position: int = 0

    def read(self) -> Inlines:
        return self._until("", (), depth=0)

    def _until(self, closing: str, styles: tuple[str, ...], depth: int) -> Inlines:
        """Read up to ``closing`` (a style mark, a brace, or the end of the source)."""
        found: list[Inline] = []
        start = self.position
        while (token := _TOKEN.search(self.source, self.position)) is not None:
            _add_text(found, self.source[self.position : token.start()])
            self.position = token.end()
            if self._closes(token, closing, styles):
                return tuple(found)
            self._take(token, found, styles, depth)
        if closing:
            raise self._error(_UNCLOSED[closing], start)
        _add_text(found, self.source[self.position :])
        self.position = len(self.source)
        return tuple(found)

    def _closes(
        self, token: re.Match[str], closing: str, styles: tuple[str, ...]
    ) -> bool:
        said = token.group()
        if closing == "*" and said == "**" and "**" in styles:
            # « ***text*** » closes the italic first, then the bold around it.
            self.position -= 1
            return True
        return bool(closing) and said == closing and not self._is_lone_star(token)

    def _take(
        self,
        token: re.Match[str],
        found: list[Inline],
        styles: tuple[str, ...],
        depth: int,
    ) -> None:
        said, kind = token.group(), token.lastgroup
        if kind == "escape" or self._is_lone_star(token):
            _add_text(found, said[-1])
        elif kind == "opening":
            _add_text(found, "{")
        elif kind == "brace":
            found.append(self._braced(token))
        elif kind == "if":
            found.append(self._conditional(token, depth + 1))
        elif kind in {"strong", "star"}:
            found.append(self._styled(token, styles, depth))
        else:
            self._closing_brace(token, found, depth)

    def _is_lone_star(self, token: re.Match[str]) -> bool:
        around = self.source[token.start() - 1 : token.start()]
        after = self.source[token.end() : token.end() + 1]
        return token.group() == "*" and around.isspace() and after.isspace()

    def _closing_brace(
        self, token: re.Match[str], found: list[Inline], depth: int
    ) -> None:
        if depth == 0 and self.source.startswith("}}", token.start()):
            self.position = token.start() + 2
            _add_text(found, "}")
            return
        reason = "accolade isolée (une accolade du texte s’écrit « {{ » ou « }} »)"
        raise self._error(reason, token.start())

    def _styled(
        self, token: re.Match[str], styles: tuple[str, ...], depth: int
    ) -> Styled:
        mark = token.group()
        inlines = self._until(mark, (*styles, mark), depth)
        if not inlines:
            reason = f"« {mark}{mark} » n’entoure rien"
            raise self._error(reason, token.start())
        return Styled(_STYLES[mark], inlines)  # type: ignore[arg-type]

    def _conditional(self, token: re.Match[str], depth: int) -> Conditional:
        head = _IF.match(self.source, token.start())
        if head is None:
            reason = (
                "condition illisible : écrivez « {if champ opérateur valeur: texte} »"
            )
            raise self._error(reason, token.start())
        if depth > DEEPEST_CONDITIONAL:
            reason = "trop de conditions l’une dans l’autre (deux au plus)"
            raise self._error(reason, token.start())
        operator = head["operator"]
        value = self._if_value(operator, head["value"], token.start())
        self.position = head.end()
        inlines = self._until("}", (), depth)
        return Conditional(head["field"], operator, value, inlines)

    def _if_value(
        self, operator: str, raw: str | None, position: int
    ) -> str | tuple[str, ...]:
        if operator not in OPERATORS:
            raise self._error(f"l’opérateur « {operator} » n’existe pas", position)
        takes_value = OPERATORS[operator].takes_value
        if takes_value != (raw is not None):
            need = "attend une valeur" if takes_value else "n’attend pas de valeur"
            raise self._error(f"l’opérateur « {operator} » {need}", position)
        if raw is None:
            return ""
        values = tuple(_unquoted(item) for item in re.findall(_VALUE, raw))
        return values if OPERATORS[operator].takes_list else "|".join(values)

    def _braced(self, token: re.Match[str]) -> Inline:
        said = token.group()
        if said.startswith("{plural:"):
            return self._plural(said, token.start())
        if said.startswith("{ref:"):
            return self._reference(said, token.start())
        variable = _VARIABLE.match(said)
        if variable is None:
            raise self._error(f"« {said} » n’est pas compris", token.start())
        return Variable(variable["name"], variable["format"] or "")

    def _plural(self, said: str, position: int) -> Plural:
        parts = [_unescaped(part) for part in _between_bars(said[8:-1])]
        if len(parts) != 3 or not re.fullmatch(_NAME, parts[0]):  # noqa: PLR2004
            reason = "un pluriel s’écrit « {plural:champ|singulier|pluriel} »"
            raise self._error(reason, position)
        return Plural(*parts)

    def _reference(self, said: str, position: int) -> Reference:
        clause_id, _, fallback = said[5:-1].partition("|")
        if not _ID.match(clause_id):
            reason = "un renvoi s’écrit « {ref:clause|texte de remplacement} »"
            raise self._error(reason, position)
        return Reference(clause_id, _unescaped(fallback))

    def _error(self, reason: str, position: int) -> MarkupError:
        return MarkupError(reason, self.line + self.source.count("\n", 0, position))


_UNCLOSED = {
    "**": "le gras « ** » n’est pas fermé",
    "*": "l’italique « * » n’est pas fermé (un astérisque du texte s’écrit « \\* »)",
    "}": "l’accolade de la condition n’est pas fermée",
}


def _between_bars(text: str) -> list[str]:
    """Cut at the bars that no backslash protects."""
    parts = [""]
    for sign in _SIGN.findall(text):
        if sign == "|":
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _add_text(found: list[Inline], text: str) -> None:
    if not text:
        return
    if found and isinstance(found[-1], Text):
        found[-1] = Text(found[-1].text + text)
    else:
        found.append(Text(text))


def _written(inline: Inline, *, in_conditional: bool) -> str:
    match inline:
        case Text():
            return _escaped(inline.text, in_conditional=in_conditional)
        case Styled():
            mark = "**" if inline.style == "bold" else "*"
            return f"{mark}{_inside(inline.inlines, in_conditional)}{mark}"
        case Variable():
            bar = f"|{inline.format}" if inline.format else ""
            return f"{{{inline.name}{bar}}}"
        case Plural():
            one, many = _protected(inline.one), _protected(inline.many)
            return f"{{plural:{inline.name}|{one}|{many}}}"
        case Reference():
            bar = f"|{_protected(inline.fallback)}" if inline.fallback else ""
            return f"{{ref:{inline.clause_id}{bar}}}"
    return _written_conditional(inline)


def _written_conditional(inline: Conditional) -> str:
    many = inline.value if isinstance(inline.value, tuple) else (inline.value,)
    said = "|".join(_quoted(item) for item in many) if inline.value else ""
    test = " ".join(filter(None, (inline.field, inline.operator, said)))
    return f"{{if {test}: {_inside(inline.inlines, in_conditional=True)}}}"


def _inside(inlines: Inlines, in_conditional: bool) -> str:  # noqa: FBT001
    return "".join(_written(i, in_conditional=in_conditional) for i in inlines)


def _escaped(text: str, *, in_conditional: bool) -> str:
    text = re.sub(r"\\", r"\\\\", text)
    text = text.replace("{", "{{")
    text = text.replace("}", r"\}" if in_conditional else "}}")
    return re.sub(r"(?<!\s)\*|\*(?!\s)", r"\\*", text)


def _protected(text: str) -> str:
    return re.sub(r"([\\|{}])", r"\\\1", text)


def _unescaped(text: str) -> str:
    return re.sub(r"\\([^\w\s])", r"\1", text)


def _quoted(value: str) -> str:
    if _WORD.match(value):
        return value
    return '"' + re.sub(r'(["\\{}|])', r"\\\1", value) + '"'


def _unquoted(item: str) -> str:
    return _unescaped(item[1:-1]) if item.startswith('"') else item
