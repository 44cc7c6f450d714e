"""Evidence against its digest, its files and the ledger (đối chiếu minh chứng)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from congtam.foundation.domain.evidence import frozen_digest, text_digest
from congtam.foundation.domain.references import Ref, ReferenceInvalid
from congtam.foundation.evidence import (
    ATTACHED,
    FROZEN,
    KIND,
    file_identity_json,
    frozen_piece,
    key_ref,
    provable_text,
)
from congtam.foundation.models import AuditEntry, EvidencePiece, EvidenceSeal
from congtam.foundation.person_keys import keys_of
from congtam.foundation.sealing import Alteration
from congtam.kernel.errors import msgid

_CHANGED: Final = msgid("its evidence does not give its digest")
_OTHER: Final = msgid("its digest is not the one the ledger holds")
_MISSING: Final = msgid("the ledger holds its frozen evidence, but it is gone")
_UNSEALED: Final = msgid("it is frozen, but the ledger holds no line of it")
_FILE: Final = msgid("a file is not the one that was attached")
_ATTACHED: Final = msgid("its evidence is not what the ledger says was attached")
_CHUNK: Final = 500


@dataclass
class _Evidence:
    """What the tables and the ledger hold of one subject."""

    pieces: list[EvidencePiece] = field(default_factory=list)
    seal: EvidenceSeal | None = None
    attached: dict[int, dict[str, Any]] = field(default_factory=dict)
    ledger_digest: str | None = None
    key: bytes | None = None
    """Under which names of files are digested; none where an earlier version attached everything."""


def altered_evidence() -> Iterator[Alteration]:
    """The subjects whose evidence is not what was attached, or not what was frozen.

    Open evidence is compared too: otherwise what is changed before the freeze would be frozen as if it were attached.
    What differs is looked at once more: somebody may have attached a piece between two looks.
    """
    subjects = iter(_subject_codes())
    while codes := list(islice(subjects, _CHUNK)):
        suspects = {fault.code for fault in _altered_evidence(codes)}
        if suspects:
            yield from (fault for fault in _altered_evidence(codes) if fault.code in suspects)


def _subject_codes() -> list[str]:
    """The codes of all subjects that a table or the ledger knows, in order."""
    of_ledger = AuditEntry.objects.filter(kind=KIND).values_list("key", flat=True)
    of_pieces = EvidencePiece.objects.values_list("subject_code", flat=True)
    of_seals = EvidenceSeal.objects.values_list("subject_code", flat=True)
    return sorted(of_ledger.union(of_pieces, of_seals))


def _altered_evidence(codes: Sequence[str]) -> Iterator[Alteration]:
    for subject, evidence in sorted(_read_evidence(codes).items()):
        if fault := _evidence_fault(subject, evidence):
            yield Alteration(code=subject, fault=fault)


def _read_evidence(codes: Sequence[str]) -> dict[str, _Evidence]:
    """Everything about the subjects with these codes, by subject; three queries."""
    evidence: dict[str, _Evidence] = defaultdict(_Evidence)
    for line in AuditEntry.objects.filter(kind=KIND, key__in=codes).order_by("pk"):
        _add_line(evidence, line)
    pieces = EvidencePiece.objects.filter(subject_code__in=codes).select_related("file")
    for piece in pieces.order_by("position"):
        evidence[f"{piece.subject_kind}:{piece.subject_code}"].pieces.append(piece)
    for seal in EvidenceSeal.objects.filter(subject_code__in=codes):
        evidence[f"{seal.subject_kind}:{seal.subject_code}"].seal = seal
    keys = keys_of(key_ref(Ref.parse(subject)) for subject in evidence)
    for subject, of_subject in evidence.items():
        of_subject.key = keys.get(key_ref(Ref.parse(subject)))
    return evidence


def _add_line(evidence: dict[str, _Evidence], line: AuditEntry) -> None:
    """Add what a line of the ledger says; a line that no longer reads counts as missing, its chain is checked apart."""
    try:
        sealed = json.loads(line.text)
        of_subject = evidence[str(Ref.parse(sealed["data"]["subject"]))]
        if line.verb == FROZEN:
            of_subject.ledger_digest = str(sealed.get("after", ""))
        elif line.verb == ATTACHED:
            clause = sealed["data"]["clause"]
            for entry in sealed["data"]["pieces"]:
                by = str(sealed["actor"])
                of_subject.attached[int(entry["position"])] = {**entry, "clause": clause, "attached_by": by}
    except (ValueError, KeyError, TypeError, AttributeError, ReferenceInvalid):
        return


def _evidence_fault(subject: str, evidence: _Evidence) -> str:
    """What is wrong with the evidence of a subject, compared with its seal, its files and the ledger in this order."""
    pieces, of_ledger = evidence.pieces, evidence.ledger_digest
    digest = evidence.seal.digest if evidence.seal else None
    if digest != of_ledger:
        one_sided = _MISSING if digest is None else _UNSEALED
        return one_sided if digest is None or of_ledger is None else _OTHER
    if digest is not None and digest not in _possible_digests(subject, evidence):
        return _CHANGED
    if any(
        one.file and (one.file.digest, file_identity_json(one.file)) != (one.digest, one.text)
        for one in pieces
    ):
        return _FILE
    is_complete = evidence.attached.keys() == {piece.position for piece in pieces}
    is_same = is_complete and all(
        _is_piece_of_entry(evidence.attached[piece.position], piece, evidence.key) for piece in pieces
    )
    return "" if is_same else _ATTACHED


def _possible_digests(subject: str, evidence: _Evidence) -> set[str]:
    """With names of files under the key, and plain as earlier versions froze them."""
    return {
        frozen_digest(Ref.parse(subject), (frozen_piece(piece, key=key) for piece in evidence.pieces))
        for key in {evidence.key, None}
    }


def _is_piece_of_entry(entry: dict[str, Any], piece: EvidencePiece, key: bytes | None) -> bool:
    """Whether a piece is the one of the ledger; lines of earlier versions do not seal the text, or seal it plain."""
    own_digests = {text_digest(provable_text(piece, key)), text_digest(piece.text)}
    own = {name: getattr(piece, name) for name in ("form", "ref", "digest", "clause", "attached_by")}
    return entry.get("text_digest", "") in {"", *own_digests} and own.items() <= entry.items()
