"""Keys of persons: what stands under one, and what is left when it was destroyed."""

from __future__ import annotations

import hmac

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from congtam.foundation.domain.keyed_digests import keyed_digest
from congtam.foundation.models import AuditEntry, PersonKey
from congtam.foundation.person_keys import (
    PersonErased,
    count_erased,
    decrypt,
    encrypt,
    erase,
    key_for,
    pseudonym,
    unrecorded_erasures,
)
from congtam.foundation.public import console_actor
from congtam.kernel.errors import InputRefused

REF = "dossier/H24.1"
PHONE = "0912345678"


@given(st.binary(min_size=1, max_size=64), st.text(max_size=200))
def test_the_digest_is_hmac(key: bytes, text: str) -> None:
    storable = text.encode(errors="replace").decode()
    assert keyed_digest(key, storable) == hmac.new(key, storable.encode(), "sha256").hexdigest()


@pytest.mark.django_db
def test_the_database_makes_the_same_digest() -> None:
    for text in ("", "Vừ Thị Mỷ", "a\x1fb\n" * 99):
        with connection.cursor() as cursor:
            cursor.execute("SELECT foundation_hmac(%s, %s)", [key_for(REF), text])
            assert cursor.fetchone() == (pseudonym(REF, text),)


@pytest.mark.django_db
def test_a_person_has_one_key_and_nobody_else_has_it() -> None:
    assert key_for(REF) == key_for(REF) != key_for("dossier/H24.2")
    assert len(key_for(REF)) == 32
    assert pseudonym(REF, PHONE) == pseudonym(REF, PHONE) != pseudonym("dossier/H24.2", PHONE)


@pytest.mark.django_db
def test_what_is_encrypted_is_read_again_and_by_nobody_else() -> None:
    token = encrypt(REF, PHONE)
    assert PHONE not in token != encrypt(REF, PHONE)
    assert decrypt(REF, token) == PHONE
    with pytest.raises(InvalidTag):
        decrypt("dossier/H24.2", token)


@pytest.mark.django_db
def test_erasing_destroys_the_key_for_good() -> None:
    token = encrypt(REF, PHONE)
    assert erase(REF, reason="request", actor=console_actor())
    assert not erase(REF, reason="request", actor=console_actor()), "a second time nothing is done"
    with pytest.raises(PersonErased):
        decrypt(REF, token)
    with pytest.raises(PersonErased):
        encrypt(REF, PHONE)
    assert (PersonKey.objects.get(ref=REF).key, count_erased()) == (None, 1)
    assert list(unrecorded_erasures()) == []


@pytest.mark.django_db
def test_the_ground_is_no_free_text() -> None:
    with pytest.raises(InputRefused):
        erase(REF, reason="Bà Vừ Thị Mỷ muốn thế", actor=console_actor())
    assert not AuditEntry.objects.filter(kind="person").exists()


@pytest.mark.django_db
def test_a_key_that_came_back_with_a_backup_is_told() -> None:
    kept = key_for(REF)
    erase(REF, reason="request", actor=console_actor())
    PersonKey.objects.filter(ref=REF).update(key=kept, destroyed_at=None)
    assert [found.code for found in unrecorded_erasures()] == [REF]
    assert erase(REF, reason="request", actor=console_actor())
    assert list(unrecorded_erasures()) == []
