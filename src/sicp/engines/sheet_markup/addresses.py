"""How the address of a link is typed: « fiche 123 » for « sicp:sheet/123 »."""

import re

_TYPED = {"sheet": "fiche", "clause": "clause", "article": "article"}
_KEPT = {word: sort for sort, word in _TYPED.items()}
_INTERNAL = re.compile(r"sicp:(sheet|clause|article)/([\w.-]{1,80})")
_WORDS = re.compile(r"(fiche|clause|article)\s+([\w. -]{1,80})", re.IGNORECASE)
_OUTSIDE = re.compile(r"(https?://|mailto:)\S+")


def typed(href: str) -> str:
    """Return what a person reads of an address."""
    found = _INTERNAL.fullmatch(href)
    return f"{_TYPED[found[1]]} {found[2]}" if found else href


def href_of(address: str) -> str:
    """Return the address that was typed, empty when it is none."""
    said = " ".join(address.split())
    if _OUTSIDE.fullmatch(said) or _INTERNAL.fullmatch(said):
        return said
    found = _WORDS.fullmatch(said)
    if found is None:
        return ""
    sort = _KEPT[found[1].lower()]
    name = found[2].replace(" ", "")
    if sort == "article":
        name = re.sub(r"^([LRDAlrda])\.?", lambda m: m[1].upper(), name)
    return f"sicp:{sort}/{name}"
