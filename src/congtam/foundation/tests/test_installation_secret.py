"""What is kept for hours only cannot be read with the database alone."""

from __future__ import annotations

import pytest
from django.conf import LazySettings

from congtam.foundation.idempotency import StoredResult, carry_out_once
from congtam.foundation.installation_secret import decrypt, encrypt
from congtam.foundation.models import IdempotencyKey


def test_a_text_is_read_again_for_its_purpose_only() -> None:
    token = encrypt("Vừ Thị Mỷ", purpose="one")
    assert "Vừ" not in token
    assert decrypt(token, purpose="one") == "Vừ Thị Mỷ"
    assert decrypt(token, purpose="other") is None
    assert decrypt("as it was before", purpose="one", accepts_plain=True) == "as it was before"
    assert decrypt("as it was before", purpose="one") is None
    assert decrypt("aesgcm:x", purpose="one") is None


def test_another_secret_reads_nothing(settings: LazySettings) -> None:
    token = encrypt("Vừ Thị Mỷ", purpose="one")
    settings.SECRET_KEY = "another"
    assert decrypt(token, purpose="one") is None


@pytest.mark.django_db
def test_a_stored_answer_and_its_request_are_under_the_secret() -> None:
    carry_out_once("clerk", "k", carry_out=lambda: StoredResult(body="Vừ Thị Mỷ"), digest="d" * 64)
    row = IdempotencyKey.objects.get()
    assert "Vừ" not in row.body
    assert row.request_digest not in {"", "d" * 64}
    again = carry_out_once("clerk", "k", carry_out=lambda: StoredResult(body="other"), digest="d" * 64)
    assert (again.body, again.is_replayed) == ("Vừ Thị Mỷ", True)
