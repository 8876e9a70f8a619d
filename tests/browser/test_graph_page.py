"""The graph view on a page of its own: what a person does with mouse and keyboard, on small, wide, and hostile graphs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from tensorboard.compat.proto.graph_pb2 import GraphDef
from tensorboard.compat.proto.node_def_pb2 import NodeDef

from benchmarks.view.graphs import dense_graph, flat_graph, training_graph
from labext import GraphView, compare
from tests.browser.notebook import SCREENSHOTS

OpenPage = Callable[..., "GraphPage"]


class GraphPage:
    """A page that `to_html` wrote."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wait("state.nodes > 0")

    @property
    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = json.loads(self.page.get_attribute(".labext-graph", "data-state") or "{}")
        return state

    def wait(self, condition: str) -> None:
        """Waits until a condition on the view's `state` holds."""
        self.page.wait_for_function(
            f"""() => {{
                const graph = document.querySelector(".labext-graph[data-state]:not([data-busy])");
                const state = graph && JSON.parse(graph.dataset.state);
                return state && ({condition});
            }}"""
        )

    def place_of(self, path: str, what: Literal["centre", "corner", "button"] = "centre") -> tuple[float, float]:
        script = "([path, what]) => document.querySelector('.labext-graph').labextView.positionOf(path)[what]"
        place: dict[str, float] = self.page.evaluate(script, [path, what])
        return place["x"], place["y"]

    def click(self, path: str, what: Literal["centre", "corner", "button"] = "centre") -> None:
        self.page.mouse.click(*self.place_of(path, what))

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[OpenPage]:
    """Opens a graph's page without any network; the page's policy is lifted so that tests can look inside."""
    context = chromium.new_context(viewport={"width": 1000, "height": 700}, offline=True, bypass_csp=True)
    errors: list[str] = []

    def open_one(graph: GraphDef | GraphView, *, theme: Literal["light", "dark"] = "light") -> GraphPage:
        file = tmp_path / "graph.html"
        (graph if isinstance(graph, GraphView) else GraphView(graph)).to_html(file)
        page = context.new_page()
        page.emulate_media(color_scheme=theme)
        page.on("pageerror", lambda error: errors.append(error.stack or error.message))
        page.on("dialog", lambda dialog: errors.append(dialog.message))
        page.goto(file.as_uri())
        return GraphPage(page)

    yield open_one
    context.close()
    assert errors == []


