"""A font of digits drawn in the PDF itself: nothing to install, always embedded.

Each glyph is a line in a square of 1000 units, as a pen would draw it.
"""

from pypdf import PdfWriter
from pypdf.generic import ArrayObject
from pypdf.generic import DecodedStreamObject
from pypdf.generic import DictionaryObject
from pypdf.generic import FloatObject
from pypdf.generic import IndirectObject
from pypdf.generic import NameObject
from pypdf.generic import NumberObject

#: How wide each sign is, in thousandths of the size.
WIDTHS = {**dict.fromkeys("0123456789", 556), "/": 300, " ": 278}
_PEN = "78 w 1 J 1 j"
_STROKES = {
    " ": "",
    "/": "50 -20 m 250 720 l S",
    "0": "88 350 m 88 540 163 680 278 680 c 393 680 468 540 468 350 c "
    "468 160 393 20 278 20 c 163 20 88 160 88 350 c s",
    "1": "150 570 m 310 680 l 310 20 l S",
    "2": "92 510 m 92 615 170 680 278 680 c 390 680 464 610 464 505 c "
    "464 385 330 275 88 20 c 470 20 l S",
    "3": "98 560 m 120 640 190 680 275 680 c 380 680 450 620 450 528 c "
    "450 430 380 370 240 370 c 390 370 470 300 470 192 c 470 85 390 20 275 20 c "
    "175 20 105 68 82 150 c S",
    "4": "370 20 m 370 680 l 62 215 l 500 215 l S",
    "5": "450 680 m 142 680 l 116 390 l 160 422 210 440 270 440 c "
    "390 440 472 350 472 228 c 472 100 390 20 270 20 c 175 20 105 62 82 132 c S",
    "6": "440 592 m 410 646 360 680 295 680 c 150 680 86 535 86 330 c "
    "86 125 160 20 285 20 c 395 20 472 100 472 216 c 472 335 395 420 285 420 c "
    "180 420 100 340 88 250 c S",
    "7": "80 680 m 474 680 l 330 470 250 265 222 20 c S",
    "8": "113 522 m 113 612 185 680 278 680 c 371 680 443 612 443 522 c "
    "443 432 371 365 278 365 c 185 365 113 432 113 522 c s "
    "84 192 m 84 292 170 365 278 365 c 386 365 472 292 472 192 c "
    "472 92 386 20 278 20 c 170 20 84 92 84 192 c s",
    "9": "116 108 m 146 54 196 20 261 20 c 406 20 470 165 470 370 c "
    "470 575 396 680 271 680 c 161 680 84 600 84 484 c 84 365 161 280 271 280 c "
    "376 280 456 360 468 450 c S",
}
_NAMES = {
    " ": "space",
    "/": "slash",
    "0": "zero",
    "1": "one",
    "2": "two",
    "3": "three",
    "4": "four",
    "5": "five",
    "6": "six",
    "7": "seven",
    "8": "eight",
    "9": "nine",
}
_SQUARE = (0, -100, 600, 800)


def add_digits(writer: PdfWriter) -> IndirectObject:
    """Put the font in a file that is being written; return what designates it."""
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type3"),
            NameObject("/FontBBox"): ArrayObject(map(NumberObject, _SQUARE)),
            NameObject("/FontMatrix"): ArrayObject(
                map(FloatObject, ("0.001", "0", "0", "0.001", "0", "0"))
            ),
            NameObject("/Resources"): DictionaryObject(),
            NameObject("/CharProcs"): _glyphs(writer),
            NameObject("/Encoding"): _encoding(),
            NameObject("/FirstChar"): NumberObject(ord(" ")),
            NameObject("/LastChar"): NumberObject(ord("9")),
            NameObject("/Widths"): ArrayObject(
                NumberObject(WIDTHS.get(chr(code), 0))
                for code in range(ord(" "), ord("9") + 1)
            ),
            NameObject("/ToUnicode"): _stream(writer, _unicode()),
        }
    )
    return writer._add_object(font)  # noqa: SLF001 - its way to add one


def width_of(text: str) -> float:
    """Return how wide a text is, for a size of 1.

    Raises:
        KeyError: the font does not have one of its signs.
    """
    return sum(WIDTHS[sign] for sign in text) / 1000


def _glyphs(writer: PdfWriter) -> DictionaryObject:
    box = " ".join(map(str, _SQUARE))
    return DictionaryObject(
        {
            NameObject(f"/{_NAMES[sign]}"): _stream(
                writer, f"{WIDTHS[sign]} 0 {box} d1 {_PEN} {strokes}"
            )
            for sign, strokes in _STROKES.items()
        }
    )


def _encoding() -> DictionaryObject:
    differences = ArrayObject()
    for sign, name in sorted(_NAMES.items()):
        differences += [NumberObject(ord(sign)), NameObject(f"/{name}")]
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Encoding"),
            NameObject("/Differences"): differences,
        }
    )


def _unicode() -> str:
    lines = "\n".join(f"<{ord(sign):02X}> <{ord(sign):04X}>" for sign in sorted(_NAMES))
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /SicpDigits def /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(_NAMES)} beginbfchar\n{lines}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )


def _stream(writer: PdfWriter, text: str) -> IndirectObject:
    stream = DecodedStreamObject()
    stream.set_data(text.encode("ascii"))
    return writer._add_object(stream)  # noqa: SLF001 - its way to add one
