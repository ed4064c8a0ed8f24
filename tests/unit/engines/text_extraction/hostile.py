"""Files made to harm whoever reads them, built here and never kept."""

import io
import struct
import zipfile
import zlib
from itertools import pairwise
from pathlib import Path

from openpyxl import Workbook
from pypdf import PdfReader
from pypdf import PdfWriter

from tests.unit.engines.text_extraction import files

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_CHUNK = 1024 * 1024


def word_of(xml: str, **more: str) -> bytes:
    """Make a Word document of this XML."""
    return files.zipped_parts({"word/document.xml": xml, **more})


def body(content: str) -> str:
    """Make the XML of a Word document."""
    return f"<w:document {W}><w:body>{content}</w:body></w:document>"


def paragraph(text: str) -> str:
    """Make one paragraph of Word."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def laughs() -> bytes:
    """Make a document whose entities would fill 3 GB."""
    names = "abcdefghij"
    told = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
    )
    return word_of(f"<!DOCTYPE d [{told}]>" + body(paragraph("&j;")))


def external(address: str) -> bytes:
    """Make a document that asks to read a file or a page elsewhere."""
    told = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{address}">]>'
    return word_of(told + body(paragraph("&x;")))


def entities_after_a_long_comment() -> bytes:
    """Make a document that hides its entities behind two megabytes."""
    hidden = "<!--" + "x" * 2_000_000 + "-->"
    return word_of(hidden + '<!DOCTYPE d [<!ENTITY a "ha">]>' + body(paragraph("&a;")))


def flat_bomb(megabytes: int, kind: str = "word/document.xml") -> bytes:
    """Make a package whose one part grows a thousand times."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package,
        package.open(kind, "w", force_zip64=True) as part,
    ):
        for _turn in range(megabytes):
            part.write(b" " * _CHUNK)
    return target.getvalue()


def nested_bomb() -> bytes:
    """Make a package of packages of packages."""
    inner = flat_bomb(20, "inside.xml")
    for level in range(4):
        inner = files.zipped_parts({f"{level}-{n}.zip": inner for n in range(8)})
    return files.zipped_parts(
        {"word/document.xml": body(paragraph("Dehors.")), "word/a.zip": inner}
    )


def lying_sizes(told: int) -> bytes:
    """Make a package that tells another size than the true one."""
    content = bytearray(word_of(body(paragraph("Un texte." * 100))))
    at = content.rfind(b"PK\x01\x02")
    struct.pack_into("<L", content, at + 24, told)
    return bytes(content)


def declared_ten_gigabytes() -> bytes:
    """Make a package that tells ten gigabytes, as large files are told."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", body(paragraph("x")))
        package.infolist()[0].file_size = 10 * 1024**3
    return target.getvalue()


def overlapping() -> bytes:
    """Make a package whose many names share the same compressed megabytes."""
    one = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = one.compress(b"<a/>" + b" " * 900_000) + one.flush()
    crc = zlib.crc32(b"<a/>" + b" " * 900_000)
    name = b"word/document.xml"
    fixed = (20, 0, 8, 0, 0, crc, len(data), 900_004, len(name), 0)
    local = b"PK\x03\x04" + struct.pack("<5H3L2H", *fixed) + name
    entry = b"PK\x01\x02" + struct.pack("<6H3L5H2L", 20, *fixed, 0, 0, 0, 0, 0) + name
    listed = entry * 5000
    end = struct.pack("<4H2LH", 0, 0, 5000, 5000, len(listed), len(local + data), 0)
    return local + data + listed + b"PK\x05\x06" + end


def many_entries(count: int) -> bytes:
    """Make a package of this many empty parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/document.xml", body(paragraph("x")))
        for number in range(count):
            package.writestr(f"p/{number}", b"")
    return target.getvalue()


def wandering_names() -> bytes:
    """Make a package of names that lead out of it, one of them a link."""
    link = zipfile.ZipInfo("word/link")
    link.external_attr = 0o120777 << 16
    target = io.BytesIO(word_of(body(paragraph("Un texte."))))
    with zipfile.ZipFile(target, "a") as package:
        package.writestr(link, "/etc/passwd")
        for name in ("../../etc/cron.d/x", "/tmp/escaped", "C:\\x", "word/../../y"):
            package.writestr(name, "échappé")
    return target.getvalue()


def deep(count: int) -> bytes:
    """Make a document of this many elements, each within the one before."""
    return word_of(body("<w:sdt>" * count + "</w:sdt>" * count))


def deep_tables(count: int) -> bytes:
    """Make tables within tables, as deep as a reader of XML goes, with many cells."""
    cell = f"<w:tc>{paragraph('mot') * 50}"
    opening = f"<w:tbl><w:tr>{cell}" * count
    return word_of(body(opening + "</w:tc></w:tr></w:tbl>" * count))


def long_heading() -> bytes:
    """Make a title of a million signs, which each passage would repeat."""
    heading = f'<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr>{paragraph("x" * 10**6)[5:]}'
    styles = f'<w:styles {W}><w:style w:styleId="T"><w:name w:val="heading 1"/>'
    styles += "</w:style></w:styles>"
    text = body(heading + paragraph("mot") * 60_000)
    return word_of(text, **{"word/styles.xml": styles})


