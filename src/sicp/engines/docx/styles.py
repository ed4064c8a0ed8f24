"""The named styles of a document (``styles.xml``).

Built-in styles bear their English names: Word shows them in the language of the reader
(« Titre 1 »). A writer who edits the file finds every style in his gallery.
"""

from collections.abc import Iterator

from sicp.engines.docx.elements import TWIPS_PER_POINT
from sicp.engines.docx.elements import Element
from sicp.engines.docx.elements import W
from sicp.engines.docx.elements import root
from sicp.engines.docx.elements import twips
from sicp.engines.docx.elements import w
from sicp.engines.docx.style import HouseStyle
from sicp.engines.drafting.numbering import DEEPEST

PAGE_WIDTH_MM = 210
HEADING_NUMBERING = 1
#: Room for « Article 10 », then for « 10.10 » and longer.
LABEL_TAB_MM = (27, 13, 16, 19, 22, 25)
#: Where the address of a letter begins, so that an envelope with a window shows it.
_ADDRESS_MM = 85
#: The white left under who signs, for the signature and the stamp.
_SIGNATURE_POINTS = 66
_HEADING_GROWTH = (3, 1.5, 0.5, 0, 0, 0)
_HEADING_BEFORE = (18, 12, 9, 8, 8, 8)


def heading_style(level: int, *, is_numbered: bool = True) -> str:
    """Return the style id of a heading of ``level``, from 1."""
    return f"Heading{level}" if is_numbered else f"PlainHeading{level}"


def text_width(style: HouseStyle) -> int:
    """Return the width of the text, in twips."""
    return twips(PAGE_WIDTH_MM - 2 * style.margin_side)


def styles_part(style: HouseStyle) -> Element:
    """Make ``styles.xml``."""
    return root(
        "styles",
        _defaults(style),
        *_text_styles(style),
        *_heading_styles(style),
        *_cover_styles(style),
        *_letter_styles(style),
        *_toc_styles(style),
        *_table_styles(style),
        *_character_styles(style),
    )


def _defaults(style: HouseStyle) -> Element:
    characters = w(
        "rPr",
        _fonts(style.font),
        w("color", val=style.text_colour),
        w("sz", val=_half_points(style.size)),
        w("szCs", val=_half_points(style.size)),
        w("lang", val="fr-FR", eastAsia="fr-FR", bidi="ar-SA"),
    )
    paragraphs = w("pPr", _spacing(0, 0))
    return w("docDefaults", w("rPrDefault", characters), w("pPrDefault", paragraphs))


def _text_styles(style: HouseStyle) -> Iterator[Element]:
    yield _paragraph_style("Normal", "Normal", base="", is_default=True)
    body = [w("widowControl"), _spacing(0, 6, 1.12), w("jc", val="both")]
    yield _paragraph_style("BodyText", "Body Text", body)
    after = [_spacing(8, 6, 1.12)]
    yield _paragraph_style("AfterTable", "Corps après tableau", after, base="BodyText")
    for style_id, name in (
        ("ListBullet", "List Bullet"),
        ("ListNumber", "List Number"),
    ):
        item = [_spacing(0, 3, 1.12), w("jc", val="both")]
        yield _paragraph_style(style_id, name, item)
    for style_id, name, side in (
        ("Header", "header", "bottom"),
        ("Footer", "footer", "top"),
    ):
        line = w(side, val="single", sz=4, space=4, color=style.line_colour)
        tabs = w("tabs", w("tab", val="right", pos=text_width(style)))
        small = _size(style.size - 2)
        yield _paragraph_style(style_id, name, [w("pBdr", line), tabs], small)


def _heading_styles(style: HouseStyle) -> Iterator[Element]:
    for level in range(1, DEEPEST + 1):
        yield _heading_style(style, level)
    for level in range(1, DEEPEST + 1):
        yield _paragraph_style(
            heading_style(level, is_numbered=False),
            f"Titre {level} sans numéro",
            [w("numPr", w("numId", val=0)), w("ind", left=0, firstLine=0)],
            base=heading_style(level),
            following="BodyText",
        )


