#!/bin/sh
# Creates the virtual environment named by the argument with the newest Python that we test on.
# $PYTHON, if set, says which Python to take.
set -eu

venv=$1

# A version manager's shim may exist on PATH without a Python behind it: only running it tells.
is_suitable() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

if [ -x "$venv/bin/python" ] && is_suitable "$venv/bin/python"; then
    exit 0
fi

lacking=
for python in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
    if is_suitable "$python"; then
        if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
            exec "$python" -m venv "$venv"
        fi
        lacking=${lacking:-$python}
    fi
done

if [ -n "$lacking" ]; then
    echo "$lacking lacks the venv module: install it (on Debian and Ubuntu: apt install python3-venv) and run make again." >&2
elif [ -n "${PYTHON:-}" ]; then
    echo "PYTHON=$PYTHON is no Python 3.11 or newer: name another one, or leave it out to let make look on PATH." >&2
else
    echo "No Python 3.11 or newer found on PATH: install one, or name it, as in 'make lab PYTHON=/path/to/python3.12'." >&2
fi
exit 1
