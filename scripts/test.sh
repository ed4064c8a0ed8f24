#!/usr/bin/env bash
# Run every check and every test, one named step after another; stop at the first fault.
#
#   scripts/test.sh         everything
#   scripts/test.sh lint    what needs no test: style, imports, types, pins, messages
#
# Each step keeps what it said in var/log/test/<step>.log.

set -uo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh test || exit 1

logs=var/log/test
workers=${SICP_TEST_WORKERS:-2}
bin=.venv/bin
closing=()
begun=$SECONDS
mkdir -p "$logs"
export PYTHONDONTWRITEBYTECODE=1

# Print one line for a step: its name, how it ended and its duration.
report() { printf '%-6s %-12s %4d s  %s\n' "$1" "$2" "$3" "$4"; }

# step NAME WHAT-IT-PROVES COMMAND...
step() {
    local name=$1 proves=$2 from=$SECONDS
    shift 2
    if "$@" >"$logs/$name.log" 2>&1; then
        report ok "$name" $((SECONDS - from)) "$proves"
    else
        cat "$logs/$name.log"
        report FAILED "$name" $((SECONDS - from)) "$proves"
        exit 1
    fi
}

# suite NAME WHAT-IT-PROVES PYTEST-ARGUMENTS... : the same, with pytest's words shown.
suite() {
    local name=$1 proves=$2 from=$SECONDS
    shift 2
    if "$@" 2>&1 | tee "$logs/$name.log"; then
        report ok "$name" $((SECONDS - from)) "$proves"
        closing+=("$name: $(grep -E '^=+ .* in .*=+$|^[0-9]+ passed.* in ' \
            "$logs/$name.log" | tail -n 1)")
    else
        report FAILED "$name" $((SECONDS - from)) "$proves"
        exit 1
    fi
}

# Echo those of the directories that hold a test.
holding_tests() {
    local directory
    for directory in "$@"; do
        [ -z "$(find "$directory" -name 'test_*.py' -print -quit 2>/dev/null)" ] ||
            echo "$directory"
    done
}

step style "ruff finds nothing to say" $bin/ruff check .
step format "every file is formatted" $bin/ruff format --check .
step imports "the rooms depend downwards only" $bin/lint-imports --no-logo
step types "mypy finds nothing to say" $bin/mypy
step pins "every package has one pin" $bin/python scripts/pins.py --check
step messages "the catalogue says what the sources say" $bin/python scripts/i18n.py check
[ "${1:-}" != lint ] || exit 0

step docs "the documentation builds without a warning" \
    $bin/sphinx-build -W --keep-going -q -b html docs docs/_build/html

mapfile -t main < <(holding_tests tests/unit tests/functional tests/architecture \
    tests/evolve)
suite tests "unit, functional, evolution and architecture tests" \
    $bin/python -m pytest -q -n "$workers" "${main[@]}"

mapfile -t browser < <(holding_tests tests/browser)
if [ "${#browser[@]}" -gt 0 ]; then
    # A file is one worker's: its tests share the site that they are served.
    suite browser "the pages in a true browser" $bin/python -m pytest -q \
        -n "$workers" --dist loadfile "${browser[@]}"
fi

# The engines, the rules and what is shipped never see Pyramid: the contracts say so.
mapfile -t rooms < <(find tests/unit -mindepth 1 -maxdepth 1 -type d \
    ! -name engines ! -name rules ! -name seed ! -name __pycache__ | sort)
mapfile -t lane < <(holding_tests "${rooms[@]}" tests/functional tests/evolve)
if [ "${#lane[@]}" -gt 0 ]; then
    suite pyramid2 "the same code on Pyramid 2.1" .venv-pyramid2/bin/python -m pytest \
        -q -n "$workers" -p no:cacheprovider "${lane[@]}"
fi

echo
printf '%s\n' "${closing[@]}"
report ok everything $((SECONDS - begun)) "make test"
