"""What a page shows in Chinese: nothing that we say is left in English."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenNotebook
from tests.browser.kernels import write_notebook
from tests.browser.notebook import Notebook
from tests.browser.server import Server

CHOOSE = "from labext import set_language\nset_language('zh')"
LEAVE_IT_TO_THE_PAGE = "import os\nos.environ.pop('GRAPHLAB_LANGUAGE', None)"
BUILD = """
import graphlab as tf
from labext import live

x = tf.placeholder(tf.float32, (), name="x")
with tf.name_scope("s"):
    w = tf.Variable(2.0, name="w")
    c = tf.add(w * x, 1.0, name="c")
d = tf.assign(w, w - 0.1, name="d")
sess = tf.InteractiveSession()
view = live.watch()
plot = live.plot("s/c")
view
"""
RUN = """
sess.run(tf.global_variables_initializer())
for _ in range(3):
    sess.run([c, d], {x: 3.0})
view.select("x")
plot
"""
STEP = "live.step(sess, c, {x: 3.0})"
TRAIN = "run = live.train(d, steps=2)"
# What is shown, and what assistive technology says.
SAID = """() => [...document.querySelectorAll(".labext-graph, .gl-plot, .gl-train")].flatMap(view => {
    const texts = [];
    const walker = document.createTreeWalker(view, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (walker.currentNode.parentElement.tagName !== "STYLE") texts.push(walker.currentNode.data);
    for (const element of [view, ...view.querySelectorAll("*")])
        for (const name of ["aria-label", "aria-description", "title", "placeholder"])
            if (element.hasAttribute(name)) texts.push(element.getAttribute(name));
    return texts;
})"""
# Keys, file formats, and what the graph itself says: names, types and attributes of its nodes, and its source lines.
FOREIGN = {
    "Enter",
    "Shift",
    "Esc",
    "Ctrl",
    "Tab",
    "SVG",
    "PNG",
    "CSV",
    "JSON",
    "cell",
    "class",
    "container",
    "dtype",
}
FOREIGN |= {
    "locking",
    "name",
    "read",
    "shape",
    "shared",
    "use",
    "validate",
    "value",
    "initial",
    "init",
    "add",
    "assign",
    "mul",
    "sub",
}
FOREIGN |= {"Add", "Assign", "Const", "Identity", "Mul", "NoOp", "Placeholder", "Sub", "VariableV", "float"}
WORD = re.compile(r"[A-Za-z]{3,}")


def open_cells(open_notebook: OpenNotebook, server: Server, *cells: str) -> Notebook:
    """Opens a new notebook of some code cells."""
    write_notebook(server.root / "speaks.ipynb", "python3", list(cells))
    return open_notebook("speaks.ipynb")


def test_everything_that_the_views_say_is_chinese(open_notebook: OpenNotebook, lab_server: Server) -> None:
    notebook = open_cells(open_notebook, lab_server, CHOOSE, BUILD, RUN, STEP, TRAIN)
    for index in range(5):
        notebook.run(index)
    page = notebook.page
    expect(page.locator(".labext-card:visible").first).to_contain_text("操作")
    expect(page.locator(".gl-plot[data-points='3']")).to_contain_text("平滑")
    expect(page.locator(".gl-train[data-state='finished']")).to_contain_text("共 2 步")
    said: list[str] = page.evaluate(SAID)
    assert len(said) > 100
    assert [text for text in said if set(WORD.findall(text)) - FOREIGN] == []
    notebook.save_screenshot("chinese", 1, 4)


def test_views_speak_the_pages_language_where_nothing_else_is_chosen(
    open_notebook: OpenNotebook, lab_server: Server
) -> None:
    notebook = open_cells(open_notebook, lab_server, LEAVE_IT_TO_THE_PAGE, BUILD)
    notebook.page.evaluate("document.documentElement.lang = 'zh-CN'")
    notebook.run(0)
    notebook.run(1)
    expect(notebook.page.get_by_role("toolbar", name="图视图")).to_be_visible()
