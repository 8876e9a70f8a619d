"""A learner in a real JupyterLab: predicts, runs, makes the mistake, asks for a hint, solves an exercise."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import OpenNotebook
from tests.browser.notebook import Notebook

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


def test_a_learner_walks_through_a_lesson(open_notebook: OpenNotebook, tmp_path: Path) -> None:
    lesson = open_notebook("02_first_graph.ipynb")
    first = lesson.find_cell("import numpy as np")
    # The learner's progress goes where it does not mix with the progress of whoever runs the tests.
    write(lesson, first, f"import os\nos.environ['XDG_DATA_HOME'] = {str(tmp_path)!r}\n" + source_of(lesson, first))
    lesson.run(first)

    predict = lesson.find_cell('lesson.predict("number of nodes"')
    write(lesson, predict, 'lesson.predict("number of nodes", 7)')
    lesson.run(predict)
    for text in ("f = x*x*y", "live.watch(", "operations = "):
        lesson.run(lesson.find_cell(text))
    assert "you predicted 7" in lesson.output_text(lesson.find_cell("operations = "))
    expect(lesson.page.locator(".labext-graph[data-state]")).to_have_count(1)
    assert obstacles(lesson) == []
    lesson.save_screenshot("learner-graph", lesson.find_cell("live.watch("), lesson.find_cell("operations = "))

    mistake = next(i for i in range(lesson.find_cell("sess.close()"), 99) if source_of(lesson, i) == "f.eval()")
    lesson.start(mistake)
    expect(lesson.cell(mistake)).to_contain_text("No default session is registered")

    exercise = lesson.find_cell("lesson.check(2,")
    lesson.run(exercise)
    expect(lesson.cell(exercise)).to_contain_text("not attempted")
    starter = source_of(lesson, exercise)
    write(lesson, exercise, "lesson.hint(2)")
    lesson.run(exercise)
    expect(lesson.cell(exercise)).to_contain_text("Hint 1 of 3")
    write(lesson, exercise, starter.replace("...", "2"))
    lesson.run(exercise)
    expect(lesson.cell(exercise)).to_contain_text("line is 2, but 5 is expected")
    write(lesson, exercise, starter.replace("...", "5"))
    lesson.run(exercise)
    expect(lesson.cell(exercise)).to_contain_text("solved")
    lesson.save_screenshot("learner-exercise", exercise - 1, exercise)
    assert (tmp_path / "graphlab" / "progress.json").exists()
