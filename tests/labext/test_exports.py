"""Tests for what a view gives away: pages, pictures, Graphviz text, comparisons."""

from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path

import pytest
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.graph_pb2 import GraphDef
from tensorboard.compat.proto.node_def_pb2 import NodeDef
from tensorboard.summary.writer.event_file_writer import EventFileWriter

from labext import GraphView, compare, view
from labext.sources.differences import mark_differences

GRAPH = GraphDef(
    node=[
        NodeDef(name="x", op="Placeholder"),
        NodeDef(name="model/layer/mul", op="Mul", input=["x", "x"]),
        NodeDef(name="model/add", op="Add", input=["model/layer/mul"]),
        NodeDef(name="init", op="NoOp", input=["^model/add"]),
    ]
)


def test_graphviz_text_opens_scopes_to_a_depth() -> None:
    whole = GraphView(GRAPH).to_graphviz()
    assert '"x" -> "model/layer/mul" [label="2"];' in whole
    assert 'subgraph "cluster_model/layer"' in whole
    assert '"model/add" -> "init" [style=dashed];' in whole
    folded = GraphView(GRAPH).to_graphviz(depth=0)
    assert '"x" -> "model" [label="2"];' in folded
    assert "model/" not in folded
    assert whole.count("{") == whole.count("}")


def test_graphviz_text_quotes_names() -> None:
    assert r'"a\"b\\"' in GraphView(GraphDef(node=[NodeDef(name='a"b\\', op="Neg")])).to_graphviz()


def test_png_has_the_size_of_the_picture(tmp_path: Path) -> None:
    image = GraphView(GRAPH).to_png(tmp_path / "g.png", scale=3)
    assert image.startswith(b"\x89PNG")
    assert (tmp_path / "g.png").read_bytes() == image
    (width,) = struct.unpack(">I", image[16:20])
    assert width > 300


def test_png_shows_texts() -> None:
    b, d = (GraphView(GraphDef(node=[NodeDef(name=name, op="Neg")])).to_png() for name in ("b", "d"))
    assert b != d


def test_a_page_needs_nothing_else_and_keeps_names_as_text(tmp_path: Path) -> None:
    hostile = GraphView(GraphDef(node=[NodeDef(name="</script><script>alert(1)</script>", op="Neg")]))
    hostile.select("</script><!--")
    page = hostile.to_html(tmp_path / "g.html", title="<b>")
    assert page.count("</script>") == 2
    assert "<title>&lt;b&gt;</title>" in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert (tmp_path / "g.html").read_text(encoding="utf-8") == page


def test_scopes_open_to_a_depth() -> None:
    shown = GraphView(GRAPH)
    shown.expand_to(1)
    assert shown.state["expanded"] == ["model"]
    shown.expand_to(9)
    assert shown.state["expanded"] == ["model", "model/layer"]


def test_colours_come_from_names_mappings_and_functions() -> None:
    shown = GraphView(GRAPH)
    shown.colour_by("structure")
    assert shown.state["colourBy"] == "structure"
    shown.colour_by({"x": 3.0, "not there": 1.0})
    assert (shown.state["colourBy"], shown.state["values"]) == ("values", {"x": 3.0})
    shown.colour_by(lambda name: len(name) if "model" in name else None)
    assert shown.state["values"] == {"model/layer/mul": 15, "model/add": 9}
    before = shown.to_svg()
    shown.colour_by(None)
    assert shown.to_svg() != before


def test_differences_are_marked_node_by_node() -> None:
    after = GraphDef(
        node=[GRAPH.node[0], NodeDef(name="model/layer/mul", op="Mul", input=["x"]), NodeDef(name="new", op="Neg")]
    )
    marks = [
        {node.name: node.attr["difference"].s.decode() for node in one.node} for one in mark_differences(GRAPH, after)
    ]
    assert marks == [
        {"x": "same", "model/layer/mul": "changed", "model/add": "removed", "init": "removed"},
        {"x": "same", "model/layer/mul": "changed", "new": "added"},
    ]


def test_compared_views_are_opened_together() -> None:
    shown = compare(GRAPH, GRAPH)
    shown.before.expand("model")
    assert shown.after.state["expanded"] == ["model"]
    shown.after.select("x")
    assert shown.before.state["selected"] == "x"


def test_the_command_writes_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "g.pb"
    file.write_bytes(GRAPH.SerializeToString())
    assert view.main([str(file), "--export", str(tmp_path / "g.html")]) == 0
    assert "4 operations" in capsys.readouterr().out
    assert "labext.showPacked" in (tmp_path / "g.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["missing.pb"], "There is no missing.pb. Give a .pb, .pbtxt"),
        (["g.pb", "--export", "nowhere/g.html"], "No such file or directory: 'nowhere/g.html'"),
        (["g.pb", "--export", "."], "Is a directory: '.'"),
        (["."], "there is no event file in it; write one with FileWriter"),
    ],
)
def test_the_command_says_what_it_cannot_do(
    words: list[str],
    complaint: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("g.pb").write_bytes(GRAPH.SerializeToString())
    assert view.main(words) == 1
    assert complaint in capsys.readouterr().err


def test_the_command_opens_a_page_of_the_folders_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda page: bool(opened.append(page)) or True)
    monkeypatch.chdir(tmp_path)
    writer = EventFileWriter(".")
    writer.add_event(Event(graph_def=GRAPH.SerializeToString()))
    writer.close()
    assert view.main(["."]) == 0
    assert opened[0].endswith(f"/{tmp_path.name}.html")


def test_a_graph_at_a_cells_end_shows_itself() -> None:
    program = """
from IPython.testing.globalipapp import start_ipython
shell = start_ipython()
import labext
from IPython.utils.capture import capture_output
from tensorboard.compat.proto.graph_pb2 import GraphDef
with capture_output() as captured:
    shell.display_formatter.format(GraphDef())
assert any("image/svg+xml" in output.data for output in captured.outputs), captured.outputs
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2]
    )
    assert done.returncode == 0, done.stderr