def _heading_style(style: HouseStyle, level: int) -> Element:
    size = _half_points(style.size + _HEADING_GROWTH[level - 1])
    numbered = w("numPr")
    if level > 1:
        numbered.append(w("ilvl", val=level - 1))
    numbered.append(w("numId", val=HEADING_NUMBERING))
    before = [w("keepNext"), w("keepLines"), numbered]
    if level == 1:
        line = w("bottom", val="single", sz=6, space=2, color=style.heading_colour)
        before.append(w("pBdr", line))
    return _paragraph_style(
        heading_style(level),
        f"heading {level}",
        [
            *before,
            _spacing(_HEADING_BEFORE[level - 1], 6),
            w("outlineLvl", val=level - 1),
        ],
        [
            _fonts(style.heading_font),
            w("b"),
            w("bCs"),
            w("color", val=style.heading_colour),
            w("sz", val=size),
            w("szCs", val=size),
        ],
        following="BodyText",
    )


def _cover_styles(style: HouseStyle) -> Iterator[Element]:
    yield _paragraph_style(
        "CoverOrganisation",
        "Couverture, organisme",
        [_spacing(0, 24)],
        [w("b"), w("color", val=style.heading_colour), *_size(style.size + 3)],
    )
    box = w(
        "pBdr",
        w("top", val="single", sz=12, space=14, color=style.heading_colour),
        w("bottom", val="single", sz=12, space=14, color=style.heading_colour),
    )
    yield _paragraph_style(
        "Title",
        "Title",
        [w("keepLines"), box, _spacing(110, 30), w("jc", val="center")],
        [
            _fonts(style.heading_font),
            w("b"),
            w("color", val=style.heading_colour),
            *_size(style.size + 12),
        ],
    )
    yield _paragraph_style(
        "Subtitle",
        "Subtitle",
        [_spacing(0, 10), w("jc", val="center")],
        _size(style.size + 3),
    )


def _letter_styles(style: HouseStyle) -> Iterator[Element]:
    """Make the styles of letters and forms, which have no cover."""
    sender = [w("b"), w("color", val=style.heading_colour), *_size(style.size + 2)]
    yield _paragraph_style("Letterhead", "En-tête de lettre", [_spacing(0, 16)], sender)
    address = [w("keepLines"), _spacing(0, 3), w("ind", left=twips(_ADDRESS_MM))]
    yield _paragraph_style("LetterAddress", "Adresse", address)
    sign = [w("keepNext"), w("keepLines"), _spacing(16, 0)]
    sign.append(w("ind", left=twips(_ADDRESS_MM)))
    yield _paragraph_style("Signature", "Signature", sign)
    # White after a paragraph is lost at the foot of a page; a high line is not.
    room = w("spacing", line=_SIGNATURE_POINTS * TWIPS_PER_POINT, lineRule="exact")
    yield _paragraph_style("SignatureRoom", "Place de la signature", [room])
    bold = [w("b"), w("bCs")]
    subject = [w("keepLines"), _spacing(20, 6)]
    yield _paragraph_style("LetterSubject", "Objet de la lettre", subject, bold)
    line = w("bottom", val="single", sz=8, space=6, color=style.heading_colour)
    title = [w("keepLines"), w("pBdr", line), _spacing(10, 12), w("jc", val="center")]
    look = [w("b"), w("color", val=style.heading_colour), *_size(style.size + 6)]
    look.insert(0, _fonts(style.heading_font))
    yield _paragraph_style("FormTitle", "Titre de formulaire", title, look)
    below = [_spacing(0, 4), w("jc", val="center")]
    yield _paragraph_style("FormSubtitle", "Sous-titre de formulaire", below)


def _toc_styles(style: HouseStyle) -> Iterator[Element]:
    look = [
        _fonts(style.heading_font),
        w("b"),
        w("color", val=style.heading_colour),
        *_size(style.size + 3),
    ]
    yield _paragraph_style(
        "TOCHeading",
        "TOC Heading",
        [w("keepNext"), w("pageBreakBefore"), _spacing(0, 12)],
        look,
    )
    for level in range(1, 4):
        yield _toc_style(style, level)


