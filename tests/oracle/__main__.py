"""Ask real TensorFlow: `python -m tests.oracle [--check] [NAME ...]`.

Without names, all answers that the tests compare with are stored anew (or with --check compared with the stored
ones), then TensorFlow imports and runs every graph that the engine writes, and goes on training the models that it saved. TensorFlow lives in an environment of its
own, `.oracle`, which is made on the first call.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
VENV = ROOT / ".oracle"
LOCK = ROOT / "requirements" / "lock.txt"


def main() -> int:
    """Run the three steps in their environments; the first failing one decides the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="such as programs/feeding or samples/binary; all without any")
    parser.add_argument("--check", action="store_true", help="change nothing, compare with what is stored")
    parser.add_argument("--python", type=Path, help="a Python that already has TensorFlow 2.21")
    arguments = parser.parse_args()
    oracle = arguments.python or _environment()
    check = ["--check"] if arguments.check else []
    status = _call(oracle, "tests.oracle.answers", *check, *arguments.names)
    if arguments.names:
        return status
    with tempfile.TemporaryDirectory() as folder:
        exported = _call(Path(sys.executable), "tests.oracle.exports", folder)
        imported = _call(oracle, "tests.oracle.imports", folder)
        saved = _call(Path(sys.executable), "tests.oracle.saving", "save", folder)
        resumed = _call(oracle, "tests.oracle.saving", "resume", folder)
    return status or exported or imported or saved or resumed


def _call(python: Path, module: str, *arguments: str) -> int:
    return subprocess.run([python, "-m", module, *arguments], cwd=ROOT, check=False).returncode


def _environment() -> Path:
    """Return the Python of `.oracle`, which is made where it is missing or has other packages."""
    python, stamp = VENV / "bin" / "python", VENV / ".stamp"
    # The programs need scikit-learn's data sets as the engine's own environment has them.
    scikit_learn = re.search(r"^scikit-learn==\S+", LOCK.read_text(), re.MULTILINE)
    assert scikit_learn, f"{LOCK} does not say which scikit-learn"
    packages = ["tensorflow-cpu==2.21.*", scikit_learn.group()]
    # Keras 2 has tf.layers, and slim what was tf.contrib.layers; Keras's package would pull in TensorFlow for GPUs.
    alone = ["tf-keras==2.21.*", "tf-slim==1.1.*"]
    wanted = "\n".join([*packages, *alone])
    if not stamp.exists() or stamp.read_text() != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
        install: list[str | Path] = [python, "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
        subprocess.run([*install, *packages], check=True)
        subprocess.run([*install, "--no-deps", *alone], check=True)
        stamp.write_text(wanted)
    return python


if __name__ == "__main__":
    sys.exit(main())
