"""Which language is spoken, and that everything is said in it."""

from __future__ import annotations

import json
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from labext import jupyterlab_locale, language
from labext.language import LANGUAGES, catalogue, chosen_language, set_language, tr
from scripts.extract_messages import find_messages, messages_of

SETTING = Path("@jupyterlab/translation-extension/plugin.jupyterlab-settings")


@pytest.fixture(autouse=True)
def jupyter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user who has set nothing, in a folder that says nothing; returns the folder of JupyterLab's settings."""
    for name in ("JUPYTERLAB_SETTINGS_DIR", "JUPYTER_CONFIG_DIR", "JUPYTERLAB_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path / "site"))
    monkeypatch.delenv(language.VARIABLE, raising=False)
    monkeypatch.setattr(language, "_of_lessons", None)
    monkeypatch.setattr(language, "_set", None)
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    jupyterlab_locale.read.cache_clear()
    yield tmp_path / "JUPYTERLAB_SETTINGS_DIR"
    jupyterlab_locale.read.cache_clear()


def write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def test_english_without_any_choice() -> None:
    assert chosen_language() is None
    assert language.language() == "en"


def test_the_nearest_choice_counts(jupyter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(jupyter / SETTING, '// As JupyterLab writes it.\n{"locale": "zh_CN",}')
    assert (chosen_language(), language.language()) == (None, "zh")
    monkeypatch.setenv(language.VARIABLE, "en")
    assert language.language() == "en"
    monkeypatch.setattr(language, "_of_lessons", "zh")
    assert language.language() == "zh"
    set_language("en_US")
    assert language.language() == "en"
    set_language(None)
    assert language.language() == "zh"


@pytest.mark.parametrize("locale", ["zh", "zh-CN", "zh_CN.UTF-8", "ZH-Hans"])
def test_locales_name_languages(locale: str) -> None:
    set_language(locale)
    assert language.language() == "zh"


def test_unknown_language_is_refused_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    set_language("zh")
    with pytest.raises(ValueError, match="the language is 'fr', but must be one of 'en', 'zh'"):
        set_language("fr")
    assert language.language() == "zh"
    set_language(None)
    monkeypatch.setenv(language.VARIABLE, "klingon")
    with pytest.raises(ValueError, match="GRAPHLAB_LANGUAGE is 'klingon'"):
        language.language()


@pytest.mark.parametrize(
    "place",
    [
        "JUPYTER_CONFIG_DIR/labconfig/default_setting_overrides.json",
        "site/labconfig/default_setting_overrides.json",
        "JUPYTERLAB_DIR/settings/overrides.json",
        "JUPYTERLAB_DIR/settings/overrides.json5",
    ],
)
def test_an_administrators_locale_counts_where_the_user_has_none(tmp_path: Path, place: str) -> None:
    write(tmp_path / place, {"@jupyterlab/translation-extension:plugin": {"locale": "zh_CN"}})
    assert jupyterlab_locale.read() == "zh_CN"


def test_the_users_locale_counts_more(tmp_path: Path, jupyter: Path) -> None:
    write(
        tmp_path / "JUPYTERLAB_DIR/settings/overrides.json",
        {"@jupyterlab/translation-extension:plugin": {"locale": "zh"}},
    )
    write(jupyter / SETTING, {"locale": "fr_FR"})
    assert jupyterlab_locale.read() == "fr_FR"
    assert language.language() == "en"


@pytest.mark.parametrize("content", ["{broken", "[]", '{"locale": 7}', '{"locale": "default"}'])
def test_the_systems_locale_counts_where_jupyterlab_has_none(
    jupyter: Path, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(jupyter / SETTING, content)
    monkeypatch.setattr("locale.getlocale", lambda: ("zh_CN", "UTF-8"))
    assert jupyterlab_locale.read() == "zh_CN"


@pytest.mark.parametrize(("has_lessons", "word"), [(True, "练习"), (False, "Exercises")])
def test_a_kernel_beside_chinese_lessons_speaks_chinese(tmp_path: Path, has_lessons: bool, word: str) -> None:
    write(tmp_path / "zh" / ("00_index.ipynb" if has_lessons else "notes.txt"), "")
    program = "import os; from labext.language import tr; os.chdir('..'); print(tr('Exercises'))"
    command = [sys.executable, "-X", "utf8", "-c", program]
    answer = subprocess.run(command, cwd=tmp_path / "zh", capture_output=True, check=True)
    assert answer.stdout.decode().strip() == word


def test_messages_keep_their_braces_unless_places_are_given() -> None:
    assert tr("$\\frac{1}{2}$") == "$\\frac{1}{2}$"
    assert tr("{count} nodes", count=3) == "3 nodes"


def test_extraction_finds_every_kind_of_message() -> None:
    source = 'CATALOGUE: dict = {"a_lesson": 1}\n@exercise(title="T", hints=("H", "I"), solution="S")\ndef f(): tr("M {x}", x=1)'
    assert sorted(messages_of(source)) == ["H", "I", "M {x}", "T", "a lesson"]
    with pytest.raises(ValueError, match="one literal"):
        list(messages_of('tr(f"{x} nodes")'))


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_every_message_is_translated_and_none_is_stale(code: str) -> None:
    assert set(catalogue(code)) == set(find_messages())


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_translations_have_the_places_of_their_messages(code: str) -> None:
    assert {key: places(key) for key in catalogue(code)} == {key: places(text) for key, text in catalogue(code).items()}


def places(text: str) -> list[str]:
    """The places of a message; LaTeX has braces that are none."""
    if "$" in text:
        return []
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)
