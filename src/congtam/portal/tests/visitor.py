"""A person without an account, for tests: files online, looks up, sends papers in, rates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from congtam.kernel.clock import FixedClock
from congtam.portal.models import Draft
from congtam.portal.tests.one_stop import MARRIAGE, Filing

WARD: Final = "00688"
PDF: Final = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
PERSON: Final = {
    "kind": "citizen",
    "name": "Giàng Thị Say",
    "id_number": "002 190 000 123",
    "phone": "0912.345.678",
    "email": "say@example.vn",
    "address": "Tổ 3, phường Quang Trung",
}


def scan(name: str = "to-khai.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def begin(client: Client, code: str = MARRIAGE) -> Draft:
    """Begin an application; the browser gets its key."""
    answer = client.post(f"/public/file/{code}/")
    assert answer.status_code == 302
    return Draft.objects.get(key=answer.headers["Location"].split("/")[3])


def put(client: Client, draft: Draft, step: str, **fields: Any) -> HttpResponse:
    """Send one page of the form."""
    return client.post(f"/public/draft/{draft.key}/{step}/", fields)  # type: ignore[return-value]


def fill(client: Client, draft: Draft, **changes: Any) -> None:
    """Fill in every page up to the last."""
    put(client, draft, "office", unit_code=changes.pop("unit_code", WARD))
    put(client, draft, "person", **{**PERSON, **changes})
    put(client, draft, "content", **{"form.request": "Xin đăng ký kết hôn", "form.note": ""})
    put(client, draft, "papers", **{"papers.0": scan("to-khai.pdf"), "papers.1": scan("giay-xac-nhan.pdf")})
    put(client, draft, "return", return_way="online")


def file(client: Client, clock: FixedClock, **changes: Any) -> Any:
    """File the marriage application online."""
    draft = begin(client)
    fill(client, draft, **changes)
    clock.instant += timedelta(minutes=4)
    answer = put(client, draft, "check", truth="1")
    assert answer.status_code == 302, answer.content.decode()
    draft.refresh_from_db()
    return Filing.objects.get(code=draft.filing_code)


def show_slip(client: Client, code: str, secret: str) -> HttpResponse:
    """Look a dossier up by code and secret."""
    return client.post("/public/lookup/", {"code": code, "secret": secret})  # type: ignore[return-value]
