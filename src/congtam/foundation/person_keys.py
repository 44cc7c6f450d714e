"""One key for each person whose data come near what is never erased (khóa theo người).

Ledger, outbox and digests hold personal values only under such a key, so erasing a person is destroying the key: what
was sealed stays sealed, and nobody can tell any more of whom it was. A person is met by what they have to do with, so
there is one key for each dossier (``person_ref``); rooms that keep something of the person say what to blank with
``declare_erasure``.
"""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, transaction

from congtam.foundation.audit import record, recorded_keys
from congtam.foundation.domain.keyed_digests import KEY_BYTES, keyed_digest
from congtam.foundation.domain.roles import Actor
from congtam.foundation.models import Notification, PersonKey
from congtam.foundation.sealing import Alteration
from congtam.foundation.time import real_clock
from congtam.kernel.errors import DomainError, InputRefused, Problem, msgid

__all__ = [
    "ERASED",
    "GROUNDS",
    "KIND",
    "PersonErased",
    "count_erased",
    "declare_erasure",
    "decrypt",
    "encrypt",
    "ensure_keys",
    "erase",
    "key_for",
    "keyed_digest",
    "keys_of",
    "new_key",
    "new_keys",
    "person_ref",
    "pseudonym",
    "unrecorded_erasures",
]
ERASED: Final = "person.erased"
KIND: Final = "person"
GROUNDS: Final = ("request", "court_order", "retention_ended", "mistake")
"""Why a person is erased (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15): their own request, a court, the end of the time of
keeping, or that the data should never have been stored."""
_NONCE_BYTES: Final = 12
Eraser = Callable[[str, Actor], None]
_erasers: dict[str, Eraser] = {}


class PersonErased(DomainError):
    """The key was destroyed: nothing more is written under it."""

    code = "persons.erased"
    message = msgid("The personal data of {ref} were erased. Nothing personal can be added.")


def person_ref(kind: str, code: str) -> str:
    """Under which reference the key of the person behind a thing stands, such as ``dossier/H24.26``."""
    return f"{kind}/{code}"


def new_key() -> bytes:
    """A key for a person, at random."""
    return os.urandom(KEY_BYTES)


def new_keys(count: int) -> list[bytes]:
    """Many keys at once."""
    pool = os.urandom(KEY_BYTES * count)
    return [pool[start : start + KEY_BYTES] for start in range(0, len(pool), KEY_BYTES)]


def key_for(ref: str) -> bytes:
    """The key of a person, made when there is none yet; raises PersonErased once it was destroyed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT foundation_person_key(%s)", [ref])
        key = cursor.fetchone()[0]
    if key is None:
        raise PersonErased(ref=ref)
    return bytes(key)


def keys_of(refs: Iterable[str]) -> dict[str, bytes | None]:
    """The keys that exist; of one that was destroyed, None."""
    rows = PersonKey.objects.filter(ref__in=list(refs)).values_list("ref", "key")
    return {ref: None if key is None else bytes(key) for ref, key in rows}


def ensure_keys(refs: Iterable[str]) -> dict[str, bytes | None]:
    """The keys of these persons, made where there are none; of one that was destroyed, None."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ref, foundation_person_key(ref) FROM unnest(%s::text[]) ref", [sorted(set(refs))]
        )
        return {ref: None if key is None else bytes(key) for ref, key in cursor.fetchall()}


def pseudonym(ref: str, value: str) -> str:
    """What stands for a personal value where it can never be erased: its HMAC-SHA-256 under the person's key."""
    return keyed_digest(key_for(ref), value)


def encrypt(ref: str, text: str) -> str:
    """A personal text that is still needed, under the person's key (AES-256-GCM)."""
    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(key_for(ref)).encrypt(nonce, text.encode(), ref.encode())
    return urlsafe_b64encode(nonce + sealed).decode()


def decrypt(ref: str, token: str) -> str:
    """The text again; raises PersonErased once the key was destroyed."""
    raw = urlsafe_b64decode(token)
    return AESGCM(key_for(ref)).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], ref.encode()).decode()


def declare_erasure(name: str, eraser: Eraser) -> None:
    """Have a function called in the transaction of every erasure, with the reference of the person.

    It is idempotent, and writes the line of its own room when it changed something that the ledger sealed."""
    _erasers[name] = eraser


@transaction.atomic
def erase(ref: str, *, reason: str, actor: Actor) -> bool:
    """Destroy the key of a person and blank what the rooms keep of them (xóa dữ liệu cá nhân); False if it was done.

    The caller has checked the right. The ledger says who did it and on what ground, which is one of a few words, never
    a free text: the reason would outlive the person.
    """
    if reason not in GROUNDS:
        message = msgid("Choose a reason for the erasure: {reasons}.")
        data = {"reasons": ", ".join(GROUNDS)}
        raise InputRefused([Problem(code="erasure_reason", message=message, data=data, column="reason")])
    key = PersonKey.objects.select_for_update().filter(ref=ref).first()
    if key is not None and key.destroyed_at is not None:
        return False
    now = real_clock().now()
    key = key or PersonKey(ref=ref, created_at=now)
    key.key, key.destroyed_at = None, now
    key.save()
    kind, _slash, code = ref.partition("/")
    Notification.objects.filter(subject_kind=kind, subject_code=code, username="").delete()
    for eraser in _erasers.values():
        eraser(ref, actor)
    record(actor, ERASED, kind=KIND, key=ref, data={"reason": reason})
    return True


def unrecorded_erasures() -> Iterator[Alteration]:
    """Keys that were destroyed behind the program, and persons who came back, as from a backup."""
    destroyed = set(PersonKey.objects.filter(destroyed_at__isnull=False).values_list("ref", flat=True))
    erased = set(recorded_keys(ERASED, kind=KIND))
    for ref in sorted(destroyed - erased):
        yield Alteration(code=ref, fault=msgid("its key was destroyed without a record in the ledger"))
    for ref in sorted(erased - destroyed):
        yield Alteration(
            code=ref,
            fault=msgid("it was erased according to the ledger, but its key is here: erase it again"),
        )


def count_erased() -> int:
    """How many persons were erased."""
    return PersonKey.objects.filter(destroyed_at__isnull=False).count()
