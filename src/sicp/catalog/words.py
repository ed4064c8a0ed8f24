"""Words as the indexes see them: folded, so that accents and capitals do not count."""

import re
import unicodedata

_WORD = re.compile(r"[0-9a-z]+(?:-[0-9]+)*")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})


def fold(text: str) -> str:
    """Take accents, ligatures and capitals away: « Œuvre » becomes « oeuvre »."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower().strip()


def words_of(*texts: str) -> list[str]:
    """Return the distinct folded words; references such as 2026-0123 stay whole."""
    return sorted({word for text in texts for word in _WORD.findall(fold(text))})
