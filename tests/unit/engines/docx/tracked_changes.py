"""Accept or reject the tracked changes of a Word file, by its XML or LibreOffice."""

import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

from lxml import etree

from sicp.engines.docx.elements import W

_COMMANDS = {True: "AcceptAllTrackedChanges", False: "RejectAllTrackedChanges"}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE {0} PUBLIC "" "{1}.dtd">\n'
_LIBRARY = "http://openoffice.org/2000/library"
_INDEX = (
    _HEAD.format("library:library", "library")
    + f'<library:library xmlns:library="{_LIBRARY}" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false">'
    '<library:element library:name="Revisions"/></library:library>'
)
_MACRO = (
    _HEAD.format("script:module", "module")
    + '<script:module xmlns:script="http://openoffice.org/2000/script" '
    'script:name="Revisions" script:language="StarBasic">'
    """
Sub Settle(source, target, command)
  Dim loading(0) As New com.sun.star.beans.PropertyValue
  loading(0).Name = "Hidden" : loading(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, loading())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  frame = document.CurrentController.Frame
  dispatcher.executeDispatch(frame, command, "", 0, Array())
  Dim wanted(0) As New com.sun.star.beans.PropertyValue
  wanted(0).Name = "FilterName" : wanted(0).Value = "MS Word 2007 XML"
  document.storeToURL(target, wanted())
  document.close(True)
End Sub
</script:module>"""
)


def q(name):
    return f"{{{W}}}{name}"


def body_of(data):
    with zipfile.ZipFile(BytesIO(data)) as source:
        return etree.fromstring(source.read("word/document.xml"))


def settled(data, *, is_accepted):
    """Return the document after « accept all », or « reject all »."""
    document = body_of(data)
    kept, dropped = ("ins", "del") if is_accepted else ("del", "ins")
    for path in ("w:tr[w:trPr/w:{}]", "w:p[w:pPr/w:rPr/w:{}]"):
        for element in _all(document, f"//{path.format(dropped)}"):
            # The mark of a cell's only paragraph cannot go: its row goes with it.
            if element.getparent() is not None:
                element.getparent().remove(element)
    for element in _all(document, f"//w:{dropped}"):
        element.getparent().remove(element)
    for element in _all(document, f"//w:{kept}"):
        for child in element:
            element.addprevious(child)
        element.getparent().remove(element)
    for change in _all(document, "//w:pPrChange"):
        if not is_accepted:
            properties = change.getparent()
            properties.getparent().replace(properties, change[0])
        else:
            change.getparent().remove(change)
    for table in _all(document, "//w:tbl[not(w:tr)]"):
        table.getparent().remove(table)
    return document


def outline(document):
    """Return style, depth and words of each paragraph, those of cells included."""
    return [
        line
        for paragraph in document.iter(q("p"))
        if (line := _paragraph(paragraph))[0] != "TableEnd"
    ]


def tables(document):
    """Return how many rows each table has."""
    return [len(table.findall(q("tr"))) for table in document.iter(q("tbl"))]


def by_libreoffice(data, folder: Path):
    """Return the files LibreOffice makes of ``data``: all accepted, all rejected."""
    profile = folder / "profile"
    office = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    # A first start writes the profile, and would write over a macro put there before.
    _run([*office, "--terminate_after_init"])
    basic = profile / "user" / "basic" / "Standard"
    (basic / "script.xlb").write_text(_INDEX, encoding="utf-8")
    (basic / "Revisions.xba").write_text(_MACRO, encoding="utf-8")
    source = folder / "compared.docx"
    source.write_bytes(data)
    return tuple(_by_command(office, source, _COMMANDS[way]) for way in (True, False))


def _by_command(office, source, command):
    target = source.with_name(f"{command}.docx")
    told = f'"{source.as_uri()}","{target.as_uri()}",".uno:{command}"'
    _run([*office, f"macro:///Standard.Revisions.Settle({told})"])
    return target.read_bytes()


def _run(command):
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def _all(document, path):
    return document.xpath(path, namespaces={"w": W})


def _paragraph(paragraph):
    style = paragraph.find(f"{q('pPr')}/{q('pStyle')}").get(q("val"))
    level = paragraph.find(f"{q('pPr')}/{q('numPr')}/{q('ilvl')}")
    depth = "" if level is None else level.get(q("val"))
    looks = []
    for run in paragraph.iter(q("r")):
        said = "".join(t.text or "" for t in run.iter(q("t"), q("delText")))
        look = run.find(f"{q('rPr')}/{q('rStyle')}")
        name = "" if look is None else look.get(q("val"))
        if looks and looks[-1][0] == name:
            looks[-1] = (name, looks[-1][1] + said)
        elif said:
            looks.append((name, said))
    return style, depth, looks
