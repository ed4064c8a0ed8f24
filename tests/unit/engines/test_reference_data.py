"""The lists shipped are those of their sources."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sicp.engines.reference_data import LISTS
from sicp.engines.reference_data import REFERENCE
from sicp.engines.reference_data import read_decp_labels
from sicp.engines.reference_data import read_reference_list
from sicp.engines.reference_data import read_reference_rows
from sicp.engines.reference_data import read_yaml

REAL_DATA = Path(os.environ.get("SICP_REAL_DATA", "../shared/data"))
SCRIPTS = Path(__file__).parents[3] / "scripts"
BUILD = (
    "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]);"
    "from build_reference_data import build;"
    "build(Path(sys.argv[2]), Path(sys.argv[3]))"
)


def test_every_list_has_rows_and_names_its_origin() -> None:
    rows = read_reference_rows()
    assert set(rows) == set(LISTS)
    for name in LISTS:
        assert rows[name]
        text = (REFERENCE / f"{name}.yaml").read_text(encoding="utf-8")
        assert "# Origin:" in text


def test_a_list_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        read_reference_list("colours")


def test_departments_belong_to_regions() -> None:
    regions = {row["code"] for row in read_reference_list("regions")}
    departments = read_reference_list("departments")
    assert {row["region"] for row in departments} <= regions
    assert {"01", "2A", "971"} <= {row["code"] for row in departments}


def test_the_labels_of_procedures_are_those_of_the_essential_data() -> None:
    labels = read_decp_labels()
    known = {*labels["procedure"], *labels["concession_procedure"], None}
    natures = {*labels["nature"], *labels["concession_nature"]}
    for row in read_reference_list("procedures"):
        assert row["decp_procedure"] in known
        assert row["decp_nature"] in natures
        assert row["decp_technique"] in {*labels["technique"], None}


def test_the_labels_of_the_essential_data_keep_their_straight_apostrophes() -> None:
    # A curved apostrophe, or a circumflex on « Maitrise », makes a file invalid.
    labels = read_decp_labels()
    assert "Appel d'offres ouvert" in labels["procedure"]
    assert "Maitrise d'œuvre" in labels["ccag"]
    assert not [text for texts in labels.values() for text in texts if "’" in text]


def test_every_label_of_the_essential_data_can_be_read_back() -> None:
    labels, readings = read_decp_labels(), read_yaml("decp_readings")
    assert {*labels["procedure"], *labels["concession_procedure"]} <= set(
        readings["procedure"]
    )
    assert {*labels["nature"], *labels["concession_nature"]} <= set(readings["nature"])
    codes = {row["code"] for row in read_reference_list("procedures")}
    assert set(readings["procedure"].values()) <= codes


def test_the_lists_shipped_are_those_the_sources_give(tmp_path: Path) -> None:
    if not REAL_DATA.exists():
        pytest.skip(f"real data absent: {REAL_DATA}")
    command = [sys.executable, "-c", BUILD, str(SCRIPTS), str(REAL_DATA), str(tmp_path)]
    subprocess.run(command, check=True, timeout=60)
    built = sorted(tmp_path.iterdir())
    assert len(built) == 6
    for file in built:
        assert file.read_bytes() == (REFERENCE / file.name).read_bytes(), file.name