def _toc_style(style: HouseStyle, level: int) -> Element:
    left = twips(6 * (level - 1))
    label = twips(20 if level < 3 else 28)  # noqa: PLR2004
    right = text_width(style)
    tabs = w(
        "tabs",
        w("tab", val="left", pos=label),
        w("tab", val="right", leader="dot", pos=right),
    )
    indent = w("ind", left=label, hanging=label - left)
    before = 5 if level == 1 else 0
    content = [tabs, _spacing(before, 2), indent]
    bold = [w("b")] if level == 1 else []
    return _paragraph_style(f"TOC{level}", f"toc {level}", content, bold)


def _table_styles(style: HouseStyle) -> Iterator[Element]:
    yield _paragraph_style("TableText", "Texte de tableau", [_spacing(2, 2)])
    yield _paragraph_style(
        "TableNumber", "Nombre de tableau", [w("jc", val="right")], base="TableText"
    )
    yield _paragraph_style(
        "TableHeading",
        "En-tête de tableau",
        [w("keepNext")],
        [w("b"), w("color", val=style.heading_colour)],
        base="TableText",
    )
    yield _paragraph_style("TableEnd", "Fin de tableau", characters=_size(2))
    yield w(
        "style",
        w("name", val="Normal Table"),
        w("uiPriority", val=99),
        w("tblPr", w("tblInd", w=0, type="dxa"), _cell_margins()),
        type="table",
        default=1,
        styleId="TableNormal",
    )
    yield w(
        "style",
        w("name", val="Tableau de pièce"),
        w("basedOn", val="TableNormal"),
        w("qFormat"),
        w("tblPr", _borders(style.line_colour)),
        w(
            "tblStylePr",
            w("tcPr", w("shd", val="clear", color="auto", fill=style.shade_colour)),
            type="firstRow",
        ),
        type="table",
        customStyle=1,
        styleId="DraftTable",
    )


def _character_styles(style: HouseStyle) -> Iterator[Element]:
    yield w(
        "style",
        w("name", val="Default Paragraph Font"),
        w("uiPriority", val=1),
        w("semiHidden"),
        type="character",
        default=1,
        styleId="DefaultParagraphFont",
    )
    yield _character_style("Strong", "Strong", w("b"), w("bCs"))
    yield _character_style("Emphasis", "Emphasis", w("i"), w("iCs"))
    yield _character_style(
        "StrongEmphasis", "Gras et italique", w("b"), w("bCs"), w("i"), w("iCs")
    )
    yield _character_style("Blank", "À compléter", w("highlight", val="yellow"))
    colour = w("color", val=style.heading_colour)
    yield _character_style("Hyperlink", "Hyperlink", colour)


def _character_style(style_id: str, name: str, *look: Element) -> Element:
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val="DefaultParagraphFont"),
        w("qFormat"),
        w("rPr", *look),
        type="character",
        styleId=style_id,
    )


def _paragraph_style(  # noqa: PLR0913
    style_id: str,
    name: str,
    paragraph: list[Element] | None = None,
    characters: list[Element] | None = None,
    *,
    base: str = "Normal",
    following: str = "",
    is_default: bool = False,
) -> Element:
    element = w("style", w("name", val=name), type="paragraph", styleId=style_id)
    if is_default:
        element.set(f"{{{W}}}default", "1")
    if base:
        element.append(w("basedOn", val=base))
    if following:
        element.append(w("next", val=following))
    element.append(w("qFormat"))
    if paragraph:
        element.append(w("pPr", *paragraph))
    if characters:
        element.append(w("rPr", *characters))
    return element


def _borders(colour: str) -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = (w(side, val="single", sz=4, space=0, color=colour) for side in sides)
    return w("tblBorders", *lines)


def _cell_margins() -> Element:
    sides = (("top", 0), ("left", 85), ("bottom", 0), ("right", 85))
    return w("tblCellMar", *(w(side, w=width, type="dxa") for side, width in sides))


def _fonts(name: str) -> Element:
    return w("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def _size(points: float) -> list[Element]:
    size = _half_points(points)
    return [w("sz", val=size), w("szCs", val=size)]


def _half_points(points: float) -> int:
    return round(points * 2)


def _spacing(before: float, after: float, lines: float = 1) -> Element:
    return w(
        "spacing",
        before=round(before * TWIPS_PER_POINT),
        after=round(after * TWIPS_PER_POINT),
        line=round(lines * 240),
        lineRule="auto",
    )
