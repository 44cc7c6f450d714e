"""Commands of the dossiers."""

from __future__ import annotations

from datetime import date, datetime

import click
from django.utils.translation import gettext as _

from congtam.dossiers.applicant.erasing import erase_person
from congtam.dossiers.intake.agency_codes import agency_codes, set_number_rule
from congtam.dossiers.public import set_agency_code
from congtam.dossiers.storing.parties import enter_missing_parties
from congtam.foundation.cli_support import DayType, emit_json, fail, say
from congtam.foundation.person_keys import GROUNDS
from congtam.foundation.public import console_actor
from congtam.kernel.errors import DomainError, InputRefused


@click.group("dossiers")
def dossiers_command() -> None:
    """Manage dossier numbers, applicants and their erasure."""


@dossiers_command.command("agency-code")
@click.argument("unit", required=False)
@click.argument("agency", required=False)
@click.option("--valid-from", type=DayType(), help="First day [always].")
@click.option("--source", default="", help="Document that assigns the code.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document to standard output.")
def agency_code(
    *, unit: str | None, agency: str | None, valid_from: datetime | None, source: str, as_json: bool
) -> None:
    """Assign AGENCY, the first part of its dossier numbers, to UNIT; without arguments, list all codes."""
    try:
        if unit and agency:
            set_agency_code(
                unit, agency, source=source, actor=console_actor(), valid_from=_day_of(valid_from)
            )
        elif unit:
            fail(_("Enter both the unit and its identification code."))
    except InputRefused as error:
        fail("\n".join(problem.format_message(_) for problem in error.problems))
    except DomainError as error:
        fail(error.format_message(_))
    rows = agency_codes()
    if as_json:
        emit_json(rows)
        return
    for row in rows:
        say(
            f"{row['unit_code']}  {row['agency']}  {row['from'] or '…'} – {row['to'] or '…'}  {row['source']}"
        )


@dossiers_command.command("number-rule")
@click.argument("pattern")
@click.option("--valid-from", type=DayType(), required=True, help="First day.")
@click.option("--source", required=True, help="The document that sets the rule.")
def number_rule(pattern: str, *, valid_from: datetime, source: str) -> None:
    """Use PATTERN for dossier numbers from a given day; it must contain {agency}, {day} and {n:04} once each."""
    try:
        set_number_rule(pattern, source=source, actor=console_actor(), valid_from=valid_from.date())
    except DomainError as error:
        fail(error.format_message(_))
    say(
        _("From {day:%d/%m/%Y}, dossiers are numbered with the pattern {pattern}.").format(
            pattern=pattern, day=valid_from
        )
    )


def _day_of(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


@dossiers_command.command("erase-person")
@click.argument("code")
@click.option("--reason", type=click.Choice(GROUNDS), required=True, help="Why the data are erased.")
@click.confirmation_option(prompt="Erase the personal data of this dossier for good?")
def erase_person_of(code: str, *, reason: str) -> None:
    """Erase the applicant of the closed dossier CODE for good; its dates and figures stay."""
    try:
        erased = erase_person(code, reason=reason, actor=console_actor())
    except DomainError as error:
        fail(error.format_message(_))
    text = (
        _("Personal data of {code} erased.") if erased else _("Personal data of {code} were erased before.")
    )
    say(text.format(code=code))


@dossiers_command.command("parties")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document to standard output.")
def parties(*, as_json: bool) -> None:
    """Make the applicants of dossiers stored by an earlier version searchable; can be interrupted and run again."""
    count = enter_missing_parties(actor=console_actor())
    if as_json:
        emit_json({"entered": count})
        return
    say(_("{count} applicants added.").format(count=count))
