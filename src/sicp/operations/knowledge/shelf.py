"""The folders that one reader sees, asked of the catalogue once for a page.

Only the folders that are named are woken; sheets are counted, never woken.
"""

from collections.abc import Iterable
from typing import Any

from repoze.catalog.query import Eq

from sicp.catalog.indexes import FAMILY
from sicp.catalog.indexes import allowed_to
from sicp.catalog.indexes import everything
from sicp.catalog.indexes import known_of
from sicp.catalog.indexes import numbers_with
from sicp.catalog.knowledge import FOLDER
from sicp.catalog.knowledge import SHEET
from sicp.interfaces.user import Actor
from sicp.operations.knowledge.zone import SERVICE
from sicp.operations.knowledge.zone import zone_tokens

ARTICLE = "article"


class Shelves:
    """What ``actor`` sees of the folders and of the sheets they hold."""

    def __init__(self, site: Any, actor: Actor) -> None:
        self._catalog = site.business_catalog
        self._base = site[SERVICE]
        self.tokens = zone_tokens(site, actor)
        self._folders = self._seen(FOLDER)
        self._sheets: Any = None

    def below(self, place: Any) -> list[Any]:
        """Return the folders that stand in a place, in their order."""
        numbers = self.folders_in(place.__oid__)
        return [self._base.numbers[number] for number in numbers]

    def has_below(self, place: Any) -> bool:
        """Tell whether a folder stands in a place."""
        return bool(self._inner(self._folders, place.__oid__))

    def folders_in(self, number: int) -> list[int]:
        """Return the numbers of the folders in a place, in their order."""
        return self._ordered(self._inner(self._folders, number))

    def sheets_in(self, number: int) -> list[int]:
        """Return the numbers of the sheets in a place, in their order."""
        return self._ordered(self._inner(self._seen_sheets(), number))

    def neighbours(self, sheet: Any) -> tuple[Any, Any]:
        """Return the sheets before and after one, None at an end.

        An article goes on in the next part of the plan of its code; any other sheet
        stops at the end of its folder.
        """
        return self._neighbour(sheet, -1), self._neighbour(sheet, 1)

    def _neighbour(self, sheet: Any, step: int) -> Any:
        is_article = sheet.kind == ARTICLE
        number = self._beside(sheet, step, crosses=is_article)
        found = self._base.numbers[number] if number is not None else None
        if found is not None and is_article and found.kind == ARTICLE:
            codes = {each.shown.fields.get("code") for each in (sheet, found)}
            return found if len(codes) == 1 else None
        return found

    def _beside(self, sheet: Any, step: int, *, crosses: bool) -> int | None:
        place = sheet.__parent__
        siblings = self.sheets_in(place.__oid__)
        if sheet.__oid__ not in siblings:
            return None
        at = siblings.index(sheet.__oid__) + step
        if 0 <= at < len(siblings):
            return siblings[at]
        return self._across(place, step) if crosses else None

    def _across(self, place: Any, step: int) -> int | None:
        """Return the nearest article of the parts of the plan before or after one."""
        if step > 0:
            inner = self._first_of(self.folders_in(place.__oid__), step)
            if inner is not None:
                return inner
        while place.__parent__ is not None and place is not self._base:
            folders = self.folders_in(place.__parent__.__oid__)
            at = folders.index(place.__oid__) if place.__oid__ in folders else 0
            beyond = folders[at + 1 :] if step > 0 else folders[:at][::-1]
            found = self._first_of(beyond, step)
            if found is None and step < 0:
                found = self._end(self.sheets_in(place.__parent__.__oid__), step)
            if found is not None:
                return found
            place = place.__parent__
        return None

    def _first_of(self, folders: list[int], step: int) -> int | None:
        for folder in folders:
            own = self.sheets_in(folder)
            below = self.folders_in(folder)[::step]
            found = self._end(own, step) if step > 0 else self._first_of(below, step)
            if found is None:
                found = (
                    self._first_of(below, step) if step > 0 else self._end(own, step)
                )
            if found is not None:
                return found
        return None

    def _end(self, numbers: list[int], step: int) -> int | None:
        """Return the first, or the last, of some sheets, when it is an article."""
        articles = [n for n in numbers if known_of(self._catalog, "kind", n) == ARTICLE]
        return articles[0 if step > 0 else -1] if articles else None

    def count(self, place: Any) -> int:
        """Count the sheets of a place and of all below it."""
        waiting, count = [place.__oid__], 0
        while waiting:
            number = waiting.pop()
            count += len(self._inner(self._seen_sheets(), number))
            waiting += list(self._inner(self._folders, number))
        return count

    def _ordered(self, numbers: Iterable[int]) -> list[int]:
        return sorted(
            numbers,
            key=lambda n: (known_of(self._catalog, "rank", n) or 0.0, n),
        )

    def _inner(self, seen: Any, number: int) -> Any:
        held = numbers_with(self._catalog, "folder", number)
        return FAMILY.IF.intersection(seen, held) if held else ()

    def _seen_sheets(self) -> Any:
        if self._sheets is None:
            self._sheets = self._seen(SHEET)
        return self._sheets

    def _seen(self, content_type: str) -> Any:
        _count, numbers = self._catalog.query(
            everything(Eq("content_type", content_type), allowed_to(self.tokens))
        )
        return FAMILY.IF.Set(numbers)