def test_the_policy_lets_the_page_work_and_nothing_else(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "graph.html"
    GraphView(training_graph(200)).to_html(file)
    page = chromium.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(file.as_uri())
    page.locator(".labext-graph[data-state*='\"model\"']").wait_for()
    assert refused == []
    page.close()


def test_scopes_open_by_button_double_click_and_key(open_page: OpenPage) -> None:
    view = open_page(training_graph(200))
    view.click("model", "button")
    view.wait("state.expanded.includes('model')")
    view.page.mouse.dblclick(*view.place_of("loss"))
    view.wait("state.expanded.includes('loss')")
    view.click("loss/mse")
    view.wait("state.selected === 'loss/mse'")
    view.page.keyboard.press("ArrowLeft")
    view.wait("state.selected === 'loss'")
    view.page.keyboard.press("Enter")
    view.wait("!state.expanded.includes('loss')")
    view.page.get_by_label("Open scopes to a depth").select_option("99")
    view.wait("state.visible > 100")
    view.press("Close all scopes")
    view.wait("state.expanded.length === 0")


def test_a_large_picture_that_was_moved_is_painted_anew_at_rest(open_page: OpenPage) -> None:
    view = open_page(dense_graph())
    view.page.get_by_label("Open scopes to a depth").select_option("99")
    view.wait("state.visible > 1000")
    view.press("Fit the graph into the view")
    view.page.locator(".labext-stage").focus()
    view.page.mouse.move(300, 50)  # Beside the picture, where there is nothing to mark.
    painted = view.state["frame"]
    view.page.mouse.wheel(0, 60)
    view.wait(f"state.frame >= {painted + 2}")
    pixels = "() => document.querySelector('.labext-stage canvas').toDataURL()"
    at_rest = view.page.evaluate(pixels)
    painted = view.state["frame"]
    view.page.evaluate("() => document.querySelector('.labext-graph').labextView.requestFrame()")
    view.wait(f"state.frame > {painted}")
    assert view.page.evaluate(pixels) == at_rest


def test_search_lists_hits_and_goes_there(open_page: OpenPage) -> None:
    view = open_page(training_graph(1000))
    view.page.get_by_label("Search nodes").fill(r"unit_3/.*Relu_grad$")
    view.page.locator(".labext-hits li button").first.click()
    view.wait("state.selected?.endsWith('Relu_grad')")
    assert "train/gradients" in view.state["expanded"]


def test_the_keyboard_goes_on_from_card_and_search(open_page: OpenPage) -> None:
    graph = open_page(training_graph(200))
    page = graph.page
    stage = page.get_by_role("tree", name="Computation graph")
    graph.click("model")
    page.get_by_role("button", name="Open scope", exact=True).focus()
    page.keyboard.press("Enter")
    graph.wait("state.shown.some((path) => path.startsWith('model/'))")
    expect(page.get_by_role("button", name="Close scope", exact=True)).to_be_focused()
    page.locator(".labext-card li button").first.focus()
    page.keyboard.press("Enter")
    graph.wait("state.selected !== 'model'")
    expect(stage).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("loss/mse$")
    page.keyboard.press("Enter")
    graph.wait("state.selected === 'loss/mse'")
    expect(stage).to_be_focused()


def test_the_keys_are_listed_on_a_sheet(open_page: OpenPage) -> None:
    view = open_page(training_graph(200))
    stage = view.page.get_by_role("tree", name="Computation graph")
    help_sheet = view.page.get_by_role("region", name="Keys and mouse")
    stage.focus()
    assert stage.evaluate("stage => getComputedStyle(stage).outlineStyle") == "solid"
    view.page.keyboard.press("?")
    expect(help_sheet).to_contain_text("walk from node to node")
    view.page.keyboard.press("Escape")
    expect(help_sheet).to_be_hidden()
    expect(stage).to_be_focused()
    view.press("Show or hide the keys")
    expect(help_sheet).to_be_visible()
    view.press("Close the help")
    expect(help_sheet).to_be_hidden()


@pytest.mark.parametrize("width", [500, 1000])
def test_the_card_leaves_the_selected_box_in_sight(open_page: OpenPage, width: int) -> None:
    view = open_page(training_graph(200))
    view.page.set_viewport_size({"width": width, "height": 700})
    view.press("Fit the graph into the view")
    covered = "inputs" if width == 500 else "init"
    view.click(covered)
    view.wait(f"state.selected === '{covered}'")
    expect(view.page.locator(".labext-card")).to_be_visible()
    view.page.wait_for_function(
        """path => {
            const place = document.querySelector(".labext-graph").labextView.positionOf(path).centre;
            return document.elementFromPoint(place.x, place.y)?.closest(".labext-stage");
        }""",
        arg=covered,
    )


def test_the_legend_covers_no_part_of_a_fitted_picture(open_page: OpenPage) -> None:
    view = open_page(training_graph(1000))
    view.page.get_by_label("Colours").select_option("op")
    view.wait("state.colourBy === 'op'")
    legend = view.page.locator(".labext-legend").bounding_box()
    assert legend
    for path in view.state["shown"]:
        x, y = view.place_of(path, "corner")
        assert x >= legend["x"] + legend["width"] or y <= legend["y"], path


def test_a_picture_too_large_to_be_read_says_so(open_page: OpenPage) -> None:
    view = open_page(training_graph(1200))
    notice = view.page.locator(".labext-notice")
    expect(notice).to_be_hidden()
    view.page.get_by_label("Open scopes to a depth").select_option("99")
    view.wait("state.visible > 1000")
    expect(notice).to_contain_text("a part is shown")
    stage = view.page.locator(".labext-stage").bounding_box()
    assert stage

    def is_in_sight(path: str) -> bool:
        return bool(stage["y"] < view.place_of(path)[1] < stage["y"] + stage["height"])

    assert view.state["viewport"]["scale"] > 0.5
    assert is_in_sight("inputs/x")
    assert not is_in_sight("train")
    view.press("Fit the graph into the view")
    expect(notice).to_contain_text("are too many to be read at once")
    assert all(map(is_in_sight, view.state["shown"]))
    view.press("Close all scopes")
    expect(notice).to_be_hidden()


def test_opening_many_scopes_keeps_what_is_selected_in_sight(open_page: OpenPage) -> None:
    view = open_page(training_graph(1200))
    view.click("loss")
    view.wait("state.selected === 'loss'")
    view.page.get_by_label("Open scopes to a depth").select_option("99")
    view.wait("state.visible > 1000")
    stage = view.page.locator(".labext-stage").bounding_box()
    assert stage
    x, y = view.place_of("loss", "corner")
    assert stage["x"] < x < stage["x"] + stage["width"]
    assert stage["y"] < y < stage["y"] + stage["height"]


@pytest.mark.parametrize("width", [400, 640, 700, 1000])
def test_the_search_field_has_room_at_any_width(open_page: OpenPage, width: int) -> None:
    view = open_page(training_graph(200))
    view.page.set_viewport_size({"width": width, "height": 700})
    room = "() => { const field = document.querySelector('input[type=search]'); return field.offsetWidth"
    view.page.wait_for_function(f"{room} >= 130 }}")
    assert view.page.evaluate("document.querySelector('.labext-toolbar').scrollWidth") <= width


def test_traces_show_what_a_node_needs(open_page: OpenPage) -> None:
    view = open_page(training_graph(200))
    view.click("loss")
    view.press("Trace inputs")
    view.wait("state.trace === 'inputs'")
    view.page.locator(".labext-stage").focus()
    view.page.keyboard.press("o")
    view.wait("state.trace === 'outputs'")
    view.press("Trace outputs")
    view.wait("state.trace === 'none'")


def test_what_is_moved_aside_closes_nothing(open_page: OpenPage) -> None:
    view = open_page(training_graph(200))
    view.click("model", "button")
    view.wait("state.expanded.includes('model')")
    view.click("init")
    view.press("Add to main graph")
    view.wait("state.main.includes('init')")
    view.press("Remove from main graph")
    view.wait("!state.main.includes('init')")
    assert view.state["expanded"] == ["model"]


def test_series_are_ungrouped_and_grouped_again(open_page: OpenPage) -> None:
    nodes = [
        NodeDef(name=f"relu_{i}" if i else "relu", op="Relu", input=[f"relu_{i - 1}" if i > 1 else "relu"][: i and 1])
        for i in range(6)
    ]
    view = open_page(GraphDef(node=nodes))
    assert view.state["shown"] == ["relu[*]"]
    view.click("relu[*]")
    view.press("Ungroup series")
    view.wait("state.visible === 6")
    view.click("relu_3")
    view.press("Group series")
    view.wait("state.visible === 1")


def test_colours_come_with_a_legend(open_page: OpenPage) -> None:
    view = open_page(training_graph(1000), theme="dark")
    view.page.get_by_label("Colours").select_option("structure")
    view.wait("state.colourBy === 'structure'")
    view.page.get_by_label("Open scopes to a depth").select_option("2")
    view.wait("state.visible > 10")
    assert view.page.locator(".labext-legend").is_visible()
    view.page.screenshot(path=SCREENSHOTS / "page-structure-dark.png")


def test_the_minimap_shows_where_one_is_and_goes_elsewhere(open_page: OpenPage) -> None:
    view = open_page(training_graph(1000))
    minimap = view.page.locator(".labext-minimap")
    assert not minimap.is_visible()
    view.page.get_by_label("Open scopes to a depth").select_option("99")
    view.wait("state.visible > 100")
    for _ in range(6):
        view.press("Zoom in")
    minimap.wait_for()
    before = view.state["viewport"]
    box = minimap.bounding_box()
    assert box
    view.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 3)
    view.wait(f"state.viewport.y !== {before['y']}")


