"""`--help` and wrong usage in the language of the console."""

from __future__ import annotations

import gettext
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module

import click
import pytest
from click.testing import CliRunner

from congtam.config.cli import COMMANDS, congtam
from congtam.config.console_language import speak_language, translate_help

WITHOUT_DATABASE = {"DATABASE_URL": "postgresql:///nowhere", "PATH": "/usr/bin:/bin"}


@pytest.fixture
def in_vietnamese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process speaks Vietnamese in `--help`, and what it spoke before afterwards."""
    monkeypatch.setenv("LANGUAGE", os.environ.get("LANGUAGE", ""))
    before = gettext.textdomain()
    speak_language("vi")
    yield
    gettext.textdomain(before)


@pytest.mark.usefixtures("in_vietnamese")
def test_the_overview_speaks_vietnamese() -> None:
    overview = CliRunner().invoke(congtam, ["--help"]).output
    for text in ("Cách dùng: congtam", "Tuỳ chọn:", "Các lệnh:", "Nạp tỉnh trình diễn."):
        assert text in overview
    assert "exit" not in overview


@pytest.mark.usefixtures("in_vietnamese")
@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_no_help_of_a_command_stays_english(name: str) -> None:
    command = getattr(import_module(COMMANDS[name][0]), f"{name.replace('-', '_')}_command")
    texts = help_of(translate_help(command, click.Context(command)))
    assert [text for text in texts if text.isascii()] == []  # no Vietnamese sentence does without a mark


def help_of(command: click.Command) -> list[str]:
    """What a command and those below it say about themselves."""
    texts = [command.help, *(getattr(one, "help", None) for one in command.params)]
    below = command.list_commands(click.Context(command)) if isinstance(command, click.Group) else []
    for name in below:
        one = command.get_command(click.Context(command), name) if isinstance(command, click.Group) else None
        texts += help_of(one) if one else []
    return [text for text in texts if text]


def test_translating_leaves_the_command_as_it_was() -> None:
    command = import_module("congtam.reports.cli").inspect_command
    before = help_of(command)
    translate_help(command, click.Context(command))
    assert help_of(command) == before


@pytest.mark.parametrize(
    ("language", "usage"),
    [("vi", "Lỗi: Thiếu tuỳ chọn '--unit'."), ("en", "Error: Missing option '--unit'.")],
)
def test_wrong_usage_is_told_in_the_language_of_the_console(language: str, usage: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False,
        env={**WITHOUT_DATABASE, "CONGTAM_LANGUAGE": language},
    )  # fmt: skip
    assert done.returncode == 2
    assert usage in done.stderr


@pytest.mark.usefixtures("in_vietnamese")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--old-fonts", "x"], "'x' không thuộc các giá trị: 'ask'"),
        (["--unit"], "Tuỳ chọn '--unit' cần 1 giá trị."),
        (["a", "b"], "'a' không tồn tại."),
    ],
)
def test_each_way_of_wrong_usage_is_told_in_vietnamese(arguments: list[str], told: str) -> None:
    command = import_module("congtam.imports.cli").import_dossiers
    assert told in CliRunner().invoke(command, arguments).output


PROGRAM = """
import click
from congtam.config.console_language import speak_language
from congtam.config.env import language_of_console

@click.command()
@click.option("--unit", required=True)
def command(unit): ...

speak_language(language_of_console())
command()
"""
