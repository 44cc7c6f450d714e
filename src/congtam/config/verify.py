"""`congtam verify`: do ledger, files, outbox and warehouse still agree with each other?"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Final

import click
from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congtam.dossiers.public import (
    altered_desks,
    altered_dossiers,
    dossiers_with_fee_mismatch,
    drifted_dossiers,
)
from congtam.foundation.anchors import anchor_ledger
from congtam.foundation.cli_support import FAILED, emit_json, output_language, progress, say
from congtam.foundation.files import damaged_files
from congtam.foundation.ledger_rewriting import succession_faults
from congtam.foundation.person_keys import count_erased, unrecorded_erasures
from congtam.foundation.public import altered_evidence, drain_outbox, find_breaks, stuck_messages
from congtam.foundation.row_seals import altered_rows
from congtam.foundation.sealing import Alteration
from congtam.indicators.public import altered_receipts
from congtam.inspections.public import altered_packs
from congtam.kernel.errors import DomainError, msgid
from congtam.kernel.progress import Advance
from congtam.payments.public import altered_requests, contradictory_requests
from congtam.warehouse import public as warehouse

logger = logging.getLogger(__name__)
_CHANGED: Final = msgid("It was changed outside the program: compare with the last backup.")


@dataclass(frozen=True, kw_only=True)
class VerificationFault:
    """Something that does not hold, and what to do."""

    part: str
    subject: str
    fault: str
    advice: str


def _check_ledger(advance: Advance) -> Iterator[VerificationFault]:
    advice = _("The ledger was changed outside the program: compare with the last backup.")
    is_whole = True
    for stream, chain_break in find_breaks(advance):
        is_whole = False
        yield VerificationFault(
            part="ledger",
            subject=f"{stream} #{chain_break.position}",
            fault=_(chain_break.fault),
            advice=advice,
        )
    for alteration in chain(succession_faults(), anchor_ledger(may_write=is_whole)):
        yield VerificationFault(
            part="ledger", subject=alteration.code, fault=alteration.format_fault(_), advice=advice
        )


def _check_files(advance: Advance) -> Iterator[VerificationFault]:
    for stored, fault in damaged_files(advance):
        yield VerificationFault(
            part="files",
            subject=f"{stored.name} ({stored.digest[:12]}…)",
            fault=_(fault),
            advice=_("Restore it."),
        )


def _check_outbox(_advance: Advance) -> Iterator[VerificationFault]:
    for row in stuck_messages():
        advice = _("Fix the cause; the worker retries automatically.")
        yield VerificationFault(
            part="outbox", subject=f"{row.topic} {row.key}", fault=row.last_error, advice=advice
        )


def _check_dossiers(advance: Advance) -> Iterator[VerificationFault]:
    advice = _("It was changed outside the program: compare with the last backup, or import its file again.")
    for code in altered_dossiers(advance):
        yield VerificationFault(
            part="dossiers", subject=code, fault=_("its content does not match its digest"), advice=advice
        )


def _report_alterations(part: str, altered: Iterator[Alteration]) -> Iterator[VerificationFault]:
    for alteration in altered:
        yield VerificationFault(
            part=part, subject=alteration.code, fault=alteration.format_fault(_), advice=_(_CHANGED)
        )


def _check_clock(advance: Advance) -> Iterator[VerificationFault]:
    advice = _("Check its clock ledger; after a change of the calendar the worker may still be catching up.")
    for code in drifted_dossiers(advance):
        fault = _("its due date does not follow from its clock ledger")
        yield VerificationFault(part="clock", subject=code, fault=fault, advice=advice)


def _check_payments() -> Iterator[VerificationFault]:
    for row in contradictory_requests():
        is_paid = row["state"] == "paid"
        fault = _("it is paid, but no payment counts") if is_paid else _("it is open, but a payment counts")
        yield VerificationFault(part="payments", subject=row["code"], fault=fault, advice=_(_CHANGED))


def _check_dossier_fees() -> Iterator[VerificationFault]:
    advice = _(
        "If it is waiting for a cancelled payment, waive the payment on the dossier page; otherwise compare both."
    )
    for code in dossiers_with_fee_mismatch():
        fault = _("its fee differs from the payment records")
        yield VerificationFault(part="payments", subject=code, fault=fault, advice=advice)


def _check_packs(_advance: Advance) -> Iterator[VerificationFault]:
    advice = _("It was changed outside the program: prepare it again, or compare with the last backup.")
    for key in altered_packs():
        yield VerificationFault(
            part="packs", subject=key, fault=_("its content does not match its digest"), advice=advice
        )


def _check_warehouse(advance: Advance) -> Iterator[VerificationFault]:
    facts = list(warehouse.facts())
    for done, fact in enumerate(facts, start=1):
        advance(done, len(facts))
        advice = _("Run: congtam warehouse rebuild --fact {fact}").format(fact=fact.name)
        try:
            comparison = warehouse.compare_with_database(fact.name)
        except DomainError as error:
            yield VerificationFault(
                part="warehouse",
                subject=fact.name,
                fault=error.format_message(_).rstrip("."),
                advice=advice,
            )
            continue
        for one in comparison.differences:
            subject = f"{fact.name} {one.key} ({one.month:%Y-%m})"
            yield VerificationFault(part="warehouse", subject=subject, fault=_(one.kind), advice=advice)


_Check = Callable[[Advance], Iterator[VerificationFault]]
_NAMES: Final = {
    "ledger": msgid("Ledger"),
    "files": msgid("Files"),
    "dossiers": msgid("Dossiers"),
    "desks": msgid("One-stop desk"),
    "clock": msgid("Clocks"),
    "payments": msgid("Payments"),
    "receipts": msgid("Receipts of figures"),
    "packs": msgid("Packs"),
    "evidence": msgid("Evidence"),
    "rows": msgid("Sealed rows"),
    "persons": msgid("Erased persons"),
    "outbox": msgid("Outbox"),
    "warehouse": msgid("Warehouse"),
}
"""The parts as people read them; programs read the keys."""
_PARTS: Final[dict[str, _Check]] = {
    "ledger": _check_ledger,
    "files": _check_files,
    "dossiers": _check_dossiers,
    "desks": lambda advance: _report_alterations("desks", altered_desks(advance)),
    "clock": _check_clock,
    "payments": lambda _advance: chain(
        _check_payments(), _report_alterations("payments", altered_requests()), _check_dossier_fees()
    ),
    "receipts": lambda _advance: _report_alterations("receipts", altered_receipts()),
    "packs": _check_packs,
    "evidence": lambda _advance: _report_alterations("evidence", altered_evidence()),
    "rows": lambda _advance: _report_alterations("rows", altered_rows()),
    "persons": lambda _advance: _report_alterations("persons", unrecorded_erasures()),
    "outbox": _check_outbox,
    "warehouse": _check_warehouse,
}


def _describe_part(part: str) -> str:
    """Persons who were erased are no fault, and are told as such."""
    erased = count_erased() if part == "persons" else 0
    return f", {erased} erased" if erased else ""


def verify() -> dict[str, list[VerificationFault]]:
    """The faults of every part; an empty list means that the part was checked and holds."""
    return dict(_verify_in_turn())


def _verify_in_turn() -> Iterator[tuple[str, list[VerificationFault]]]:
    """Part after part with its faults; how far each is shows on a terminal."""
    drain_outbox()
    for part, check in _PARTS.items():
        faults: list[VerificationFault] = []
        with progress(_(_NAMES[part])) as advance:
            try:
                faults.extend(check(advance))
            except (OperationalError, InterfaceError):
                raise
            except Exception as error:
                logger.warning("checking %s stopped", part, exc_info=True)
                faults.append(_stopped_fault(part, error))
        yield part, faults


def _stopped_fault(part: str, error: Exception) -> VerificationFault:
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    return VerificationFault(
        part=part,
        subject=_(_NAMES[part]),
        fault=_("it could not be checked to its end: {reason}").format(reason=reason),
        advice=_(_CHANGED),
    )


def _part_line(part: str, faults: list[VerificationFault]) -> str:
    """A part and how it stands, as one line of the list."""
    counted = ngettext("{count} fault", "{count} faults", len(faults)).format(count=len(faults))
    return f"{_(_NAMES[part]):<24} {counted if faults else _('OK')}{_describe_part(part)}"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document to standard output.")
def verify_command(*, as_json: bool) -> None:
    """Check the ledger, the files and the warehouse against each other."""
    faults_by_part: dict[str, list[VerificationFault]] = {}
    with output_language(as_json=as_json):
        for part, faults in _verify_in_turn():
            faults_by_part[part] = faults
            if not as_json:
                click.echo(_part_line(part, faults))
            for fault in faults:
                say(f"  {fault.subject}: {fault.fault}. {fault.advice}")
    if as_json:
        emit_json({part: [asdict(fault) for fault in faults] for part, faults in faults_by_part.items()})
    if any(faults_by_part.values()):
        raise SystemExit(FAILED)
