"""The README's program runs and prints what it says."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np

README = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")


def test_program_finds_the_line_through_its_points() -> None:
    (program,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    run = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True)
    numbers = [float(number) for number in re.findall(r"\d+\.\d*", run.stdout)]
    np.testing.assert_allclose(numbers, [2, 1], atol=1e-4)