def test_wide_scopes_are_cut_into_sections(open_page: OpenPage) -> None:
    view = open_page(flat_graph(3006))
    view.click("main", "button")
    view.wait("state.expanded.includes('main')")
    assert view.state["visible"] == 32
    view.page.screenshot(path=SCREENSHOTS / "page-wide.png")


def test_hostile_graphs_are_drawn_as_far_as_they_go(open_page: OpenPage) -> None:
    names = [
        "<img src=x onerror=alert(1)>",
        "</script><script>alert(2)</script>",
        "\u202egnp.exe",
        "🙂/é/" + "x" * 10_000,
        "a//b",
        "/",
        "",
    ]
    nodes = [NodeDef(name=name, op="Neg", input=["nowhere", names[-at]]) for at, name in enumerate(names)]
    loop = [NodeDef(name="m", op="Merge", input=["n"]), NodeDef(name="n", op="NextIteration", input=["m"])]
    turning = NodeDef(name="turning", op="Add", input=["turning", "turning:1", "^turning"])
    view = open_page(GraphDef(node=[*nodes, *loop, turning]))
    assert view.state["nodes"] == len(names) + 3
    said = view.page.locator(".labext-notice").inner_text()
    assert "7 inputs name nodes" in said
    assert "4 inputs come from their own node" in said
    view.page.get_by_label("Open scopes to a depth").select_option("99")
    view.wait("state.expanded.length > 0")
    for row in view.state["shown"]:
        view.page.evaluate("path => document.querySelector('.labext-graph').labextView.select(path)", row)


def test_an_empty_graph_is_told_from_one_that_does_not_come(chromium: Browser, tmp_path: Path) -> None:
    GraphView(GraphDef()).to_html(tmp_path / "graph.html")
    page = chromium.new_page()
    page.goto((tmp_path / "graph.html").as_uri())
    expect(page.locator(".labext-notice")).to_have_text("This graph has no operations yet.")
    page.close()


def test_a_hundred_thousand_operations_leave_the_page_alive(open_page: OpenPage) -> None:
    view = open_page(training_graph(100_000))
    assert view.state["nodes"] > 99_000
    view.click("model", "button")
    view.wait("state.expanded.includes('model')")
    view.page.screenshot(path=SCREENSHOTS / "page-100000.png")


def test_differences_have_colours(open_page: OpenPage) -> None:
    smaller = training_graph(200)
    grown = GraphDef(node=[*smaller.node, NodeDef(name="new/op", op="Neg", input=["loss/mse"])])
    view = open_page(compare(smaller, grown).after)
    assert view.state["colourBy"] == "attribute difference"
    assert "added (1)" in view.page.locator(".labext-legend").inner_text()
