#!/usr/bin/env bash
# Prepare this machine to show, test or measure SICP. Doing it twice costs nothing.
#
#   scripts/setup.sh demo    what the demonstration needs
#   scripts/setup.sh test    the same, and what "make test" needs
#   scripts/setup.sh bench   the same, and the load generator
#
# Python packages go into .venv, at the versions of requirements/*.txt. Debian packages
# are installed only where they are missing and only by root or a password-less sudo
# (SICP_NO_APT=1 forbids it); otherwise the command to type is printed.

set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:-demo}

say() { printf 'setup: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

case $target in
    demo) lists=(app i18n) ;;
    test | bench) lists=(app i18n test lint docs buildout bench) ;;
    *) die "unknown target '$target': demo, test or bench" ;;
esac

# --- Debian packages -----------------------------------------------------------------

as_root=none
if [ -z "${SICP_NO_APT:-}" ] && command -v apt-get >/dev/null; then
    if [ "$(id -u)" = 0 ]; then as_root=
    elif sudo -n true 2>/dev/null; then as_root="sudo -n"; fi
fi

is_installed() {
    dpkg-query -W -f='${db:Status-Status}\n' "$@" 2>/dev/null | grep -qx installed
}

# Echo the packages that are missing; "a|b" is satisfied by either, and installs a.
missing() {
    local wanted
    for wanted in "$@"; do
        # shellcheck disable=SC2086
        is_installed ${wanted//|/ } || echo "${wanted%%|*}"
    done
}

# Install what is missing of PACKAGE..., or say how to; fail when it is still missing.
install_debian() {
    local absent command
    mapfile -t absent < <(missing "$@")
    [ "${#absent[@]}" -gt 0 ] || return 0
    command="apt-get install --yes --no-install-recommends ${absent[*]}"
    if [ "$as_root" != none ]; then
        say "installing ${absent[*]}"
        # shellcheck disable=SC2086
        if $as_root apt-get -qq -o Acquire::Retries=3 update >&2 &&
            $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq \
                -o Acquire::Retries=3 install --yes --no-install-recommends \
                "${absent[@]}" >&2
        then return 0; fi
        say "the installation of ${absent[*]} failed"
    else
        say "missing on this machine: ${absent[*]}. As root, type:"
        say "    apt-get update && $command"
    fi
    return 1
}

office=("libreoffice-writer-nogui|libreoffice-writer"
    "libreoffice-calc-nogui|libreoffice-calc" fonts-liberation fonts-dejavu-core)

case $target in
    demo) install_debian "${office[@]}" ||
        say "without LibreOffice the application runs and says that PDF is unavailable" ;;
    test) install_debian "${office[@]}" chromium postgresql poppler-utils ||
        die "the tests need these packages" ;;
    bench) install_debian "${office[@]}" chromium postgresql poppler-utils wrk ||
        die "the measures need these packages" ;;
esac

# --- Python --------------------------------------------------------------------------

# Python 3.11 whose normpath does not stop at a null byte: Pyramid's static views rely on
# it (CVE-2023-41105, mended in 3.11.5 and in Debian's 3.11.2).
is_fit() {
    "$1" -c 'import os, sys
sys.exit(sys.version_info[:2] != (3, 11) or os.path.normpath("a\0b") != "a\0b")' \
        2>/dev/null
}

find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3.11 /usr/bin/python3.11 \
        /usr/local/bin/python3.11 python3; do
        if [ -n "$candidate" ] && is_fit "$candidate"; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

make_venv() {
    [ -x "$1/bin/python" ] && is_fit "$1/bin/python" && return 0
    local python
    if ! python=$(find_python); then
        install_debian python3.11 python3.11-venv || true
        python=$(find_python) || die "Python 3.11 (3.11.5 or later, or Debian 12's" \
            "up-to-date python3.11) is needed: apt-get install python3.11 python3.11-venv," \
            "or say where it is with PYTHON=/path/to/python3.11"
    fi
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        install_debian python3.11-venv ||
            die "$python cannot make a virtual environment"
    fi
    say "making $1 with $python"
    "$python" -m venv --clear "$1"
}

# What an installation depends on, as one hash.
state_of() {
    { cat "$@" scripts/setup.sh
        sed -n '/^\[build-system\]/,/^\[tool\./p' pyproject.toml
        pwd; } | sha256sum | cut -c1-64
}

# install_python VENV STAMP LIST.txt...
install_python() {
    local venv=$1 stamp=$1/.setup-$2 list state files options=()
    shift 2
    files=("${@/#/requirements/}")
    files=("${files[@]/%/.txt}")
    for list in "${files[@]}"; do options+=(-r "$list"); done
    state=$(state_of requirements/base.txt "${files[@]}")
    [ "$(cat "$stamp" 2>/dev/null)" != "$state" ] || return 0
    say "installing the Python packages of: $*"
    local pip=("$venv/bin/python" -m pip --disable-pip-version-check -qq install
        --no-deps --retries 5)
    "${pip[@]}" -r requirements/base.txt
    # No isolation: what has no wheel is built by the pinned setuptools.
    "${pip[@]}" --no-build-isolation "${options[@]}"
    "${pip[@]}" --no-build-isolation --editable .
    echo "$state" >"$stamp"
}

make_venv .venv
install_python .venv "$target" "${lists[@]}"
.venv/bin/python scripts/i18n.py compile

if [ "$target" = test ]; then
    make_venv .venv-pyramid2
    install_python .venv-pyramid2 test pyramid2 i18n
fi
