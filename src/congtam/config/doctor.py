"""`congtam doctor`: what is wrong with this installation, in words, and what to do about it."""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from congtam.config.data_checks import check_data
from congtam.config.database import start_database, use_started_database, waiting_migrations
from congtam.config.embedded_postgres import EmbeddedPostgresFailed
from congtam.config.findings import Finding, fault, good, warning
from congtam.foundation import storage
from congtam.foundation.cli_support import FAILED, emit_json, output_language
from congtam.foundation.public import (
    apply_demonstration_clock,
    stuck_messages,
    waiting_messages,
)
from congtam.ui.public import current_language, number

OLDEST_POSTGRES: Final = 150000
FONTS: Final = (
    "Tinos_400Regular.ttf",
    "Tinos_400Regular_Italic.ttf",
    "Tinos_700Bold.ttf",
    "Tinos_700Bold_Italic.ttf",
)
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_MARKS: Final = {"good": "✓", "warning": "!", "fault": "✗"}


def _check_data_folder() -> Iterator[Finding]:
    folder = Path(settings.CONGTAM_DATA_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        yield fault(
            _("Data folder"),
            _("{folder} cannot be written").format(folder=folder),
            _("Grant the owner write access, or set CONGTAM_DATA_DIR."),
        )
        return
    disk = storage.disk_space()
    observation = _("{folder}, {size} GiB free").format(
        folder=folder, size=number(disk.free / (1 << 30), current_language())
    )
    if disk.is_low:
        yield warning(
            _("Data folder"),
            observation,
            _("Free some disk space: the database stops when the disk is full."),
        )
    else:
        yield good(_("Data folder"), observation)
    yield from check_privacy(folder)


def check_privacy(folder: Path) -> Iterator[Finding]:
    """Whether others on the machine may look into the data folder, or what they may where they can reach it.

    A folder nobody else may enter hides all below it, so that nothing below is looked at then.
    """
    if not folder.stat().st_mode & _OTHERS:
        yield good(_("Privacy of data"), _("only the owner may look into the data folder"))
        return
    advice = f"chmod -R go= {shlex.quote(str(folder))}"
    yield warning(_("Privacy of data"), _("others on this machine may look into the data folder"), advice)
    key = folder / "secret_key"
    if key.exists() and key.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        yield warning(_("Secret key"), _("others may read it"), f"chmod 600 {shlex.quote(str(key))}")


def _check_front_end() -> Iterator[Finding]:
    folder = Path(settings.CONGTAM_FRONTEND_DIR)
    if (folder / "static").is_dir():
        yield good(_("Front-end files"), str(folder))
    else:
        yield fault(_("Front-end files"), _("none in {folder}").format(folder=folder), _("Run: make setup"))
    missing = [name for name in FONTS if not (folder / "fonts" / name).is_file()]
    if missing:
        yield fault(
            _("Document fonts"),
            _("missing: {names}").format(names=", ".join(missing)),
            _("Run: make setup (reports need these fonts)."),
        )
    else:
        yield good(_("Document fonts"), _("Tinos, four styles"))
    compiled = Path(settings.LOCALE_PATHS[0]) / "vi" / "LC_MESSAGES" / "django.mo"
    if compiled.is_file():
        yield good(_("Vietnamese texts"), _("compiled"))
    else:
        yield fault(_("Vietnamese texts"), _("not compiled: pages would be in English"), _("Run: make setup"))


def _check_database() -> Iterator[Finding]:
    try:
        start_database()
        use_started_database()
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            number = int(cursor.fetchone()[0])
    except EmbeddedPostgresFailed as error:
        yield fault(
            _("Database"), str(error), _("See the log in the data folder: postgres/cluster/server.log.")
        )
        return
    except DatabaseError as error:
        yield fault(
            _("Database"),
            str(error).strip(),
            _("Check DATABASE_URL and that the server is running and accepts your login."),
        )
        return
    observation = f"PostgreSQL {number // 10000}.{number % 10000}"
    if number < OLDEST_POSTGRES:
        yield fault(_("Database"), observation, _("Use PostgreSQL 15 or newer."))
        return
    yield good(_("Database"), observation)
    yield from _check_schema()


def _check_schema() -> Iterator[Finding]:
    waiting, _has_schema = waiting_migrations()
    if waiting:
        yield fault(
            _("Schema"), _("{count} pending migrations").format(count=waiting), _("Run: congtam prepare")
        )
        return
    yield good(_("Schema"), _("up to date"))
    apply_demonstration_clock()
    stuck = stuck_messages()
    if stuck:
        yield fault(
            _("Outbox"),
            _("{count} messages fail repeatedly: {error}").format(
                count=len(stuck), error=stuck[0].last_error
            ),
            _("Fix the cause."),
        )
    elif (count := waiting_messages()) > 0:
        yield warning(
            _("Outbox"),
            _("{count} pending messages").format(count=count),
            _("Is the worker running? `congtam run` starts it."),
        )
    else:
        yield good(_("Outbox"), _("empty"))
    yield from check_data()


def _check_hardening() -> Iterator[Finding]:
    if settings.DEBUG:
        yield fault(_("Debug mode"), _("on: pages show secrets in errors"), _("Unset CONGTAM_DEBUG."))
    public = [host for host in settings.ALLOWED_HOSTS if host not in {"localhost", "127.0.0.1", "[::1]"}]
    if public and not getattr(settings, "SESSION_COOKIE_SECURE", False):
        observation = _("the site answers to {hosts} without HTTPS").format(hosts=", ".join(public))
        yield warning("HTTPS", observation, _("Serve it through a proxy with HTTPS and set CONGTAM_HTTPS=1."))


CHECKS: Final[tuple[Callable[[], Iterator[Finding]], ...]] = (
    _check_data_folder,
    _check_front_end,
    _check_database,
    _check_hardening,
)


def examine() -> list[Finding]:
    """Look at everything, worst things not hidden by the first fault."""
    return [finding for check in CHECKS for finding in check()]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document to standard output.")
def doctor_command(*, as_json: bool) -> None:
    """Check this installation, and say what is wrong and how to fix it."""
    with output_language(as_json=as_json):
        findings = examine()
    if as_json:
        emit_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            click.echo(f"{_MARKS[finding.level]} {finding.subject}: {finding.observation}")
            if finding.advice:
                click.echo(f"    → {finding.advice}")
    if any(finding.level == "fault" for finding in findings):
        raise SystemExit(FAILED)
