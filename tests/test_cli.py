"""The console command: what it copies, what it starts, what it says when it cannot."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from graphlab import cli, lesson_files


def notebook(source: str, *outputs: str) -> str:
    cell = {"cell_type": "code", "execution_count": 1 if outputs else None, "outputs": list(outputs), "source": source}
    return json.dumps({"cells": [{"cell_type": "markdown", "source": "Text"}, cell]}, ensure_ascii=False, indent=1)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with two lessons; the working directory is the learner's."""
    package = tmp_path / "site-packages" / "graphlab"
    (package / "lessons" / ".ipynb_checkpoints").mkdir(parents=True)
    (package / "lessons" / "01-first.ipynb").write_text(notebook("one"))
    (package / "lessons" / "02-second.ipynb").write_text(notebook("two", "It is 2."))
    (package / "lessons" / "zh").mkdir()
    (package / "lessons" / "zh" / "00-index.ipynb").write_text(notebook("零"))
    (package / "lessons" / "zh" / "02-second.ipynb").write_text(notebook("二"))
    (package / "lessons" / "sanitize.cfg").write_text("for tests")
    (package / "lessons" / ".ipynb_checkpoints" / "01-first.ipynb").write_text("old")
    monkeypatch.setattr(lesson_files, "_PACKAGE", package)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    return package


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have been started."""
    commands: list[list[str]] = []

    def run(command: list[str], variables: dict[str, str] | None = None) -> int:
        commands.append([*command, *(f"{name}={value}" for name, value in (variables or {}).items())])
        return 0

    monkeypatch.setattr(cli, "_run", run)
    return commands


@pytest.mark.usefixtures("package")
def test_lab_copies_the_lessons_and_nothing_else(started: list[list[str]]) -> None:
    assert cli.main(["lab"]) == 0
    copied = sorted(path.relative_to("graphlab-lessons").as_posix() for path in Path("graphlab-lessons").rglob("*.*"))
    assert copied == ["01-first.ipynb", "02-second.ipynb", "zh/00-index.ipynb", "zh/02-second.ipynb"]
    assert started[0][:3] == [sys.executable, "-m", "jupyterlab"]
    assert f"--ServerApp.root_dir={Path('graphlab-lessons').resolve()}" in started[0]


@pytest.mark.usefixtures("package", "started")
def test_lab_keeps_changed_files_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["lab", "--dir", "mine"])
    Path("mine/01-first.ipynb").write_text("my own work")
    Path("mine/02-second.ipynb").unlink()
    capsys.readouterr()
    cli.main(["lab", "--dir", "mine"])
    assert Path("mine/01-first.ipynb").read_text() == "my own work"
    assert Path("mine/02-second.ipynb").read_text() == notebook("two")
    said = capsys.readouterr().out
    assert "Kept your own version of mine/01-first.ipynb" in said
    assert "02-second" not in said


@pytest.mark.usefixtures("started")
def test_lab_on_the_lessons_themselves_copies_nothing(package: Path) -> None:
    before = sorted(package.rglob("*"))
    assert cli.main(["lab", "--dir", str(package / "lessons")]) == 0
    assert sorted(package.rglob("*")) == before


@pytest.mark.usefixtures("package")
def test_lesson_port_and_browser_reach_jupyterlab(started: list[list[str]]) -> None:
    cli.main(["lab", "--lesson", "2", "--port", "9999", "--no-browser"])
    assert "--LabApp.default_url=/lab/tree/02-second.ipynb" in started[0]
    assert "--ServerApp.port=9999" in started[0]
    assert "--no-browser" in started[0]


@pytest.mark.usefixtures("package")
def test_language_opens_its_lessons_and_reaches_the_kernels(started: list[list[str]]) -> None:
    cli.main(["lab", "--language", "zh"])
    assert "--LabApp.default_url=/lab/tree/zh/00-index.ipynb" in started[0]
    assert "GRAPHLAB_LANGUAGE=zh" in started[0]
    cli.main(["lab", "--language", "zh", "--lesson", "2"])
    assert "--LabApp.default_url=/lab/tree/zh/02-second.ipynb" in started[1]


@pytest.mark.usefixtures("package", "started")
def test_unknown_lesson_lists_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main(["lab", "--lesson", "7"])
    assert "no lesson 7; there are: 1 (01-first), 2 (02-second)" in capsys.readouterr().err


@pytest.mark.usefixtures("package", "started")
def test_folder_that_is_a_file_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("taken").touch()
    with pytest.raises(SystemExit, match="2"):
        cli.main(["lab", "--dir", "taken"])
    assert "taken" in capsys.readouterr().err


def test_version_is_the_distributions(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        cli.main(["--version"])
    assert capsys.readouterr().out.startswith("graph-lab 0.")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to pass on")
def test_ending_the_command_ends_what_it_started() -> None:
    child = "import time; print('ready', flush=True); time.sleep(60)"
    program = f"from graphlab import cli; import sys; sys.exit(cli._run([sys.executable, '-c', {child!r}]))"
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        process.terminate()
        # The pipe closes only once the child, which holds it too, has ended.
        assert process.stdout.read() == ""
        assert process.wait() != 0


@pytest.mark.usefixtures("package")
def test_assignment_names_the_lesson_and_results_the_files(started: list[list[str]]) -> None:
    cli.main(["assignment", "--lesson", "2", "course"])
    cli.main(["results", "--format", "json", "anna.json", "ben.json"])
    assert started[0][1:4] == ["-m", "labext.lessons.assignment", "course"]
    assert started[0][4].endswith("02-second.ipynb")
    assert started[1][1:] == ["-m", "labext.lessons.results", "--format", "json", "anna.json", "ben.json"]


@pytest.mark.usefixtures("package", "started")
def test_assignment_of_an_unknown_lesson_lists_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["assignment", "--lesson", "9", "course"])
    assert "There is no lesson 9; there are: 1 (01-first), 2 (02-second)." in capsys.readouterr().err


@pytest.mark.parametrize("words", [["results"], ["inspect", "graph.pbtxt"]])
def test_a_reader_that_goes_away_is_no_error(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "graph.pbtxt").write_text('node { name: "x" op: "Placeholder" }')
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-c", "from graphlab.cli import main; import sys; sys.exit(main())", *words]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, cwd=tmp_path, text=True, check=False)
    os.close(writer)
    assert done.stderr == ""
