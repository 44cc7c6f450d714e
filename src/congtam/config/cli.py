"""The console script `congtam`: every context's commands, assembled once."""

from __future__ import annotations

import os
from gettext import gettext
from importlib import import_module
from typing import Any, Final

import click

from congtam.config.console_language import speak_language, translate_help, translate_parameter
from congtam.kernel.errors import msgid

# Each command lives with its context; this table says where, so that `--help` loads nothing heavy.
COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "run": (
        "congtam.config.running",
        msgid("Start the database, the web server and the worker; stop all with Ctrl-C."),
    ),
    "worker": ("congtam.config.running", msgid("Run the background worker alone.")),
    "prepare": ("congtam.config.preparing", msgid("Bring the database and the shipped data up to date.")),
    "doctor": (
        "congtam.config.doctor",
        msgid("Check this installation, and say what is wrong and how to fix it."),
    ),
    "verify": (
        "congtam.config.verify",
        msgid("Check the ledger, the files and the warehouse against each other."),
    ),
    "ledger": (
        "congtam.foundation.ledger_cli",
        msgid("Show anchors of the ledger and prove that a line is in it."),
    ),
    "import": ("congtam.config.imports", msgid("Import data from other systems.")),
    "imports": ("congtam.imports.runs_cli", msgid("List imports, stop one, undo one, print what one lacks.")),
    "figure": (
        "congtam.indicators.cli",
        msgid("Compute an indicator for a unit and a period, with its receipt."),
    ),
    "figures": ("congtam.indicators.difference_cli", msgid("Compare figures by their receipts.")),
    "indicators": ("congtam.indicators.cli", msgid("List and check indicator definitions.")),
    "warehouse": ("congtam.warehouse.cli", msgid("Inspect, rebuild and verify the column store.")),
    "dossiers": ("congtam.dossiers.cli", msgid("Manage dossier numbers, applicants and their erasure.")),
    "inspect": ("congtam.reports.cli", msgid("Prepare an inspection.")),
    "reports": ("congtam.reports.cli", msgid("Check the figures of printed reports.")),
    "demo": ("congtam.demonstration.cli", msgid("Load the demonstration province.")),
    "procedures": (
        "congtam.procedures.form_cli",
        msgid("Export and import the electronic forms of procedures."),
    ),
    "units": ("congtam.org_units.cli", msgid("Load the areas of units for the maps.")),
    "payments": ("congtam.config.payments", msgid("Register payment gateways and bank accounts.")),
    "accounts": ("congtam.administration.cli", msgid("Create, list and lock accounts, assign roles.")),
    "note-backup": ("congtam.administration.cli", msgid("Record that a backup was made.")),
}
# They must work on a broken installation, or start the database themselves.
WITHOUT_DATABASE: Final = frozenset({"run", "doctor"})
PREPARES_ITSELF: Final = frozenset({"prepare"})
SPEAKS_TO_NOBODY: Final = frozenset({"worker"})
_HELP: Final = frozenset({"-h", "--help"})


class Commands(click.Group):
    """Loads a command only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, summary = COMMANDS[cmd_name]
        return Deferred(name=cmd_name, module=module, summary=gettext(summary))

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        return [translate_parameter(one) for one in super().get_params(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(gettext(self.help or ""))


class Deferred(click.Command):
    """A command known by name and summary until it is run; then Django is set up and its module loaded."""

    def __init__(self, *, name: str, module: str, summary: str) -> None:
        super().__init__(name, help=summary, short_help=summary, add_help_option=False)
        self.module = module
        self.ignore_unknown_options = True

    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> click.Context:
        command = self._load_command(asks_help=not _HELP.isdisjoint(args))
        command = translate_help(command, click.Context(command))
        return command.make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        return ctx.command.invoke(ctx)

    def _load_command(self, *, asks_help: bool) -> click.Command:
        with_database = self.name not in WITHOUT_DATABASE and not asks_help
        set_up(with_database=with_database)
        if self.name not in SPEAKS_TO_NOBODY:
            _speak_language_of_console()
        if with_database and self.name not in PREPARES_ITSELF:
            from congtam.config.preparing import prepare_if_needed

            prepare_if_needed()
            _follow_clock()
        command = getattr(import_module(self.module), f"{str(self.name).replace('-', '_')}_command")
        if not isinstance(command, click.Command):
            raise TypeError(f"{self.module}.{self.name}_command is not a command")
        return command


def _follow_clock() -> None:
    """The command goes by the clock of the installation, which a demonstration has of its own."""
    from congtam.foundation.public import apply_demonstration_clock

    apply_demonstration_clock()


def set_up(*, with_database: bool) -> None:
    """Make Django ready; start the embedded database unless DATABASE_URL names another."""
    from congtam.config.database import start_database

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congtam.config.settings")
    if with_database:
        start_database()
    from congtam.config.starting import set_up_django

    set_up_django()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="congtam")
def congtam() -> None:
    """Công Tâm: administrative reform figures traceable to each dossier."""


def main() -> None:
    """Entry point; a refusal is told in words, with exit code 1, never as a traceback."""
    from congtam.config.embedded_postgres import EmbeddedPostgresFailed
    from congtam.config.env import SettingMalformed, language_of_console
    from congtam.kernel.errors import DomainError

    # Folders and files of the installation hold personal data: 0700 and 0600, whatever the shell allows others.
    os.umask(0o077)
    try:
        speak_language(language_of_console())
        congtam(prog_name="congtam")
    except (DomainError, SettingMalformed, EmbeddedPostgresFailed) as error:
        click.echo(f"congtam: {_error_text(error)}", err=True)
        raise SystemExit(1) from None
    except Exception as error:
        if not _is_database_away(error):
            raise
        from django.utils.translation import gettext as _

        text = _("the database cannot be used: {reason}").format(reason=str(error).strip())
        click.echo(f"congtam: {text}", err=True)
        click.echo(_("Check DATABASE_URL and that the server is running and accepts your login."), err=True)
        click.echo(_("Run `congtam doctor` for details."), err=True)
        raise SystemExit(1) from None


def _speak_language_of_console() -> None:
    from django.conf import settings
    from django.utils import translation

    translation.activate(settings.CONGTAM_LANGUAGE)


def _error_text(error: Exception) -> str:
    """A refusal in the language of the console; in English where Django could not be set up."""
    from django.conf import settings
    from django.utils.translation import gettext

    from congtam.kernel.errors import DomainError

    if isinstance(error, DomainError) and settings.configured:
        return error.format_message(gettext)
    return str(error)


def _is_database_away(error: Exception) -> bool:
    from django.db.utils import OperationalError  # start-up: `--help` needs no Django

    return isinstance(error, OperationalError)
