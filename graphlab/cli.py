"""The console command `graphlab`."""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from graphlab.graph import errors
from graphlab.inspection import inspect
from graphlab.lesson_files import LANGUAGES, copy_lessons, find_lesson, lessons_folder

_DEFAULT_FOLDER = "graphlab-lessons"
_LANGUAGE_VARIABLE = "GRAPHLAB_LANGUAGE"  # The views and the checks obey it.


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line.

    Args:
        arguments: Words after the command's name; those of this process by default.

    Returns:
        The exit status.
    """
    if arguments is None and hasattr(signal, "SIGPIPE"):
        # `| head` takes what it wants; that is no error.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command == "inspect":
        return _inspect(options.path)
    if options.command == "view":
        return _run(view_command(options.path, options.export))
    if options.command == "results":
        return _run([sys.executable, "-m", "labext.lessons.results", "--format", options.format, *options.files])
    if options.command == "assignment":
        try:
            source = find_lesson(lessons_folder(), options.lesson, options.language)
        except (OSError, LookupError) as error:
            parser.error(str(error))
        return _run([sys.executable, "-m", "labext.lessons.assignment", str(options.course), str(source)])
    folder: Path = options.dir
    try:
        for kept in copy_lessons(folder):
            print(f"Kept your own version of {folder / kept} (delete or rename it to get the package's).")
        lesson = _first_page(folder, options.language, options.lesson)
    except (OSError, LookupError) as error:
        parser.error(str(error))
    print(f"Lessons are in {folder.resolve()}; stop JupyterLab with Control-C.", flush=True)
    command = jupyter_command(folder, lesson=lesson, port=options.port, browser=options.browser)
    return _run(command, {} if options.language is None else {_LANGUAGE_VARIABLE: options.language})


def _first_page(folder: Path, language: str | None, number: int | None) -> Path | None:
    """The notebook to open at once: the lesson asked for, in a language asked for its index, or none."""
    if number is None and language is None:
        return None
    return find_lesson(folder, number or 0, language or "en")


def jupyter_command(folder: Path, *, lesson: Path | None, port: int | None, browser: bool) -> list[str]:
    """The command that opens JupyterLab on a folder.

    Args:
        folder: What the file browser shows.
        lesson: A notebook in it to open at once.
        port: TCP port to listen on; JupyterLab's choice if None.
        browser: Whether a browser window opens.

    Returns:
        Program and arguments, for this very Python.
    """
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder.resolve()}"]
    if lesson is not None:
        command.append(f"--LabApp.default_url=/lab/tree/{lesson.relative_to(folder).as_posix()}")
    if port is not None:
        command.append(f"--ServerApp.port={port}")
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Containers run as root, and there JupyterLab refuses to start without this.
        command.append("--allow-root")
    return command


def environment() -> dict[str, str]:
    """The variables of this process, with the programs beside its Python on PATH, where `%tensorboard` looks for one."""
    path = os.environ.get("PATH", os.defpath)
    return os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{path}"}


def view_command(path: Path, export: Path | None) -> list[str]:
    """The command that shows a graph in the browser.

    Args:
        path: A file or log folder that holds a graph.
        export: Where to write the page instead of opening it.

    Returns:
        Program and arguments: the viewer is a package that this one does not import.
    """
    command = [sys.executable, "-m", "labext.view", str(path)]
    return command if export is None else [*command, "--export", str(export)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="graphlab", description="TensorFlow 1.x's graphs on JAX, live in JupyterLab.")
    version = importlib.metadata.version("graph-lab")
    parser.add_argument("--version", action="version", version=f"graph-lab {version}")
    commands = parser.add_subparsers(required=True, dest="command", metavar="COMMAND")
    lab = commands.add_parser("lab", help="copy the lessons to a folder and open them in JupyterLab")
    lab.add_argument(
        "--dir",
        type=Path,
        default=Path(_DEFAULT_FOLDER),
        metavar="FOLDER",
        help=f"where the lessons go (default: {_DEFAULT_FOLDER})",
    )
    lab.add_argument("--language", choices=LANGUAGES, help="open the lessons in this language, and speak it")
    lab.add_argument("--lesson", type=int, metavar="N", help="open lesson N at once")
    lab.add_argument("--port", type=int, metavar="PORT", help="listen on this port")
    lab.add_argument("--no-browser", dest="browser", action="store_false", help="open no browser window")
    look = commands.add_parser("inspect", help="say what a checkpoint, a .meta file, a graph or an event file holds")
    look.add_argument("path", metavar="PATH", help="for example model.ckpt or model.ckpt.meta")
    view = commands.add_parser("view", help="show a graph in the browser, without a notebook")
    view.add_argument(
        "path", type=Path, metavar="FILE_OR_LOGDIR", help="a .pb, .pbtxt, .meta or event file, or a log folder"
    )
    view.add_argument("--export", type=Path, metavar="PAGE.html", help="write the page there and open nothing")
    assignment = commands.add_parser("assignment", help="write a lesson as the source of an nbgrader assignment")
    assignment.add_argument("course", type=Path, metavar="COURSE", help="the course's folder; made if missing")
    assignment.add_argument("--lesson", type=int, required=True, metavar="N", help="which lesson")
    assignment.add_argument("--language", choices=LANGUAGES, default="en", help="(default: en)")
    results = commands.add_parser("results", help="print what learners have solved")
    results.add_argument("files", nargs="*", metavar="PROGRESS.json", help="records of learners; by default your own")
    results.add_argument("--format", choices=["csv", "json"], default="csv", help="(default: csv)")
    return parser


def _inspect(path: str) -> int:
    try:
        for line in inspect(path):
            print(line)
    except errors.OpError as error:
        print(f"graphlab inspect: {error.message}", file=sys.stderr)
        return 1
    return 0


def _run(command: list[str], variables: Mapping[str, str] | None = None) -> int:
    """Runs a command to its end, with more variables in its environment; whoever ends us ends it too."""
    with subprocess.Popen(command, env=environment() | dict(variables or {})) as process:
        signal.signal(signal.SIGTERM, lambda _number, _frame: process.terminate())
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                # The terminal sent it to the command too, which asks the user and may go on.
                continue
