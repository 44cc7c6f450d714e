"""Lines that the printed forms share (dòng trên mẫu phiếu): a label and what is filled in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode

from django.conf import settings

from congtam.dossiers.printing.public import PrintedDossier
from congtam.dossiers.slots import PUBLIC_LOOKUP
from congtam.typesetting.public import Paragraph, Signer, Text

DOTS: Final = "…" * 12
SIGN_HERE: Final = "(Ký và ghi rõ họ tên)"
SEAL_HERE: Final = "(Ký, ghi rõ họ tên và đóng dấu)"
RETURN_PLACES: Final = {
    "post": "dịch vụ bưu chính công ích, theo địa chỉ của người nộp",
    "online": "Cổng Dịch vụ công (bản điện tử)",
}


def labelled_line(label: str, value: str, *, bold: bool = False) -> Paragraph:
    """``Địa chỉ: …``: what is not known is left to be written by hand."""
    return Paragraph((Text(f"{label}: "), Text(value or DOTS, bold=bold and bool(value))))


def reason_line(label: str, reason: object) -> Paragraph:
    """A reason as somebody wrote it, closed with a full stop."""
    text = str(reason or "").strip()
    return labelled_line(label, text if not text or text[-1] in ".!?" else f"{text}.")


def plain_paragraph(*texts: str) -> Paragraph:
    """A paragraph of plain text."""
    return Paragraph((Text(" ".join(text for text in texts if text)),))


def numbered_list(items: tuple[str, ...]) -> Iterator[Paragraph]:
    """A list with Arabic numbers, each item closed as the forms do."""
    last = len(items)
    for position, item in enumerate(items, start=1):
        end = "." if position == last else ";"
        yield plain_paragraph(f"{position}. {item.rstrip(' .;')}{end}")


def person_lines(dossier: PrintedDossier, *, label: str = "Hồ sơ của") -> Iterator[Paragraph]:
    """Who applies, and how to reach them."""
    person = dossier.person
    yield labelled_line(label, person.name, bold=True)
    yield labelled_line("Địa chỉ", person.address)
    phone, email = person.phone or DOTS, person.email or DOTS
    yield plain_paragraph(f"Số điện thoại: {phone}; Email: {email}")


def subject_line(dossier: PrintedDossier) -> Paragraph:
    """What is applied for."""
    code = f" (mã thủ tục {dossier.procedure_code})" if dossier.procedure_code else ""
    return labelled_line("Nội dung yêu cầu giải quyết", f"{dossier.procedure_name}{code}")


def form_of_address(dossier: PrintedDossier) -> str:
    """How a letter speaks of the applicant."""
    return "Ông/Bà" if dossier.person.kind in {"", "citizen"} else "Quý cơ quan, tổ chức"


def make_signer(role: str, name: str = "", *, note: str = SIGN_HERE) -> Signer:
    """Who signs, in capitals, with what to do below."""
    return Signer(capacity=(role,), note=note, name=name)


def lookup_address(code: str, secret: str) -> str:
    """Where the QR code leads; the secret opens this one dossier and nothing else. Without one, nowhere."""
    if not secret:
        return ""
    path = PUBLIC_LOOKUP.url(code)
    return f"{settings.CONGTAM_SITE_URL}{path}?{urlencode({'k': secret})}"
