"""The shipped sheets say nothing that the rest of the application denies."""

import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

import yaml
from num2words import num2words

from sicp.content_types.consultation.upstream_form import UPSTREAM_FORM
from sicp.engines.clean_html import clean
from sicp.engines.clean_html import paragraphs
from sicp.engines.clean_html import plain
from sicp.engines.clean_html import sections
from sicp.operations.clause import read_seed_folder
from sicp.operations.knowledge.help import STAGES
from sicp.operations.knowledge.seed import shipped_articles
from sicp.operations.knowledge.seed import shipped_sheets
from sicp.operations.knowledge.seed import told_sheets
from sicp.rules.legal_reference import references_in
from sicp.rules.sheet_kind import SHEET_KINDS
from sicp.rules.sheet_kind import missing_fields
from sicp.rules.sheet_kind import read_fields
from tests.conftest import NOW

SEED = resources.files("sicp") / "seed"
ON = NOW.date()
#: What a text writes with figures and that only dated data, or an article, may say.
_FIGURE = re.compile(r"\d[\d   ]*(?:,\d+)?[   ](?:€|%|euros)")
_LINK = re.compile(r'href="sicp:sheet/([^"]+)"')
TOLD = {row["id"]: row for row in told_sheets()}
ARTICLES = {article.name: plain(article.text) for article in shipped_articles()}


def test_there_are_enough_of_each_kind_and_no_id_twice() -> None:
    rows = list(told_sheets())
    assert len(rows) == len(TOLD)
    kinds = Counter(
        "term" if row["folder"] == ["Glossaire"] else row["kind"] for row in rows
    )
    assert kinds["practice"] >= 40
    assert kinds["case_law"] >= 12
    assert kinds["official_text"] >= 8
    assert kinds["form"] + kinds["model"] >= 10
    assert kinds["term"] >= 20


def test_every_folder_is_told_with_its_summary() -> None:
    told = yaml.safe_load((SEED / "knowledge" / "folders.yaml").read_text("utf-8"))
    folders = {tuple(row["path"]) for row in told}
    assert {tuple(row["folder"]) for row in TOLD.values()} <= folders
    assert all(row["summary"] for row in told)


def test_a_sheet_is_whole() -> None:
    for name, row in TOLD.items():
        kind = SHEET_KINDS[row["kind"]]
        values, faults = read_fields(kind, row.get("fields_of_kind") or {})
        assert faults == {}, name
        assert missing_fields(kind, values) == (), name
        assert 0 < len(row["title"].strip()) <= 200, name
        assert row["summary"].endswith((".", "?")), name
        assert row["themes"], name
        assert row["review_on"] > ON, name
        assert row["owner"], name
        assert re.fullmatch(r"[a-z0-9-]+", name), name


def test_a_text_is_kept_as_it_is_written() -> None:
    for sheet in shipped_sheets():
        assert _canonical(clean(sheet.text)) == _canonical(sheet.text), sheet.id
        assert "'" not in plain(sheet.text), sheet.id


def test_links_lead_somewhere() -> None:
    for name, row in TOLD.items():
        assert set(_LINK.findall(row["text"])) <= set(TOLD) - {name}, name
        numbers = {found.number for found in references_in(plain(row["text"]))}
        assert numbers <= set(ARTICLES), (name, numbers - set(ARTICLES))


def test_what_a_sheet_helps_with_exists() -> None:
    clauses = {row["id"] for file in read_seed_folder("clauses") for row in file}
    known = {"fields": set(UPSTREAM_FORM), "stages": set(STAGES), "clauses": clauses}
    for name, row in TOLD.items():
        for sort, names in (row.get("helps") or {}).items():
            assert set(names) <= known[sort], (name, set(names) - known[sort])


def test_most_fields_and_each_stage_have_a_help() -> None:
    helped = {key for sheet in shipped_sheets() for key in sheet.helps}
    assert {f"stage:{name}" for name in STAGES} <= helped
    fields = {name for name in UPSTREAM_FORM if f"field:{name}" in helped}
    assert len(fields) >= len(UPSTREAM_FORM) // 2


def test_figures_are_those_of_the_law() -> None:
    for name, row in TOLD.items():
        words = plain(row["text"]).lower()
        told = [(code, w) for code, said in _figures(row) for w in said]
        for code, said in told:
            assert said in words, (name, said)
            assert _agrees(code, said), (name, code, said)
        for _code, said in sorted(told, key=lambda item: -len(item[1])):
            words = words.replace(said, "")
        assert _FIGURE.findall(words) == [], name


def test_a_practice_is_long_enough_to_help_and_short_enough_to_be_read() -> None:
    for row in TOLD.values():
        if row["kind"] == "practice" and row["folder"] != ["Glossaire"]:
            count = len(plain(row["text"]).split())
            assert 150 <= count <= 900, (row["id"], count)
            assert len(sections(row["text"])) >= 2, row["id"]
            assert paragraphs(row["text"])


def _canonical(html: str) -> str:
    return re.sub(r"\s+", " ", html.replace("&nbsp;", " ").replace(" ", " ")).strip()


def _figures(row: Any) -> Iterator[tuple[str, Iterable[str]]]:
    for code, said in (row.get("figures") or {}).items():
        yield code, [said] if isinstance(said, str) else said


def _agrees(code: str, said: str) -> bool:
    """Tell whether what is said is the dated value, or stands in the article."""
    value = _value(code)
    if value is None:
        return _stands_in(ARTICLES[code], said)
    return any(said.startswith(form) for form in _forms(value))


def _value(code: str) -> Decimal | None:
    return _dated().get(code)


@cache
def _dated() -> dict[str, Decimal]:
    """Return the values of the law in force, by code."""
    found = {}
    for name, key in (("thresholds", "amount_excl_tax"), ("limits", "value")):
        rows = yaml.safe_load((SEED / "reference" / f"{name}.yaml").read_text("utf-8"))
        for row in rows:
            if row["valid_from"] <= ON <= (row["valid_until"] or date.max):
                found[row["code"]] = Decimal(str(row[key]))
    return found


def _forms(value: Decimal) -> tuple[str, ...]:
    if value != int(value):
        return {"1.5": ("une fois et demie",)}[str(value)]
    return (f"{int(value):,}".replace(",", " ") + " ", f"{num2words(value, lang='fr')}")


def _stands_in(article: str, said: str) -> bool:
    number = said.split(" ", maxsplit=1)[0]
    amount = re.match(r"\d+", said)
    forms = [said, said.replace("€", "euros")]
    if amount:
        forms.append(f"{num2words(int(amount[0]), lang='fr')}{said[amount.end() :]}")
    folded = article.replace(" ", " ").replace("-", " ").lower()
    return any(form.replace("-", " ").lower() in folded for form in forms) or (
        number.isalpha() and f" {number} " in f" {folded} "
    )
