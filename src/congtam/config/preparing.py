"""Bringing an installation up to date: schema, calendar, units, static files."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Final

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _

from congtam.administration.public import describe_missing_codes, units_lacking_agency_code
from congtam.config.database import is_embedded, waiting_migrations
from congtam.foundation.cli_support import say
from congtam.foundation.ledger_rewriting import rewrite_ledger
from congtam.foundation.public import apply_demonstration_clock, console_actor
from congtam.kernel.errors import DomainError
from congtam.org_units import public as org_units
from congtam.warehouse import public as warehouse
from congtam.work_calendar.public import seed_calendar

_ONE_AT_A_TIME: Final = 0x0C06_7A12


class SchemaOutdated(DomainError):
    """The operator's own database holds an older schema."""

    code = "installation.schema_outdated"
    message = "The database schema is out of date. Back up the database, then run: congtam prepare"


def prepare() -> None:
    """Migrate, seed the shipped data and collect the static files; quick when nothing is to be done.

    One process at a time: a second one waits, and then finds nothing left to do.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
        try:
            call_command("migrate", interactive=False, verbosity=0)
            apply_demonstration_clock()
            rewrite_ledger(actor=console_actor())
            seed_calendar(console_actor())
            org_units.load_catalogue(actor=console_actor())
            warehouse.refresh_outdated()
            collect_static()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_AT_A_TIME])


def prepare_if_needed() -> None:
    """Prepare a new installation, and our own embedded database after an update; never another's silently.

    Raises SchemaOutdated when a database named by DATABASE_URL holds an older schema: its owner decides when.
    """
    waiting, has_schema = waiting_migrations()
    if not waiting:
        return
    if has_schema and not is_embedded():
        raise SchemaOutdated
    say(_("Preparing the database …"))
    prepare()


def collect_static() -> None:
    """Gather, fingerprint and compress the static files when their sources changed."""
    folder = Path(str(settings.STATIC_ROOT))
    edition, stamp = _static_files_edition(), folder / ".edition"
    if stamp.exists() and stamp.read_text() == edition:
        return
    shutil.rmtree(folder, ignore_errors=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(edition)


def _static_files_edition() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


@click.command()
def prepare_command() -> None:
    """Bring the database and the shipped data up to date."""
    prepare()
    say(_("The installation is up to date."))
    print_missing_agency_codes()


def print_missing_agency_codes() -> None:
    """Say at set-up which units would number their dossiers by the unit's own code."""
    if text := describe_missing_codes(one.unit_code for one in units_lacking_agency_code()):
        say(_("Note: {text}").format(text=text))
