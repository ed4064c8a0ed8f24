#!/usr/bin/env bash
# Measure the application under load: the bench/*.py that are named, or each in turn.

set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh bench
shopt -s nullglob
[ $# -gt 0 ] || set -- bench/[a-z]*.py
for bench in "$@"; do
    printf '\n== %s\n' "$bench"
    .venv/bin/python -W ignore -m "bench.$(basename "$bench" .py)" 2> >(
        grep -v "Task queue depth" >&2
    )
done
