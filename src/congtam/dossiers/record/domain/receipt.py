"""What a clerk takes in with a dossier (nội dung tiếp nhận), before it has a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from congtam.kernel.input.emails import email_or_none
from congtam.kernel.input.phones import phone_or_none


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """Who applies (người nộp, chủ hồ sơ); personal data."""

    name: str
    kind: str = "citizen"
    """citizen, organisation or enterprise."""
    phone: str = ""
    email: str = ""
    id_number: str = ""
    address: str = ""
    submitter: str = ""
    account: str = ""

    def normalize(self) -> Applicant:
        """With phone and e-mail in their stored form; of a phone number that an earlier rule let pass, its digits.

        >>> Applicant(name="Vừ Thị Mỷ", phone="+84 912 345 678").normalize().phone
        '0912345678'
        """
        digits = "".join(sign for sign in self.phone if sign.isdecimal())
        email = self.email.strip()
        return replace(self, phone=phone_or_none(self.phone) or digits, email=email_or_none(email) or email)


@dataclass(frozen=True, kw_only=True)
class HandedInPaper:
    """A paper of the checklist as it was handed in (giấy tờ đã nộp)."""

    position: int
    originals: int = 0
    certified: int = 0
    copies: int = 0


@dataclass(frozen=True, kw_only=True)
class AttachedFile:
    """A stored file that belongs to the dossier (tệp đính kèm)."""

    digest: str
    name: str
    media_type: str
    size: int
    position: int | None = None
    kind: str = "scan"
    is_reused: bool = False


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """One application (đơn): what, for which unit, by whom, with which papers."""

    procedure_code: str
    unit_code: str
    applicant: Applicant
    channel: str = "desk"
    case_kind: str = ""
    papers: tuple[HandedInPaper, ...] = ()
    files: tuple[AttachedFile, ...] = ()
    form: Mapping[str, Any] = field(default_factory=dict)
    is_form_checked: bool = False
    """Whether the form was checked, and is as it is kept, when it was filed; not once more by a later version."""
    is_id_number_confirmed: bool = False
    """Somebody looked at the paper once more: a number of unusual shape really stands on it."""
    is_duplicate_confirmed: bool = False
    """Somebody looked at the open dossier of the same person and procedure: this is a separate application."""
    return_way: str = "desk"
    received_unit_code: str = ""
    """Where it is handed in, when that is another unit than the responsible one (phi địa giới)."""
    received_at: datetime | None = None
    """Only for what was received while the network was down, today and not after now; else now."""
    parent_code: str = ""
