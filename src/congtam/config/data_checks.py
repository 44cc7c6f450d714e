"""What `congtam doctor` looks at in the data: files, agency codes, backup, anchors of the ledger, signing in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from congtam.administration.public import last_backup, units_lacking_agency_code
from congtam.config.findings import Finding, fault, good, warning
from congtam.dossiers.intake.public import example_number
from congtam.foundation import anchors
from congtam.foundation.public import clock, real_clock, unused_count
from congtam.kernel.clock import LOCAL, today
from congtam.org_units.public import unit_name
from congtam.sign_in.public import last_exposure

MANY_UNUSED_FILES: Final = 10_000
OLDEST_ANCHOR: Final = timedelta(days=2)


def check_data() -> Iterator[Finding]:
    """All of them, in the order they are printed."""
    yield check_unused_files()
    yield check_agency_codes()
    yield check_backup()
    yield check_anchors()
    yield from check_unprotected_sign_ins()


def check_agency_codes() -> Finding:
    """Units that receive dossiers and whose numbers begin with the unit's own code."""
    units = units_lacking_agency_code()
    if not units:
        return good(_("Agency codes"), _("every unit that receives dossiers has one"))
    names = ", ".join(f"{unit_name(one.unit_code)} ({one.unit_code})" for one in units[:5])
    more = " " + _("and {count} more").format(count=len(units) - 5) if len(units) > 5 else ""
    example = example_number(units[0].unit_code, today(clock()))
    return warning(
        _("Agency codes"),
        _("{names}: no agency code, dossiers get numbers such as {example}").format(
            names=names + more, example=example
        ),
        _("Run: congtam dossiers agency-code UNIT AGENCY --source “…”, or Administration → Agency codes."),
    )


def check_backup() -> Finding:
    """When the last backup was made, as far as anybody said so."""
    noted = last_backup()
    if noted is None:
        return warning(
            _("Backup"),
            _("none is recorded"),
            _("Make one (docs/operations.md), then run: congtam note-backup"),
        )
    observation = _("of {instant}").format(instant=f"{noted.at.astimezone(LOCAL):%d/%m/%Y %H:%M}")
    if noted.is_old:
        return warning(_("Backup"), observation, _("Make one, then run: congtam note-backup"))
    return good(_("Backup"), observation)


def check_anchors() -> Finding:
    """The newest checkpoint of the ledger outside the database, and where its file is."""
    path = anchors.anchors_folder() / anchors.FILE
    if anchors.lacks_file():
        return fault(
            _("Ledger anchors"),
            _("the file {path} is missing").format(path=path),
            _("Restore it from its copy; after a restored backup see docs/operations.md."),
        )
    if anchors.has_damaged_file():
        return fault(
            _("Ledger anchors"),
            _("the file {path} is damaged").format(path=path),
            _("Restore it from its copy."),
        )
    written = anchors.read_anchors()
    if not written:
        return warning(
            _("Ledger anchors"), _("none yet"), _("The worker writes one each night; or run: congtam verify")
        )
    observation = _("of {instant}, in {path}").format(
        instant=f"{written[-1].at.astimezone(LOCAL):%d/%m/%Y %H:%M}", path=path
    )
    if real_clock().now() - written[-1].at > OLDEST_ANCHOR:
        return warning(_("Ledger anchors"), observation, _("Check that the worker runs at night."))
    return good(_("Ledger anchors"), observation)


def check_unprotected_sign_ins() -> Iterator[Finding]:
    """Passwords that travelled through a proxy or a network while the site does not know of HTTPS."""
    exposure = last_exposure()
    if exposure is None:
        return
    day, through_proxy = exposure
    observation = _("on {day} someone signed in through a proxy, but CONGTAM_HTTPS is off")
    if not through_proxy:
        observation = _("on {day} someone signed in over the network without HTTPS")
    yield warning(
        "HTTPS",
        observation.format(day=f"{day:%d/%m/%Y}"),
        _(
            "Serve the site over HTTPS and set CONGTAM_HTTPS=1: secure cookies and the visitors' addresses need it."
        ),
    )


def check_unused_files() -> Finding:
    """Files nothing refers to; a few always wait for the night."""
    count = unused_count()
    if count > MANY_UNUSED_FILES:
        return warning(
            _("Files"),
            _("{count} unused files pending removal").format(count=count),
            _("Check that the worker runs at night."),
        )
    return good(
        _("Files"),
        _("{count} unused files will be removed at night").format(count=count)
        if count
        else _("all are used"),
    )
