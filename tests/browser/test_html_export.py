"""A lesson as nbconvert's page with our template: each picture has a name, and nothing stands in a reader's way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from nbconvert import HTMLExporter
from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
AXE = ROOT / "labext/frontend/node_modules/axe-core/axe.min.js"


@pytest.mark.parametrize("name", ["02_first_graph", "07_autodiff", "14_sharing_variables", "zh/18_under_the_hood"])
def test_page_reads_well(name: str, chromium: Browser, tmp_path: Path) -> None:
    path = ROOT / "lessons" / f"{name}.ipynb"
    templates = {"template_name": "graphlab", "extra_template_basedirs": [str(ROOT / "labext/nbconvert")]}
    file = tmp_path / "lesson.html"
    file.write_text(HTMLExporter(**templates).from_filename(str(path))[0], encoding="utf-8")
    page = chromium.new_page()
    page.goto(file.as_uri())
    assert page.get_by_role("img").count() == path.read_text(encoding="utf-8").count('role=\\"img\\"') > 0
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("() => axe.run()")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    page.screenshot(path=ROOT / "tests/screenshots" / f"html-{name.replace('/', '-')}.png", full_page=True)
    page.close()
