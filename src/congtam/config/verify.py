"""`congtam verify`: do ledger, files, outbox and warehouse still agree with each other?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Final

import click

from congtam.dossiers.public import (
    altered_desks,
    altered_dossiers,
    dossiers_apart_from_books,
    drifted_dossiers,
)
from congtam.foundation.cli_support import FAILED, emit_json, say
from congtam.foundation.files import damaged_files
from congtam.foundation.public import altered_evidence, broken_places, drain_outbox, stuck_messages
from congtam.foundation.sealing import Alteration
from congtam.inspections.public import altered_packs
from congtam.kernel.errors import DomainError
from congtam.payments.public import altered_requests, unsettled_twice
from congtam.warehouse import public as warehouse

_CHANGED: Final = "Somebody changed it behind the program: compare with the last backup."


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Something that does not hold, and what to do."""

    part: str
    subject: str
    fault: str
    advice: str


def _ledger() -> Iterator[Fault]:
    advice = "Somebody changed the ledger behind the program: compare with the last backup."
    for stream, place in broken_places():
        yield Fault(part="ledger", subject=f"{stream} #{place.position}", fault=place.fault, advice=advice)


def _files() -> Iterator[Fault]:
    for stored, fault in damaged_files():
        yield Fault(
            part="files", subject=f"{stored.name} ({stored.digest[:12]}…)", fault=fault, advice="Restore it."
        )


def _outbox() -> Iterator[Fault]:
    for row in stuck_messages():
        advice = "Mend the cause; the worker tries again by itself."
        yield Fault(part="outbox", subject=f"{row.topic} {row.key}", fault=row.last_error, advice=advice)


def _dossiers() -> Iterator[Fault]:
    advice = "Somebody changed it behind the program: compare with the last backup, or import its file again."
    for code in altered_dossiers():
        yield Fault(
            part="dossiers", subject=code, fault="its content does not give its digest", advice=advice
        )


def _sealed(part: str, altered: Iterator[Alteration]) -> Iterator[Fault]:
    for found in altered:
        yield Fault(part=part, subject=found.code, fault=found.fault, advice=_CHANGED)


def _clock() -> Iterator[Fault]:
    advice = (
        "Look at its clock ledger; if a day of the calendar was changed, the worker may not have caught up."
    )
    for code in drifted_dossiers():
        fault = "its due date does not follow from its clock ledger"
        yield Fault(part="clock", subject=code, fault=fault, advice=advice)


def _payments() -> Iterator[Fault]:
    for row in unsettled_twice():
        fault = f"is {row['state']}, which its payments contradict"
        yield Fault(part="payments", subject=row["code"], fault=fault, advice=_CHANGED)


def _fees_of_dossiers() -> Iterator[Fault]:
    advice = (
        "If it waits for a payment that was cancelled, ask for it no longer on its page; else compare both."
    )
    for code in dossiers_apart_from_books():
        fault = "what it says of its fee is not what the books of payments say"
        yield Fault(part="payments", subject=code, fault=fault, advice=advice)


def _packs() -> Iterator[Fault]:
    advice = "Somebody changed it behind the program: prepare it anew, or compare with the last backup."
    for key in altered_packs():
        yield Fault(part="packs", subject=key, fault="its content does not give its digest", advice=advice)


def _warehouse() -> Iterator[Fault]:
    for fact in warehouse.facts():
        advice = f"Run: congtam warehouse rebuild --fact {fact.name}"
        try:
            found = warehouse.compare(fact.name)
        except DomainError as error:
            yield Fault(part="warehouse", subject=fact.name, fault=str(error).rstrip("."), advice=advice)
            continue
        for one in found.differences:
            subject = f"{fact.name} {one.key} ({one.month:%Y-%m})"
            yield Fault(part="warehouse", subject=subject, fault=one.kind, advice=advice)


_PARTS: Final[dict[str, Callable[[], Iterator[Fault]]]] = {
    "ledger": _ledger,
    "files": _files,
    "dossiers": _dossiers,
    "desks": lambda: _sealed("desks", altered_desks()),
    "clock": _clock,
    "payments": lambda: chain(_payments(), _sealed("payments", altered_requests()), _fees_of_dossiers()),
    "packs": _packs,
    "evidence": lambda: _sealed("evidence", altered_evidence()),
    "outbox": _outbox,
    "warehouse": _warehouse,
}


def verify() -> dict[str, list[Fault]]:
    """The faults of every part; an empty list means that the part was checked and holds."""
    drain_outbox()
    return {part: list(check()) for part, check in _PARTS.items()}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Machine output on standard output.")
def verify_command(*, as_json: bool) -> None:
    """Check the ledger, the files and the warehouse against each other."""
    found = verify()
    if as_json:
        emit_json({part: [asdict(fault) for fault in faults] for part, faults in found.items()})
    for part, faults in found.items():
        if not as_json:
            click.echo(f"{part:<10} {'holds' if not faults else f'{len(faults)} fault(s)'}")
        for fault in faults:
            say(f"  {fault.subject}: {fault.fault}. {fault.advice}")
    if any(found.values()):
        raise SystemExit(FAILED)
