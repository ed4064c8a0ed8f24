"""What the tests need of the machine is there: nothing is left out in silence."""

import shutil

import pytest


@pytest.mark.parametrize("program", ["soffice", "pdftotext", "pdftoppm", "chromium"])
def test_a_program_of_the_tests_is_installed(program):
    assert shutil.which(program), f"{program} is missing: run scripts/setup.sh test"
