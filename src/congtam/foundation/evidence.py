"""Evidence (minh chứng): what a thing of any room rests on, attached piece by piece and frozen as a whole.

A subject is a `Ref`. A piece is another reference, a stored file, a receipt or rows of a fact, under the clause it
proves. After `freeze` nothing is added or changed: the database refuses it, and `congtam verify` compares the digest
with the pieces and with the ledger. The room that owns the subject asks its own right before it calls; here it is
asked that the actor can see the subject and everything attached to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Max, QuerySet

from congtam.foundation.audit import record
from congtam.foundation.domain.chain import canonical_json
from congtam.foundation.domain.evidence import (
    EvidenceForm,
    FrozenPiece,
    ReceiptEvidence,
    RowsEvidence,
    frozen_digest,
    receipt_text,
    rows_digest,
    rows_text,
    text_digest,
)
from congtam.foundation.domain.references import Ref
from congtam.foundation.domain.roles import Actor
from congtam.foundation.models import EvidencePiece, EvidenceSeal, StoredFile
from congtam.foundation.person_keys import key_for, keyed_digest, person_ref
from congtam.foundation.references import Resolved, resolve_many
from congtam.foundation.time import clock
from congtam.kernel.errors import DomainError, NotFound

__all__ = [
    "Evidence",
    "EvidenceFrozen",
    "EvidenceLine",
    "FileEvidence",
    "ReceiptEvidence",
    "RowsEvidence",
    "attach",
    "freeze",
    "read_evidence",
]

KIND: Final = "evidence"
ATTACHED: Final = "evidence.attached"
FROZEN: Final = "evidence.frozen"


@dataclass(frozen=True, kw_only=True)
class FileEvidence:
    """A stored file (tệp minh chứng); with ``ref`` only for who may see that too, else for who sees the subject."""

    stored: StoredFile
    ref: Ref | None = None


Attachable = Ref | FileEvidence | ReceiptEvidence | RowsEvidence


class EvidenceFrozen(DomainError):
    """Evidence was to be attached after the whole was frozen."""

    code = "evidence.frozen"
    message = "The evidence is frozen; nothing more can be added."


@dataclass(frozen=True, kw_only=True)
class EvidenceLine:
    """One piece as a reader sees it; of a withheld one only its position and clause are given."""

    position: int
    clause: str
    form: str = ""
    label: str = ""
    url: str = ""
    digest: str = ""
    text: str = ""
    is_withheld: bool = False


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The evidence of a subject as a reader sees it; ``digest`` is empty while it is open."""

    lines: tuple[EvidenceLine, ...]
    digest: str = ""
    frozen_at: datetime | None = None


@transaction.atomic
def attach(subject: Ref, *pieces: Attachable, clause: str = "", actor: Actor, unit_code: str = "") -> None:
    """Attach pieces of evidence to a subject under one clause, in their order (đính kèm minh chứng).

    Raises EvidenceFrozen, and NotFound for a subject or a piece that the actor may not see. ``unit_code`` names the
    chain of the ledger, as for the subject's other lines.
    """
    _lock_evidence(subject)
    if _find_seal(subject):
        raise EvidenceFrozen(subject=str(subject))
    rows = [_new_piece(piece) for piece in pieces]
    _require_visible([subject, *(Ref.parse(row.ref) for row in rows if row.ref)], actor)
    last = _pieces_of(subject).aggregate(last=Max("position"))["last"] or 0
    now = clock().now()
    for position, row in enumerate(rows, start=last + 1):
        row.subject_kind, row.subject_code, row.position = subject.kind, subject.code, position
        row.clause, row.attached_by, row.attached_at = clause, actor.username, now
    EvidencePiece.objects.bulk_create(rows)
    key = key_for(key_ref(subject))
    data = {"clause": clause, "pieces": [_ledger_entry(row, key) for row in rows]}
    _audit_evidence(subject, ATTACHED, actor=actor, unit_code=unit_code, data=data)


@transaction.atomic
def freeze(subject: Ref, *, actor: Actor, unit_code: str = "") -> str:
    """Close the evidence of a subject and return its digest (niêm phong minh chứng); a second call changes nothing."""
    _lock_evidence(subject)
    _require_visible([subject], actor)
    if seal := _find_seal(subject):
        return seal.digest
    key = key_for(key_ref(subject))
    pieces = [frozen_piece(row, key=key) for row in _pieces_of(subject)]
    digest = frozen_digest(subject, pieces)
    EvidenceSeal.objects.create(
        subject_kind=subject.kind,
        subject_code=subject.code,
        digest=digest,
        count=len(pieces),
        frozen_by=actor.username,
        frozen_at=clock().now(),
    )
    _audit_evidence(
        subject, FROZEN, actor=actor, unit_code=unit_code, data={"count": len(pieces)}, after=digest
    )
    return digest


