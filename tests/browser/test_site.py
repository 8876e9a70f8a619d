"""The site from files, without a server: complete, accessible, and silent on the network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
AXE = ROOT / "labext/frontend/node_modules/axe-core/axe.min.js"
BUILD = "import sys; from pathlib import Path; from scripts.build_docs import build_pages; sys.exit(build_pages(Path(sys.argv[1])))"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, made without a warning and with no link to a page that is not there."""
    folder = tmp_path_factory.mktemp("site") / "docs"
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize(
    ("page_name", "theme", "formulae", "pictures"),
    [
        ("index", "light", 0, 0),
        ("docs/teaching", "dark", 0, 0),
        ("lessons/04_node_lifecycle", "light", 0, 3),
        ("lessons/07_autodiff", "dark", 10, 1),
        ("lessons/zh/05_normal_equation", "dark", 10, 1),
        ("lessons/14_sharing_variables", "light", 0, 4),
    ],
)
def test_page_reads_well_without_a_network(
    page_name: str, theme: Literal["light", "dark"], formulae: int, pictures: int, site: Path, chromium: Browser
) -> None:
    context = chromium.new_context(viewport={"width": 1200, "height": 900}, color_scheme=theme)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / f"{page_name}.html").as_uri(), wait_until="networkidle")
    if formulae:
        page.locator("mjx-container").nth(formulae - 1).wait_for(state="attached")
    assert page.locator("html").get_attribute("lang") == ("zh" if "/zh/" in page_name else "en")
    assert page.locator("mjx-merror, .problematic").count() == 0
    assert page.locator(".output svg[role=img][aria-label]").count() == pictures
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("() => axe.run()")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    page.screenshot(path=ROOT / "tests/screenshots" / f"site-{page_name.replace('/', '-')}.png")
    context.close()


def test_index_leads_to_the_lessons_in_each_language(site: Path, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto((site / "index.html").as_uri())
    for folder in ("lessons", "lessons/zh"):
        assert page.locator(f"article a[href='{folder}/00_index.html']").count() == 1
        assert page.locator(f".sidebar-tree a[href^='{folder}/'][href$='.html']").count() >= 19
    page.close()


def test_every_lesson_and_its_pictures_are_there(site: Path) -> None:
    for lesson in (ROOT / "lessons").rglob("[0-9]*.ipynb"):
        path = site / lesson.relative_to(ROOT).with_suffix(".html")
        assert path.exists(), path
        text = path.read_text(encoding="utf-8")
        assert "application/vnd.jupyter.widget-view+json" not in text
        assert text.count('role="img" aria-label=') == lesson.read_text(encoding="utf-8").count(
            'role=\\"img\\" aria-label='
        )
