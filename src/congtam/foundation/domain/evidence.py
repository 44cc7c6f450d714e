"""What a statement rests on (minh chứng), as values, and the digest that freezes it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from congtam.foundation.domain.chain import canonical_json
from congtam.foundation.domain.references import Ref


class EvidenceForm(StrEnum):
    """What a piece of evidence is."""

    REFERENCE = "reference"
    FILE = "file"
    RECEIPT = "receipt"
    ROWS = "rows"


@dataclass(frozen=True, kw_only=True)
class ReceiptEvidence:
    """A figure with its receipt (số liệu kèm nguồn); ``ref`` names the figure and decides who may see it."""

    ref: Ref
    content: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class RowsEvidence:
    """Rows of a fact at one data version (các dòng dữ liệu), by their keys; ``ref`` decides who may see them.

    Only their number and the digest of their keys are stored: the rows themselves are read from the version.
    """

    ref: Ref
    fact: str
    data_version: str
    keys: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class FrozenPiece:
    """One piece of evidence in the form in which it is stored and frozen.

    ``digest`` is that of a file's content, of a receipt or of the keys of rows; empty for a reference. ``text`` is the
    canonical JSON of the rest.
    """

    position: int
    form: EvidenceForm
    ref: str
    digest: str
    text: str
    clause: str
    attached_by: str
    attached_at: datetime


def text_digest(text: str) -> str:
    """The SHA-256 of a text as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def receipt_text(receipt: ReceiptEvidence) -> str:
    """The canonical JSON of a receipt."""
    return canonical_json(receipt.content)


def rows_text(rows: RowsEvidence) -> str:
    """The canonical JSON that names rows without listing them."""
    return canonical_json({"count": len(rows.keys), "data_version": rows.data_version, "fact": rows.fact})


def rows_digest(keys: Iterable[str]) -> str:
    """The digest of the keys of rows, whatever their order.

    >>> rows_digest(["b", "a"]) == rows_digest(["a", "b"])
    True
    """
    return text_digest(canonical_json({"keys": sorted(keys)}))


def frozen_digest(subject: Ref, pieces: Iterable[FrozenPiece]) -> str:
    """The digest of all evidence of a subject, in its order: who attached what, when, and for which clause."""
    lines = [
        {
            "position": piece.position,
            "form": piece.form.value,
            "ref": piece.ref,
            "digest": piece.digest,
            "text": piece.text,
            "clause": piece.clause,
            "by": piece.attached_by,
            "at": piece.attached_at.isoformat(),
        }
        for piece in pieces
    ]
    return text_digest(canonical_json({"subject": str(subject), "evidence": lines}))
