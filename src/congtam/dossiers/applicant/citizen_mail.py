"""What a mail about a dossier may say (nội dung thư báo): offices, dates and amounts, nothing about the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from congtam.dossiers.fees.domain.fees import OPEN
from congtam.dossiers.fees.open_fees import fees_of
from congtam.dossiers.models import DeskRecord, Filing


@dataclass(frozen=True, kw_only=True)
class MailFacts:
    """How a dossier or filing stands, for a mail to whoever applied."""

    state: str
    unit_code: str
    """Who handles it; the counter where it was handed in is ``counter_unit_code``."""
    counter_unit_code: str
    received_at: datetime
    due_at: datetime | None
    supplement_due_at: datetime | None = None
    answer_due_at: datetime | None = None
    """By when a filing is answered."""
    return_way: str = ""
    filing_code: str = ""
    """Under which code it was filed online, when it was."""
    owed_dong: int = 0
    request_codes: tuple[str, ...] = ()
    """The requests that are open."""


def mail_facts(code: str) -> MailFacts | None:
    """The facts about a dossier of the desk or a filing; None for another."""
    desk = DeskRecord.objects.select_related("dossier").filter(dossier__code=code).first()
    if desk is None:
        return _filing_mail_facts(code)
    dossier = desk.dossier
    owed = [fee for fee in fees_of(dossier) if fee.state == OPEN]
    filed = Filing.objects.filter(dossier_code=code).values_list("code", flat=True).first()
    return MailFacts(
        state=dossier.state,
        unit_code=dossier.unit_code,
        counter_unit_code=desk.received_unit_code,
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        supplement_due_at=desk.supplement_due_at,
        return_way=desk.return_way,
        filing_code=filed or "",
        owed_dong=sum(fee.amount_dong for fee in owed),
        request_codes=tuple(fee.code for fee in owed),
    )


def _filing_mail_facts(code: str) -> MailFacts | None:
    filing = Filing.objects.filter(code=code).first()
    if filing is None:
        return None
    return MailFacts(
        state=filing.state,
        unit_code=filing.unit_code,
        counter_unit_code=filing.unit_code,
        received_at=filing.submitted_at,
        due_at=None,
        answer_due_at=filing.answer_due_at,
    )
