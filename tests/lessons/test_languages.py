"""A lesson has the same cells, code, formulae and links in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graphlab.lesson_files import LANGUAGES
from scripts.pair_lessons import read_text

TEXTS = Path(__file__).parents[2] / "lessons" / "text"
PAIRS = [(TEXTS / "en" / path.name, path) for code in LANGUAGES if code != "en" for path in (TEXTS / code).glob("*.md")]
CHINESE = re.compile(r"[\u4e00-\u9fff]")

pairs = pytest.mark.parametrize(("english", "other"), PAIRS, ids=lambda path: f"{path.parent.name}-{path.stem}")


@pairs
def test_cells_are_those_of_the_english_lesson(english: Path, other: Path) -> None:
    cells, others = read_text(english).cells, read_text(other).cells
    assert [(cell.id, cell.metadata) for cell in cells] == [(cell.id, cell.metadata) for cell in others]
    for cell, twin in zip(cells, others, strict=True):
        if cell.cell_type == "code":
            assert cell.source == twin.source


@pairs
def test_formulae_code_words_and_links_are_those_of_the_english_lesson(english: Path, other: Path) -> None:
    for cell, twin in zip(read_text(english).cells, read_text(other).cells, strict=True):
        if cell.cell_type == "markdown":
            for pattern in (r"\$\$.+?\$\$|\$[^$\n]+\$", r"`[^`\n]+`", r"\]\((\d[^)]+|\w+:[^)]+)", r"(?m)^#+ "):
                assert set(re.findall(pattern, cell.source)) == set(re.findall(pattern, twin.source)), cell.source


@pairs
def test_every_paragraph_is_translated(english: Path, other: Path) -> None:
    assert english.is_file()
    for cell in read_text(other).cells:
        if cell.cell_type == "markdown":
            for paragraph in re.split(r"\n\s*\n", re.sub(r"(?s)```.*?```", "", cell.source)):
                words = re.sub(r"\$\$.+?\$\$|\$[^$\n]+\$|`[^`\n]+`|\[[^\]]*\]\([^)]*\)", "", paragraph, flags=re.DOTALL)
                assert CHINESE.search(words) or not re.search("[A-Za-z]{3}", words), paragraph
