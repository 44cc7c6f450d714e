"""The language of `--help` and of wrong usage (ngôn ngữ của dòng lệnh): that of everything else commands print.

click looks its own texts up with Python's gettext, so it is pointed at the product's catalogue. What our commands say
about themselves is looked up in the same one when a command is loaded. Neither needs Django: `congtam --help` stays
fast, and explains itself on a broken installation.
"""

from __future__ import annotations

import copy
import gettext
import inspect
import os
from gettext import ngettext
from pathlib import Path
from typing import Final

import click

from congtam.kernel.errors import msgid

_CATALOGUE: Final = "django"
_FOLDER: Final = Path(__file__).resolve().parent.parent / "locale"

CLICK_TEXTS: Final = (
    msgid("Usage:"),
    msgid("Options"),
    msgid("Commands"),
    msgid("Show this message and exit."),
    msgid("Show the version and exit."),
    msgid("Confirm the action without prompting."),
    msgid("Repeat for confirmation"),
    msgid("Error: The two entered values do not match."),
    msgid("Error: {message}"),
    msgid("Try '{command} {option}' for help."),
    msgid("Missing command."),
    msgid("Missing argument"),
    msgid("Missing option"),
    msgid("No such command {name!r}."),
    msgid("No such option {name!r}."),
    msgid("Option {name!r} does not take a value."),
    msgid("Invalid value for {param_hint}: {message}"),
    msgid("Invalid value: {message}"),
    msgid("{name} {filename!r} does not exist."),
    msgid("{name} {filename!r} is a directory."),
    msgid("{name} {filename!r} is a file."),
    msgid("{name} {filename!r} is not readable."),
    msgid("{value!r} is not a valid {number_type}."),
    msgid("{value} is not in the range {range}."),
    msgid("{name} {filename!r} is not writable."),
    msgid("file"),
    msgid("directory"),
    msgid("path"),
    msgid("Choose from:\n\t{choices}"),
    msgid("default: {default}"),
    msgid("required"),
    msgid("Aborted!"),
)
"""The texts of click that people of this product may see; the catalogue has them beside ours."""


CLICK_COUNTED_TEXTS: Final = (
    ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
    ngettext(
        "{value!r} does not match the format {format}.", "{value!r} does not match the formats {formats}.", 1
    ),
    ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1),
    ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1),
    ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
)
"""Those with two forms, one for one of a thing and one for several."""


def speak_language(language: str) -> None:
    """From now on this process speaks the language in `--help` and about wrong usage."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(_CATALOGUE, str(_FOLDER))
    gettext.textdomain(_CATALOGUE)


def translate_help(command: click.Command, context: click.Context) -> click.Command:
    """The command with what it says about itself in the language spoken, and all commands below it."""
    translated = copy.copy(command)
    translated.help = _translate_paragraphs(command.help)
    translated.short_help = _translate_paragraphs(command.short_help)
    translated.params = [translate_parameter(one) for one in command.params]
    if isinstance(translated, click.Group) and isinstance(command, click.Group):
        below = {name: command.get_command(context, name) for name in command.list_commands(context)}
        # A plain group: it holds its commands, wherever the original one loads them from.
        translated.__class__ = click.Group
        translated.commands = {name: translate_help(one, context) for name, one in below.items() if one}
    return translated


def translate_parameter(parameter: click.Parameter) -> click.Parameter:
    """The option with its help in the language spoken; an argument as it is."""
    text = getattr(parameter, "help", None)
    if not isinstance(parameter, click.Option) or not text:
        return parameter
    translated = copy.copy(parameter)
    translated.help = _translate_paragraphs(text)
    return translated


def _translate_paragraphs(text: str | None) -> str | None:
    """Each paragraph on its own, as the catalogue has it: on one line."""
    if not text:
        return text
    paragraphs = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(gettext.gettext(" ".join(paragraph.split())) for paragraph in paragraphs)
