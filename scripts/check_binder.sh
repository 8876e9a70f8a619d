#!/bin/bash
# Lets repo2docker read binder/ without building an image. The argument is the folder of its virtual environment.
set -euo pipefail

venv=$1
if [ ! -x "$venv/bin/jupyter-repo2docker" ]; then
    "$(dirname "$venv")/bin/python" -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check jupyter-repo2docker==2026.4.0
fi
recipe=$("$venv/bin/jupyter-repo2docker" --no-build --debug . 2>&1)

for needed in "python=3.12" "pip install --no-cache-dir -r \"binder/requirements.txt\"" "RUN ./binder/postBuild"; do
    if [[ "$recipe" != *"$needed"* ]]; then
        echo "repo2docker's recipe for binder/ lacks: $needed" >&2
        exit 1
    fi
done
echo "binder/ is what repo2docker expects."
