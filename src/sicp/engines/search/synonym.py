"""Expressions that mean the same: those of the trade, and irregular forms."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sicp.engines.search.analysis import stems
from sicp.engines.search.document import clean
from sicp.engines.search.irregular import GROUPS


@dataclass(frozen=True, slots=True)
class Expression:
    """Stems with their ranks; ``together`` when they must follow one another."""

    words: tuple[tuple[int, str], ...]
    together: bool = True

    @property
    def stems(self) -> tuple[str, ...]:
        """Return the stems alone, in order."""
        return tuple(stem for _, stem in self.words)


class Synonyms:
    """Groups of expressions of equal meaning, such as « AOO = appel d'offres ouvert ».

    The irregular forms of French are always among them. It holds no state beyond its
    groups: build one when they change, and give it to each question.
    """

    def __init__(self, groups: Iterable[Iterable[str]] = ()) -> None:
        self._equals = {key: list(equal) for key, equal in _irregular().items()}
        _add(self._equals, groups)
        self.longest = max((len(key) for key in self._equals), default=1)

    def equals_of(self, stems: tuple[str, ...]) -> tuple[Expression, ...]:
        """Return the other expressions that mean the same as these stems."""
        return tuple(self._equals.get(stems, ()))


@cache
def _irregular() -> dict[tuple[str, ...], list[Expression]]:
    equals: dict[tuple[str, ...], list[Expression]] = {}
    _add(equals, GROUPS)
    return equals


def _add(
    equals: dict[tuple[str, ...], list[Expression]], groups: Iterable[Iterable[str]]
) -> None:
    for group in groups:
        meant = list(dict.fromkeys(filter(None, map(_expression, group))))
        for one in meant:
            known = equals.setdefault(one.stems, [])
            known += [
                other
                for other in meant
                if other not in known and other.stems != one.stems
            ]


def _expression(text: str) -> Expression | None:
    words = stems(clean(text))
    if not words:
        return None
    first = words[0].rank
    return Expression(tuple((word.rank - first, word.form) for word in words))
