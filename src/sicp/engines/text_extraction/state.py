"""How the reading of a file ended: what is shown beside it, and counted."""

from enum import Enum


class TextState(Enum):
    """What is known of the text of a file; the value is what may be kept of it."""

    READ = "read"
    CUT = "cut"
    EMPTY = "empty"
    LOCKED = "locked"
    BROKEN = "broken"
    TOO_LONG = "too_long"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"

    @property
    def title(self) -> str:
        """Say it to a person, in French."""
        return _TITLES[self]

    @property
    def has_text(self) -> bool:
        """Tell whether some words were read."""
        return self in {TextState.READ, TextState.CUT}

    @property
    def is_failure(self) -> bool:
        """Tell whether somebody should look at this file, or send a better one.

        A plan or an image has no text to read: that is no failure.
        """
        return not self.has_text and self is not TextState.UNREADABLE


_TITLES = {
    TextState.READ: "Texte lu",
    TextState.CUT: "Texte lu en partie",
    TextState.EMPTY: "Aucun texte à lire",
    TextState.LOCKED: "Protégé par un mot de passe",
    TextState.BROKEN: "Fichier endommagé",
    TextState.TOO_LONG: "Lecture trop longue",
    TextState.TOO_LARGE: "Fichier trop volumineux",
    TextState.UNREADABLE: "Type de fichier non lu",
}
