"""French typography for the messages of the catalogue."""

import re

NO_BREAK = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"

#: Pattern and what replaces it, in this order. A placeholder such as ``${name}`` holds
#: no white space nor apostrophe, hence needs no protection.
RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\.\.\.", "…"),
        (r"(?<=\w)'(?=[\w«$])", APOSTROPHE),
        (r"« ?(?=\S)", f"«{NO_BREAK}"),
        (r"(?<=\S) ?»", f"{NO_BREAK}»"),
        (r"(?<=\S) :", f"{NO_BREAK}:"),
        (r"(?<=\S) (?=[;?!])", NARROW),
        (r"(?<=[\d}]) (?=[€%])", NO_BREAK),
        (r"(?<=€) (?=(?:HT|TTC)\b)", NO_BREAK),
        (r"(?<=\b[nN]°) (?=\S)", NO_BREAK),
        (r"(?<=\d) h (?=\d)", f"{NO_BREAK}h{NO_BREAK}"),
        (r"(?<=\d) (?=h\b)", NO_BREAK),
    )
)

#: Digits grouped by three, such as ``10 000``.
GROUPED = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)")


def typeset(text: str) -> str:
    """Set no-break spaces, apostrophes and ellipses as French wants them."""
    for pattern, replacement in RULES:
        text = pattern.sub(replacement, text)
    return GROUPED.sub(lambda number: number.group().replace(" ", NARROW), text)