def read_evidence(subject: Ref, *, to: Actor) -> Evidence:
    """The evidence of a subject, each piece or that it is withheld; NotFound for a subject the actor may not see."""
    rows = list(_pieces_of(subject).select_related("file"))
    refs = {row.pk: Ref.parse(row.ref) if row.ref else subject for row in rows}
    visible = resolve_many([subject, *refs.values()], to=to)
    if subject not in visible:
        raise NotFound(kind="reference", key=str(subject))
    lines = tuple(_evidence_line(row, visible.get(refs[row.pk])) for row in rows)
    seal = _find_seal(subject)
    if seal is None:
        return Evidence(lines=lines)
    return Evidence(lines=lines, digest=seal.digest, frozen_at=seal.frozen_at)


def key_ref(subject: Ref) -> str:
    """Under which reference the key stands that digests names of files: a name often names a person."""
    return person_ref(KIND, str(subject))


def frozen_piece(row: EvidencePiece, *, key: bytes | None) -> FrozenPiece:
    """One piece as it is frozen; without a key as earlier versions froze it."""
    return FrozenPiece(
        position=row.position,
        form=EvidenceForm(row.form),
        ref=row.ref,
        digest=row.digest,
        text=provable_text(row, key),
        clause=row.clause,
        attached_by=row.attached_by,
        attached_at=row.attached_at,
    )


def file_identity_json(stored: StoredFile) -> str:
    """The canonical JSON that names a file besides its content."""
    return canonical_json({"kind": stored.kind, "name": stored.name})


def provable_text(row: EvidencePiece, key: bytes | None) -> str:
    """What stands for the text of a piece where it can never be erased: of a file, its HMAC under the key."""
    return keyed_digest(key, row.text) if key and row.form == EvidenceForm.FILE else row.text


def _ledger_entry(row: EvidencePiece, key: bytes) -> dict[str, Any]:
    """What the ledger says of a piece when it is attached."""
    return {
        "position": row.position,
        "form": row.form,
        "ref": row.ref,
        "digest": row.digest,
        "text_digest": text_digest(provable_text(row, key)),
    }


def _new_piece(piece: Attachable) -> EvidencePiece:
    """The piece as it is stored, but for its place."""
    if isinstance(piece, Ref):
        return EvidencePiece(form=EvidenceForm.REFERENCE, ref=str(piece))
    ref = str(piece.ref) if piece.ref else ""
    if isinstance(piece, FileEvidence):
        stored = piece.stored
        text = file_identity_json(stored)
        return EvidencePiece(form=EvidenceForm.FILE, ref=ref, file=stored, digest=stored.digest, text=text)
    if isinstance(piece, RowsEvidence):
        return EvidencePiece(
            form=EvidenceForm.ROWS, ref=ref, digest=rows_digest(piece.keys), text=rows_text(piece)
        )
    text = receipt_text(piece)
    return EvidencePiece(form=EvidenceForm.RECEIPT, ref=ref, digest=text_digest(text), text=text)


def _evidence_line(row: EvidencePiece, resolved: Resolved | None) -> EvidenceLine:
    if resolved is None:
        return EvidenceLine(position=row.position, clause=row.clause, is_withheld=True)
    is_file = row.file is not None
    return EvidenceLine(
        position=row.position,
        clause=row.clause,
        form=row.form,
        label=row.file.name if row.file else resolved.label,
        url="" if is_file else resolved.url,
        digest=row.digest,
        text=row.text,
    )


def _require_visible(refs: Sequence[Ref], actor: Actor) -> None:
    visible = resolve_many(refs, to=actor)
    for ref in refs:
        if ref not in visible:
            raise NotFound(kind="reference", key=str(ref))


def _lock_evidence(subject: Ref) -> None:
    """Hold the evidence of a subject until the transaction ends; the triggers take the same lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT foundation_lock_evidence(%s, %s)", [subject.kind, subject.code])


def _pieces_of(subject: Ref) -> QuerySet[EvidencePiece]:
    pieces = EvidencePiece.objects.filter(subject_kind=subject.kind, subject_code=subject.code)
    return pieces.order_by("position")


def _find_seal(subject: Ref) -> EvidenceSeal | None:
    return EvidenceSeal.objects.filter(subject_kind=subject.kind, subject_code=subject.code).first()


def _audit_evidence(
    subject: Ref,
    verb: str,
    *,
    actor: Actor,
    unit_code: str,
    data: Mapping[str, Any],
    after: str | None = None,
) -> None:
    data = {**data, "subject": str(subject)}
    record(actor, verb, kind=KIND, key=subject.code, unit_code=unit_code, data=data, after=after)
