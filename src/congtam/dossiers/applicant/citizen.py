"""What the holder of a slip may know of a dossier (tra cứu bằng mã hồ sơ và mã tra cứu), and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac

from congtam.dossiers.deadlines.domain.clock import Sentence
from congtam.dossiers.deadlines.ledgers import explain_clock
from congtam.dossiers.domain.states import OPEN, PAYMENT_WAIVED, LineKind, State
from congtam.dossiers.models import ClockLine, DeskRecord, Dossier, Filing, Letter, LetterKind, Party
from congtam.foundation.public import clock
from congtam.kernel.vietnamese import nfc

_NOBODY: Final = "-"
_INTERNAL: Final = (LetterKind.CONSULTATION.value,)
"""Letters between offices are none of the applicant's."""


@dataclass(frozen=True, kw_only=True)
class CitizenLetter:
    """A letter to the applicant (văn bản gửi người nộp)."""

    sequence: int
    kind: str
    number: str
    issued_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    content: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class CitizenEvent:
    """Something that happened to the dossier; ``what`` is a step, a letter's kind or a line of the clock ledger."""

    at: datetime
    what: str
    office: str = ""
    ground: str = ""


@dataclass(frozen=True, kw_only=True)
class CitizenDossier:
    """A dossier as its applicant may see it; no officer is named."""

    code: str
    secret: str
    state: str
    unit_code: str
    office: str
    procedure_code: str
    procedure_name: str
    applicant: str
    received_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    return_way: str
    supplement_due_at: datetime | None
    letters: tuple[CitizenLetter, ...]
    events: tuple[CitizenEvent, ...]
    explanation: tuple[Sentence, ...]
    result: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act."""
        return self.state in OPEN

    @property
    def supplement(self) -> CitizenLetter | None:
        """The request that waits for the applicant."""
        if self.state != State.AWAITING_SUPPLEMENT:
            return None
        requests = [letter for letter in self.letters if letter.kind == LetterKind.SUPPLEMENT]
        return requests[-1] if requests else None

    @property
    def is_returned_online(self) -> bool:
        """Whether the result may be fetched here."""
        return (
            self.return_way == "online" and self.state == State.RETURNED and bool(self.result.get("digest"))
        )


@dataclass(frozen=True, kw_only=True)
class CitizenFiling:
    """An application filed online that the desk has not received as a dossier (hồ sơ nộp trực tuyến)."""

    code: str
    secret: str
    state: str
    unit_code: str
    procedure_code: str
    procedure_name: str
    submitted_at: datetime
    answer_due_at: datetime
    answered_at: datetime | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class Contact:
    """How the applicant of a dossier is told of changes (liên hệ)."""

    email: str
    unit_code: str


def compute_citizen_proof(code: str, secret: str) -> str:
    """What shows that somebody knows the secret of a slip without telling it; may be kept in a signed cookie."""
    plain = "".join(sign for sign in secret.upper() if sign.isalnum())
    return salted_hmac("dossiers.citizen", f"{normalize_code(code)}:{plain}", algorithm="sha256").hexdigest()


def normalize_code(code: str) -> str:
    """A code as people type it, as it is kept: no blanks, capital letters."""
    return "".join(sign for sign in nfc(code).upper() if sign.isprintable() and not sign.isspace())


def find_for_citizen(code: str, proof: str) -> CitizenDossier | CitizenFiling | None:
    """The dossier or filing with this code for whoever proves to hold its secret; None otherwise.

    A dossier that was filed online opens with the filing's slip too. A wrong code and a wrong secret take the same
    queries and the same comparisons.
    """
    normalized = normalize_code(code)
    desk = DeskRecord.objects.filter(dossier__code=normalized).select_related("dossier").first()
    filing = Filing.objects.filter(Q(code=normalized) | Q(dossier_code=normalized)).first()
    if not _is_proven(normalized, proof, desk, filing):
        return None
    if desk is None and filing is not None and filing.dossier_code:
        desk = DeskRecord.objects.filter(dossier__code=filing.dossier_code).select_related("dossier").first()
    if desk is not None:
        return _citizen_dossier(desk)
    return _citizen_filing(filing) if filing is not None else None


def _is_proven(code: str, proof: str, *slips: DeskRecord | Filing | None) -> bool:
    expected = [compute_citizen_proof(code, slip.lookup_secret if slip else _NOBODY) for slip in slips]
    matches = [constant_time_compare(each, proof) for each in expected]
    return any(
        match and slip is not None and slip.lookup_secret for match, slip in zip(matches, slips, strict=True)
    )


def citizen_contacts(codes: Iterable[str]) -> dict[str, Contact]:
    """The e-mail addresses of the applicants of dossiers, by code; dossiers without one are absent."""
    rows = Party.objects.filter(dossier__code__in=list(codes)).exclude(email="")
    contacts = rows.values_list("dossier__code", "email", "dossier__unit_code")
    return {code: Contact(email=email, unit_code=unit) for code, email, unit in contacts}


def filing_secret(code: str) -> str:
    """The secret of a filing, for the page that tells its applicant right after sending."""
    return str(Filing.objects.values_list("lookup_secret", flat=True).get(code=code))


def filing_contacts(codes: Iterable[str]) -> dict[str, Contact]:
    """The e-mail addresses given with filings, by code; filings without one are absent."""
    rows = Filing.objects.filter(code__in=list(codes)).values_list("code", "applicant__email", "unit_code")
    return {code: Contact(email=email, unit_code=unit) for code, email, unit in rows if email}


def _citizen_filing(row: Filing) -> CitizenFiling:
    return CitizenFiling(
        code=row.code,
        secret=row.lookup_secret,
        state=row.state,
        unit_code=row.unit_code,
        procedure_code=row.procedure_code,
        procedure_name=row.procedure_name,
        submitted_at=row.submitted_at,
        answer_due_at=row.answer_due_at,
        answered_at=row.answered_at,
        reason=row.reason,
    )


def _citizen_dossier(desk: DeskRecord) -> CitizenDossier:
    dossier = desk.dossier
    letters = tuple(_citizen_letter(row) for row in dossier.letters.exclude(kind__in=_INTERNAL))
    lines = list(dossier.clock_lines.all())
    return CitizenDossier(
        code=dossier.code,
        secret=desk.lookup_secret,
        state=dossier.state,
        unit_code=dossier.unit_code,
        office=desk.office,
        procedure_code=dossier.procedure_code,
        procedure_name=dossier.procedure_name,
        applicant=dossier.applicant,
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        finished_at=dossier.finished_at,
        returned_at=dossier.returned_at,
        return_way=desk.return_way,
        supplement_due_at=desk.supplement_due_at,
        letters=letters,
        events=_citizen_events(dossier, lines, letters),
        explanation=explain_clock(dossier, now=clock().now()).sentences,
        result=desk.result,
    )


def _citizen_letter(row: Letter) -> CitizenLetter:
    return CitizenLetter(
        sequence=row.sequence,
        kind=row.kind,
        number=row.number,
        issued_at=row.issued_at,
        due_at=row.due_at,
        answered_at=row.answered_at,
        content=row.content,
    )


def _citizen_events(
    dossier: Dossier, lines: list[ClockLine], letters: tuple[CitizenLetter, ...]
) -> tuple[CitizenEvent, ...]:
    """What happened, oldest first: lines of the clock ledger, steps in further offices, letters, the return."""
    shown_kinds = {LineKind.RESUMED, LineKind.EXTENDED, LineKind.CALENDAR, LineKind.ENDED, LineKind.REOPENED}
    events = [CitizenEvent(at=dossier.received_at, what="received")]
    events += [
        CitizenEvent(
            at=line.at, what=PAYMENT_WAIVED if line.note == PAYMENT_WAIVED else line.kind, ground=line.ground
        )
        for line in lines
        if line.kind in shown_kinds
    ]
    events += [
        CitizenEvent(at=step.started_at, what="step", office=step.office or step.name)
        for step in dossier.steps.all()
        if step.sequence > 1 and step.started_at
    ]
    events += [CitizenEvent(at=letter.issued_at, what=f"letter.{letter.kind}") for letter in letters]
    if dossier.returned_at:
        events.append(CitizenEvent(at=dossier.returned_at, what="returned"))
    return tuple(sorted(events, key=lambda event: event.at))
