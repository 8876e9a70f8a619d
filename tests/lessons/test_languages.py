"""A lesson has the same cells, code, formulae and links in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graphlab.lesson_files import LANGUAGES
from scripts.pair_lessons import notebook_path, read_text

TEXTS = Path(__file__).parents[2] / "lessons" / "text"
OTHERS = [code for code in LANGUAGES if code != "en"]
PAIRS = [(path, TEXTS / code / path.name) for path in sorted((TEXTS / "en").glob("*.md")) for code in OTHERS]
CHINESE = re.compile(r"[\u4e00-\u9fff]")

pairs = pytest.mark.parametrize(("english", "other"), PAIRS, ids=lambda path: f"{path.parent.name}-{path.stem}")


@pytest.mark.parametrize("code", OTHERS)
def test_no_lesson_lacks_its_twin(code: str) -> None:
    assert {path.name for path in (TEXTS / code).iterdir()} == {path.name for path in (TEXTS / "en").iterdir()}


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
            # Words inside a formula are translated, too.
            source, other_source = (re.sub(r"\\text\{[^}]*\}", "", each.source) for each in (cell, twin))
            for pattern in (r"\$\$.+?\$\$|\$[^$\n]+\$", r"`[^`\n]+`", r"\]\((\d[^)]+|\w+:[^)]+)", r"(?m)^#+ "):
                assert set(re.findall(pattern, source)) == set(re.findall(pattern, other_source)), source


@pytest.mark.parametrize("text", [other for _, other in PAIRS], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_paragraph_is_translated(text: Path) -> None:
    for cell in read_text(text).cells:
        if cell.cell_type == "markdown":
            for paragraph in re.split(r"\n\s*\n", re.sub(r"(?s)```.*?```", "", cell.source)):
                words = re.sub(r"\$\$.+?\$\$|\$[^$\n]+\$|`[^`\n]+`|\[[^\]]*\]\([^)]*\)", "", paragraph, flags=re.DOTALL)
                assert CHINESE.search(words) or not re.search("[A-Za-z]{3}", words), paragraph


@pytest.mark.parametrize(
    "text", [text for pair in PAIRS for text in pair], ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_links_lead_to_notebooks_beside_it(text: Path) -> None:
    for link in re.findall(r"\]\(([^)#:]+)\)", text.read_text(encoding="utf-8")):
        assert (notebook_path(text).parent / link).is_file(), link