def book(sheet: str, strings: str = "") -> bytes:
    """Make a workbook of one sheet, and of shared strings."""
    target = io.BytesIO()
    Workbook().save(target)
    target.seek(0)
    with zipfile.ZipFile(target) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/worksheets/sheet1.xml"] = f"<worksheet {_S}>{sheet}</worksheet>"
    if strings:
        parts["xl/sharedStrings.xml"] = f"<sst {_S}>{strings}</sst>"
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            b"</Types>",
            b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.'
            b'openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
        )
    return files.zipped_parts(parts)


def endless_sheet() -> bytes:
    """Make a sheet that claims all cells of Excel and has two, at its two ends."""
    ends = (("1", "A1"), ("1048576", "XFD1048576"))
    rows = "".join(f'<row r="{n}"><c r="{c}"><v>7</v></c></row>' for n, c in ends)
    told = '<dimension ref="A1:XFD1048576"/>'
    return book(f"{told}<sheetData>{rows}</sheetData>")


def many_strings(count: int) -> bytes:
    """Make a workbook whose strings fill the memory, though no cell names one."""
    numbers = "".join(f"<si><t>{number}</t></si>" for number in range(count))
    return book("<sheetData/>", numbers)


def one_string_everywhere(cells: int) -> bytes:
    """Make a workbook whose cells all name the same long string."""
    row = '<row r="{0}">' + '<c t="s"><v>0</v></c>' * 100 + "</row>"
    rows = "".join(row.format(number) for number in range(1, cells // 100 + 1))
    return book(f"<sheetData>{rows}</sheetData>", f"<si><t>{'x ' * 400_000}</t></si>")


def repeated_cells() -> bytes:
    """Make a LibreOffice sheet whose one cell is told to fill it whole."""
    cell = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384"><text:p>mot<text:s text:c="999999999"/>'
        "</text:p></table:table-cell></table:table-row>"
    )
    return files.ods(f'<table:table table:name="S">{cell * 3}</table:table>')


def pdf_of(objects: dict[int, bytes], root: int = 1) -> bytes:
    """Make a PDF of these objects, with its table."""
    content, places = b"%PDF-1.5\n", {}
    for number, told in objects.items():
        places[number] = len(content)
        content += b"%d 0 obj\n%b\nendobj\n" % (number, told)
    table = len(content)
    content += b"xref\n"
    for number, place in places.items():
        content += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(places) + 1
    content += b"trailer<</Root %d 0 R/Size %d>>\n" % (root, size)
    return content + b"startxref\n%d\n%%%%EOF\n" % table


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
_FONT = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"


def pages_in_a_circle() -> bytes:
    """Make a PDF whose pages hold themselves."""
    turn = b"<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 3/Parent 3 0 R>>"
    return pdf_of({1: CATALOG, 2: turn, 3: turn.replace(b"3 0 R]", b"2 0 R]")})


def a_million_pages() -> bytes:
    """Make a PDF that tells a million pages and has one."""
    return pdf_of(
        {
            1: CATALOG,
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1000000>>",
            3: _page(4),
            4: stream(b"BT /F 12 Tf 20 100 Td (Une page) Tj ET"),
        }
    )


def deep_pages(count: int) -> bytes:
    """Make a PDF whose only page lies under this many others."""
    tree = {
        number: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1)
        for number in range(2, count)
    }
    return pdf_of({1: CATALOG, **tree, count: _page(count + 1), count + 1: stream(b"")})


def stream_bomb(megabytes: int, *, twice: bool = False) -> bytes:
    """Make a PDF whose page grows a thousand times, or a million."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * _CHUNK) for _turn in range(megabytes))
    data += packer.flush()
    filters = b"/FlateDecode"
    if twice:
        data, filters = zlib.compress(data, 9), b"[/FlateDecode/FlateDecode]"
    told = b"<</Length %d/Filter %b>>stream\n%b\nendstream" % (len(data), filters, data)
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf_of({1: CATALOG, 2: pages, 3: _page(4), 4: told})


def form_laughs() -> bytes:
    """Make a PDF whose drawings call one another: ten times ten times ten…"""
    objects = {
        1: CATALOG,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R"
        b"/Resources<</XObject<</X 5 0 R>>>>>>",
        4: stream(b"/X Do " * 10),
    }
    for number in range(5, 13):
        told = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X "
        told += b"%d 0 R>>>>" % (number + 1)
        objects[number] = stream(b"/X Do " * 10, told)
    last = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources" + _FONT
    objects[13] = stream(b"BT /F 9 Tf (mot) Tj ET", last)
    return pdf_of(objects)


def stream(content: bytes, more: bytes = b"") -> bytes:
    """Make a stream of a PDF."""
    told = b"<</Length %d%b>>stream\n%b\nendstream"
    return told % (len(content), more, content)


def protected_pdf(source: bytes, user: str, algorithm: str) -> bytes:
    """Protect a PDF; without the password of a user only its owner is asked for one."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(source)))
    writer.encrypt(user_password=user, owner_password="maître", algorithm=algorithm)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def simple_pdf(text: str = "Une page") -> bytes:
    """Make a PDF of one page and one line."""
    told = b"BT /F 12 Tf 20 100 Td (%b) Tj ET" % text.encode()
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf_of({1: CATALOG, 2: pages, 3: _page(4), 4: stream(told)})


def sparse(path: Path, head: bytes, size: int) -> Path:
    """Make a file of this size that takes no place on the disk."""
    with path.open("wb") as file:
        file.write(head)
        file.truncate(size)
    return path


def _page(content: int) -> bytes:
    return (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents %d 0 R/Resources%b>>"
        % (content, _FONT)
    )
