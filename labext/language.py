"""The language in which labext speaks to a learner, and what it says in it.

A message is written in English where it is used, `tr("Hint {number} of {total}: {hint}", ...)`, and translated in
`messages/<language>.po`. The nearest choice counts: `set_language` in the notebook, then the folder of the notebook (lessons
in a folder `zh` are Chinese), then the environment variable GRAPHLAB_LANGUAGE, then JupyterLab's language.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Mapping
from pathlib import Path

from babel.messages.pofile import read_po

from labext import jupyterlab_locale

LANGUAGES = ("en", "zh")
VARIABLE = "GRAPHLAB_LANGUAGE"
_MESSAGES = Path(__file__).parent / "messages"


def set_language(language: str | None) -> None:
    """Chooses the language of everything that is shown from now on.

    Args:
        language: "en" for English, "zh" for Simplified Chinese, also as a locale such as "zh-CN"; None takes back the
            choice, so that the notebook's folder, the environment or JupyterLab decide.

    Raises:
        ValueError: There is no such language.
    """
    global _set  # noqa: PLW0603  A setting of this process, as a logging level is.
    _set = None if language is None else _demand(language, "the language")


def chosen_language() -> str | None:
    """The language that the notebook, its folder or the environment asks for; None leaves it to JupyterLab.

    Raises:
        ValueError: GRAPHLAB_LANGUAGE names no language that we have.
    """
    if _set is not None:
        return _set
    if _of_lessons is not None:
        return _of_lessons
    variable = os.environ.get(VARIABLE)
    return _demand(variable, VARIABLE) if variable else None


def language() -> str:
    """The language that `tr` speaks: the chosen one, or JupyterLab's if we have it, or English."""
    return chosen_language() or _known(jupyterlab_locale.read()) or "en"


def tr(message: str, **places: object) -> str:
    """Translates a message.

    Args:
        message: English; a literal, so that `scripts/extract_messages.py` finds it.
        places: What stands in the message's places, `{name}`.

    Returns:
        The message in the learner's language, its places filled.
    """
    text = catalogue(language()).get(message, message)
    return text.format(**places) if places else text


@functools.cache
def catalogue(language: str) -> Mapping[str, str]:
    """All messages in a language, by the English ones; of English there is none to translate."""
    if language == "en":
        return {}
    with (_MESSAGES / f"{language}.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id and message.string}


def _demand(name: str, what: str) -> str:
    known = _known(name)
    if known is None:
        raise ValueError(f"{what} is {name!r}, but must be one of {', '.join(map(repr, LANGUAGES))}")
    return known


def _known(locale: str) -> str | None:
    """Our language for a locale such as zh_CN.UTF-8, if we have one."""
    language = re.split(r"[-_.@]", locale.strip().casefold())[0]
    return language if language in LANGUAGES else None


def _language_of_lessons() -> str | None:
    """The language of the lessons in the working folder, where it has lessons: their index is beside the notebook."""
    try:
        folder = Path.cwd()
    except OSError:  # It was removed under our feet.
        return None
    return folder.name if folder.name in LANGUAGES and (folder / "00_index.ipynb").exists() else None


_set: str | None = None
# A kernel starts in the folder of its notebook. Read once: what a notebook does with os.chdir is no choice of language.
_of_lessons = _language_of_lessons()
