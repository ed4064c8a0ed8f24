"""What a paste becomes: words kept, looks dropped, errors told with their place."""

import pytest

from sicp.engines.drafting.fields import Choice
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.markup import write
from sicp.engines.drafting.rich_text import RichTextError
from sicp.engines.drafting.rich_text import from_html
from sicp.engines.drafting.rich_text import to_html

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>
<!-- p.MsoNormal {margin:0cm;} --></style><meta name=Generator content="Word 15"></head>
<body lang=FR><!--StartFragment--><p class=MsoNormal style='margin:0cm'><b
style='mso-bidi-font-weight:normal'><span style='font-size:11.0pt'>Le
titulaire</span></b><span style='mso-spacerun:yes'>&nbsp; </span>remet&nbsp;:<o:p>
</o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·
<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span>
<![endif]>une note<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span
style='mso-list:Ignore'>a)<span>&nbsp;&nbsp; </span></span>signée</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span>un plan</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Fin.<img src="x.png"></p>
</body></html>"""

READ = [
    ("mot", "mot\n"),
    ("<p>un<br>deux</p>", "un\n\ndeux\n"),
    ("<div>un</div><div>deux</div>", "un\n\ndeux\n"),
    ("<p>a<script>alert(1)</script><!-- b --><img src=x>c</p>", "ac\n"),
    ("<p><font color=red><u>a</u></font> <a href='javascript:x'>b</a></p>", "a b\n"),
    ("<p><span style='font-weight:700'>a</span> <b>b</b></p>", "**a** **b**\n"),
    ("<b style='font-weight:normal'><p>a</p><p><i>b</i></p></b>", "a\n\n*b*\n"),
    ("<div style='font-weight:bold'><p>a</p><p>b</p></div>", "**a**\n\n**b**\n"),
    ("<p><b>a <b>b</b></b></p>", "**a b**\n"),
    ("<p>a<i> b</i> <em> c </em>d</p>", "a *b* *c* d\n"),
    ("<p><i>a</i><b>b</b></p>", "a**b**\n"),
    ("<h1>Titre\nlong</h1><p>x</p>", "### Titre long\n\nx\n"),
    ("<ul><li>a<ul><li>b</li></ul></li><ol><li>c</li></ol></ul>",
     "- a\n  - b\n  1. c\n"),
    ("<ul><li>a</li></ul> <ul><li>b</li></ul>", "- a\n- b\n"),
    ("<ul><li><p>a</p><p>b</p></li><li></li></ul>", "- a\n  b\n"),
    ("<ul><li><ul><li>a</li></ul></li></ul>", "- a\n"),
    ("<table><tr><td colspan=2>a</td></tr><tr><td>b</td><td>c</td></tr></table>",
     "| a | |\n|---|---|\n| b | c |\n"),
    ("<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
     "| a | b |\n|---|---|\n| | c |\n"),
    ("<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>",
     "| a b |\n|---|\n"),
    ("<table><caption>T</caption><tr><th>a</th></tr></table>", "T\n\n| a |\n|---|\n"),
    ("<p>1. a</p><p>- b</p><p>{x} * y</p>", "1\\. a\n\n\\- b\n\n{{x}} * y\n"),
    ("<p>a\u200b&nbsp; b 12&nbsp;%</p>", "a b 12\xa0%\n"),
    ("<p>a<span data-text='  '>mot</span></p>", "amot\n"),
    ("<p class=MsoListParagraph>1)&nbsp;&nbsp; un</p><p class=MsoListParagraph>2) deux",
     "1. un\n2. deux\n"),
]  # fmt: skip


@pytest.mark.parametrize(("html", "markup"), READ)
def test_a_page_is_read_into_plain_markup(html, markup):
    assert write(from_html(html)) == markup


def test_a_paste_from_word_keeps_its_words_its_bold_and_its_lists():
    assert write(from_html(WORD)) == (
        "**Le\ntitulaire** remet\xa0:\n\n- une note\n  1. signée\n- un plan\n\nFin.\n"
    )


def test_a_chip_is_what_its_attributes_say_whatever_its_words():
    html = to_html(parse("{object|lower} {ref:prix|l’avenant}"), {"object": "Objet"})
    assert 'data-variable="object" data-format="lower"' in html
    assert ">Objet</span>" in html
    assert write(from_html(html.replace(">Objet<", "><b>autre</b><"))) == (
        "{object|lower} {ref:prix|l’avenant}\n"
    )


def test_a_fragment_tells_its_condition_in_french():
    html = to_html(parse("{if procedure is AOO: ouvert}"), {"procedure": "Procédure"})
    assert 'title="si la procédure est « AOO »"' in html


def test_a_fragment_tells_the_titles_of_the_answers_it_tests():
    choices = (Choice("AOO", "Appel d’offres ouvert"),)
    procedure = Field("procedure", "Procédure", FieldType.CHOICE, choices=choices)
    lots = Field("is_allotted", "Allotissement", FieldType.BOOLEAN)
    fields = FieldSet((procedure, lots))
    html = to_html(parse("{if procedure is AOO: ouvert}"), {}, fields)
    assert "si la procédure est « Appel d’offres ouvert »" in html
    html = to_html(parse("{if is_allotted is true: x} {if other is y: z}"), {}, fields)
    assert "est « oui »" in html
    assert "« y »" in html


def test_words_are_escaped():
    assert "<img" not in to_html(parse("<img src=x> {plural:lots|\"<b>|'}"), {})


REFUSED = [
    ("<p>a</p><p><span data-variable='Objet !'></span></p>", "paragraphe 2"),
    ("<ul><li><span data-field=x data-operator=sort></span></li></ul>",
     "élément de liste 1"),
    ("<table data-rows=lots><tr><td>a</td></tr></table>", "tableau 1"),
    ("<h3><span data-reference='a b'></span></h3>", "intertitre 1"),
    ("<p><span data-field=x data-operator=is></span>", "paragraphe 1"),
    ("<p><span data-plural=''></span>", "paragraphe 1"),
    ("<p><span data-variable=x data-format='A'></span>", "paragraphe 1"),
    ("<p>" + "<span data-field=x data-operator=filled>" * 3, "paragraphe 1"),
    ("<table><tr><td colspan=60>a</td></tr></table>", "tableau 1"),
]  # fmt: skip


@pytest.mark.parametrize(("html", "place"), REFUSED)
def test_what_means_nothing_is_refused_with_its_place(html, place):
    with pytest.raises(RichTextError) as caught:
        from_html(html)
    assert caught.value.place == place
    assert str(caught.value).startswith(f"{place} : ")


def test_an_attribute_with_an_impossible_name_does_not_stop_the_reading():
    assert write(from_html("<p>un <a\r\x1f href=x>lien</a></p>")) == "un lien\n"
