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
from congtam.foundation.evidence import ATTACHED, FROZEN, KIND, file_text, frozen_piece
from congtam.foundation.models import AuditEntry, EvidencePiece, EvidenceSeal
from congtam.foundation.sealing import Alteration

_CHANGED: Final = "its evidence does not give its digest"
_OTHER: Final = "its digest is not the one the ledger holds"
_MISSING: Final = "the ledger holds its frozen evidence, but it is gone"
_UNSEALED: Final = "it is frozen, but the ledger holds no line of it"
_FILE: Final = "a file is not the one that was attached"
_ATTACHED: Final = "its evidence is not what the ledger says was attached"
_CHUNK: Final = 500


@dataclass
class _Evidence:
    """What the tables and the ledger hold of one subject."""

    pieces: list[EvidencePiece] = field(default_factory=list)
    seal: EvidenceSeal | None = None
    attached: dict[int, dict[str, Any]] = field(default_factory=dict)
    ledger_digest: str | None = None


def altered_evidence() -> Iterator[Alteration]:
    """The subjects whose evidence is not what was attached, or not what was frozen.

    Open evidence is compared too: otherwise what is changed before the freeze would be frozen as if it were attached.
    What differs is looked at once more: somebody may have attached a piece between two looks.
    """
    subjects = iter(_subject_codes())
    while codes := list(islice(subjects, _CHUNK)):
        suspects = {fault.code for fault in _faults(codes)}
        if suspects:
            yield from (fault for fault in _faults(codes) if fault.code in suspects)


def _subject_codes() -> list[str]:
    """The codes of all subjects that a table or the ledger knows, in order."""
    of_ledger = AuditEntry.objects.filter(kind=KIND).values_list("key", flat=True)
    of_pieces = EvidencePiece.objects.values_list("subject_code", flat=True)
    of_seals = EvidenceSeal.objects.values_list("subject_code", flat=True)
    return sorted(of_ledger.union(of_pieces, of_seals))


def _faults(codes: Sequence[str]) -> Iterator[Alteration]:
    for subject, evidence in sorted(_read(codes).items()):
        if fault := _fault(subject, evidence):
            yield Alteration(code=subject, fault=fault)


def _read(codes: Sequence[str]) -> dict[str, _Evidence]:
    """Everything about the subjects with these codes, by subject; three queries."""
    evidence: dict[str, _Evidence] = defaultdict(_Evidence)
    for line in AuditEntry.objects.filter(kind=KIND, key__in=codes).order_by("pk"):
        _add_line(evidence, line)
    pieces = EvidencePiece.objects.filter(subject_code__in=codes).select_related("file")
    for piece in pieces.order_by("position"):
        evidence[f"{piece.subject_kind}:{piece.subject_code}"].pieces.append(piece)
    for seal in EvidenceSeal.objects.filter(subject_code__in=codes):
        evidence[f"{seal.subject_kind}:{seal.subject_code}"].seal = seal
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


def _fault(subject: str, evidence: _Evidence) -> str:
    if fault := _fault_of_seal(subject, evidence):
        return fault
    if not all(map(_has_its_file, evidence.pieces)):
        return _FILE
    return "" if _is_as_attached(evidence) else _ATTACHED


def _fault_of_seal(subject: str, evidence: _Evidence) -> str:
    if evidence.seal is None:
        return "" if evidence.ledger_digest is None else _MISSING
    if evidence.ledger_digest is None:
        return _UNSEALED
    if evidence.seal.digest != evidence.ledger_digest:
        return _OTHER
    digest = frozen_digest(Ref.parse(subject), map(frozen_piece, evidence.pieces))
    return "" if digest == evidence.seal.digest else _CHANGED


def _has_its_file(piece: EvidencePiece) -> bool:
    """Whether the row of the file is still the one whose digest and name were attached."""
    if piece.file is None:
        return True
    return piece.file.digest == piece.digest and file_text(piece.file) == piece.text


def _is_as_attached(evidence: _Evidence) -> bool:
    """Whether the pieces are those of the ledger, one for one; lines of earlier versions do not seal the text."""
    if evidence.attached.keys() != {piece.position for piece in evidence.pieces}:
        return False
    return all(_says(evidence.attached[piece.position], piece) for piece in evidence.pieces)


def _says(entry: dict[str, Any], piece: EvidencePiece) -> bool:
    names = ("form", "ref", "digest", "clause", "attached_by")
    is_same = all(entry.get(name) == getattr(piece, name) for name in names)
    return is_same and entry.get("text_digest", text_digest(piece.text)) == text_digest(piece.text)
