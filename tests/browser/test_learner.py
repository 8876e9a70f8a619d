"""A learner in a real JupyterLab: predicts, runs, makes the mistake, asks for a hint, solves an exercise."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenNotebook
from tests.browser.notebook import Notebook
from tests.browser.server import Server

AXE = Path(__file__).parents[2] / "labext/frontend/node_modules/axe-core/axe.min.js"


def write(notebook: Notebook, index: int, source: str) -> None:
    """Puts other code into a cell, as typing would."""
    notebook.page.evaluate(
        "([index, source]) => window.jupyterapp.shell.currentWidget.content.widgets[index].model.sharedModel"
        ".setSource(source)",
        [index, source],
    )


def source_of(notebook: Notebook, index: int) -> str:
    source: str = notebook.page.evaluate(
        "index => window.jupyterapp.shell.currentWidget.content.widgets[index].model.sharedModel.source", index
    )
    return source


def obstacles(notebook: Notebook) -> list[str]:
    """What axe finds in a lesson's texts and outputs; the page around them is JupyterLab's."""
    notebook.page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = notebook.page.evaluate(
        """async () => {
            const {passes, violations} = await axe.run(".jp-RenderedMarkdown, .jp-OutputArea-output");
            if (passes.length === 0) return ["axe has looked at nothing"];
            return violations.map(each => `${each.id}: ${each.nodes[0].html}`);
        }"""
    )
    return found


@dataclass(frozen=True)
class Walk:
    """Where a lesson is, the language that JupyterLab is set to, and what the learner reads on the way."""

    path: str
    locale: str
    menu: str
    predicted: str
    toolbar: str
    not_attempted: str
    hint: str
    wrong: str
    solved: str


WALKS = {
    "en": Walk(
        "02_first_graph.ipynb",
        "default",
        "File",
        "you predicted 7",
        "Graph view",
        "not attempted",
        "Hint 1 of 3",
        "line is 2, but 5 is expected",
        "solved",
    ),
    "zh": Walk(
        "zh/02_first_graph.ipynb",
        "zh_CN",
        "文件",
        "你预测的是 7",
        "图视图",
        "还没有作答",
        "提示 1/3",
        "应该是 5",
        "做对了",
    ),
}


@pytest.fixture
def use_locale(lab_server: Server) -> Iterator[Callable[[str], None]]:
    """Sets JupyterLab's language as its settings do, until the test ends."""

    def put(locale: str) -> None:
        content = json.dumps({"raw": json.dumps({"locale": locale})}).encode()
        plugin = f"{lab_server.url}/lab/api/settings/@jupyterlab/translation-extension:plugin"
        urlopen(Request(plugin, content, method="PUT")).close()

    yield put
    put("default")


@pytest.mark.parametrize("language", WALKS)
def test_a_learner_walks_through_a_lesson(
    language: str, open_notebook: OpenNotebook, use_locale: Callable[[str], None], tmp_path: Path
) -> None:
    said = WALKS[language]
    use_locale(said.locale)
    lesson = open_notebook(said.path)
    expect(lesson.page.get_by_role("menubar").first).to_contain_text(said.menu)
    first = lesson.find_cell("import numpy as np")
    # The learner's progress goes where it does not mix with the progress of whoever runs the tests.
    write(lesson, first, f"import os\nos.environ['XDG_DATA_HOME'] = {str(tmp_path)!r}\n" + source_of(lesson, first))
    lesson.run(first)

    predict = lesson.find_cell('lesson.predict("number of nodes"')
    write(lesson, predict, 'lesson.predict("number of nodes", 7)')
    lesson.run(predict)
    for text in ("f = x*x*y", "live.watch(", "view.expand(", "operations = "):
        lesson.run(lesson.find_cell(text))
    assert said.predicted in lesson.output_text(lesson.find_cell("operations = "))
    expect(lesson.page.locator(".labext-graph[data-state]")).to_have_count(1)
    expect(lesson.page.get_by_role("toolbar", name=said.toolbar)).to_be_visible()
    assert obstacles(lesson) == []
    lesson.save_screenshot(
        f"learner-graph-{language}", lesson.find_cell("live.watch("), lesson.find_cell("operations = ")
    )

    mistake = next(i for i in range(lesson.find_cell("sess.close()"), 99) if source_of(lesson, i) == "f.eval()")
    lesson.start(mistake)
    expect(lesson.cell(mistake)).to_contain_text("No default session is registered")

    exercise = lesson.find_cell("lesson.check(2,")
    lesson.run(exercise)
    expect(lesson.cell(exercise)).to_contain_text(said.not_attempted)
    starter = source_of(lesson, exercise)
    write(lesson, exercise, "lesson.hint(2)")
    lesson.run(exercise)
    expect(lesson.cell(exercise)).to_contain_text(said.hint)
    write(lesson, exercise, starter.replace("...", "2"))
    lesson.run(exercise)
    expect(lesson.cell(exercise)).to_contain_text(said.wrong)
    write(lesson, exercise, starter.replace("...", "5"))
    lesson.run(exercise)
    expect(lesson.cell(exercise)).to_contain_text(said.solved)
    lesson.save_screenshot(f"learner-exercise-{language}", exercise - 1, exercise)
    assert (tmp_path / "graphlab" / "progress.json").exists()


def test_a_value_is_read_off_the_card_of_a_node(open_notebook: OpenNotebook) -> None:
    lesson = open_notebook("09_mini_batches.ipynb")
    view = lesson.find_cell("values=[B]")
    for text in ("import numpy as np", "A = tf.placeholder", "values=[B]", "B_val_2 = B.eval"):
        lesson.run(lesson.find_cell(text))
    expect(lesson.cell(view).locator(".labext-run-card")).to_contain_text("[12., 13., 14.]")
    expect(lesson.cell(view).locator(".labext-card")).to_contain_text("cell In[2]:4")
    lesson.save_screenshot("learner-value", view)
