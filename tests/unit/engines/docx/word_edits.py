"""What a person, Word or LibreOffice does to a Word file, done to its XML."""

import copy
import zipfile
from io import BytesIO

from lxml import etree

from sicp.engines.docx.elements import W
from sicp.engines.docx.elements import paragraph
from sicp.engines.docx.elements import run
from sicp.engines.docx.elements import w

DOCUMENT = "word/document.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = {"w": W}


def q(name):
    return f"{{{W}}}{name}"


class Edited:
    """A Word file under edition: change ``body``, then take ``data``."""

    def __init__(self, data):
        with zipfile.ZipFile(BytesIO(data)) as source:
            self.files = {name: source.read(name) for name in source.namelist()}
        self.root = etree.fromstring(self.files[DOCUMENT])
        self.body = self.root[0]

    @property
    def data(self):
        self.files[DOCUMENT] = etree.tostring(self.root)
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
            for name, content in self.files.items():
                target.writestr(name, content)
        return stream.getvalue()

    def find(self, path):
        return self.root.xpath(path, namespaces=NAMES)

    def clause(self, tag):
        return self.find(f"//w:sdt[w:sdtPr/w:tag/@w:val='{tag}']")[0]

    def values(self, name):
        path = f"//w:sdt[starts-with(w:sdtPr/w:tag/@w:val, 'field:{name}')]"
        return self.find(path)

    def texts(self, element):
        return element.xpath(".//w:t", namespaces=NAMES)

    def remove(self, element):
        element.getparent().remove(element)

    def retype(self, control, text):
        """Type ``text`` in the place of what a control holds."""
        content = control.find(q("sdtContent"))
        for child in list(content):
            content.remove(child)
        content.append(run(text))

    def replace(self, old, new):
        """Replace words within one text of the file."""
        found = [t for t in self.root.iter(q("t")) if old in (t.text or "")]
        text = next(t for t in found if "toc" not in _style(t).lower())
        text.text = text.text.replace(old, new, 1)

    def add_after(self, element, text, style="BodyText"):
        element.addnext(paragraph(style, [run(text)]))

    def split_runs(self, choose):
        """Cut runs in two where ``choose(run)`` gives a position, as Word does."""
        for text in list(self.root.iter(q("t"))):
            words = text.text or ""
            place = choose(len(words))
            own = text.getparent()
            if not 0 < place < len(words) or len(own.findall(q("t"))) > 1:
                continue
            second = copy.deepcopy(own)
            text.text = words[:place]
            second.find(q("t")).text = words[place:]
            second.set(q("rsidR"), "00AB12CD")
            own.addnext(second)
            own.addnext(w("proofErr", type="spellStart"))

    def add_part(self, kind, element):
        """Add a part that the document calls, such as its comments."""
        self.files[f"word/{kind}.xml"] = etree.tostring(element)
        name = "word/_rels/document.xml.rels"
        sort = f"{_OFFICE}/{kind}"
        said = f'<Relationship Id="rIdNew" Type="{sort}" Target="{kind}.xml"/>'
        relations = self.files[name].decode()
        self.files[name] = relations.replace(
            "</Relationships>", f"{said}</Relationships>"
        ).encode()

    def drop_tags(self):
        """Forget what controls are, as LibreOffice does."""
        for properties in list(self.root.iter(q("sdtPr"))):
            names = {q(name) for name in ("tag", "lock", "id", "showingPlcHdr")}
            if properties.find(q("lock")) is None:
                # Of a value it does not even keep the title.
                names.add(q("alias"))
            for child in [e for e in properties if e.tag in names]:
                properties.remove(child)

    def unwrap(self, control):
        """Remove a control and keep what it holds."""
        place = control
        for child in list(control.find(q("sdtContent"))):
            place.addnext(child)
            place = child
        self.remove(control)

    def rename_styles(self):
        """Give styles the ids of a Word in French."""
        names = {
            "Heading1": "Titre1",
            "Heading2": "Titre2",
            "BodyText": "Corpsdetexte",
            "ListBullet": "Listepuces",
            "Strong": "lev",
        }
        styles = self.files["word/styles.xml"].decode()
        for old, new in names.items():
            styles = styles.replace(f'"{old}"', f'"{new}"')
            for kind in ("pStyle", "rStyle"):
                for element in self.root.iter(q(kind)):
                    if element.get(q("val")) == old:
                        element.set(q("val"), new)
        self.files["word/styles.xml"] = styles.encode()


def _style(text):
    paragraphs = text.iterancestors(q("p"))
    found = next(paragraphs).find(f"{q('pPr')}/{q('pStyle')}")
    return "" if found is None else found.get(q("val"))
