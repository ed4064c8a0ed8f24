#!/usr/bin/env bash
# Install SICP with buildout: the same pins (versions.cfg), commands in bin/.

set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-python3.11}
if [ ! -x .buildout/bin/buildout ]; then
    "$python" -m venv .buildout
    .buildout/bin/python -m pip --disable-pip-version-check --quiet install --no-deps \
        -r requirements/base.txt -r requirements/buildout.txt
fi
.buildout/bin/buildout -c buildout.cfg "$@"
