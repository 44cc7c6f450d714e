"""Frozen evidence against its digest and the ledger (đối chiếu minh chứng đã niêm phong)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from congtam.foundation.domain.evidence import frozen_digest
from congtam.foundation.domain.references import Ref
from congtam.foundation.evidence import FROZEN, KIND, frozen_pieces
from congtam.foundation.models import AuditEntry, EvidenceSeal
from congtam.foundation.sealing import Alteration

_CHANGED: Final = "its evidence does not give its digest"
_OTHER: Final = "its digest is not the one the ledger holds"
_MISSING: Final = "the ledger holds its frozen evidence, but it is gone"


def altered_evidence() -> Iterator[Alteration]:
    """The subjects whose frozen evidence is not what was frozen."""
    texts = AuditEntry.objects.filter(kind=KIND, verb=FROZEN).order_by("pk").values_list("text", flat=True)
    for text in texts.iterator(chunk_size=1000):
        sealed = json.loads(text)
        subject = Ref.parse(sealed["data"]["subject"])
        if fault := _fault(subject, str(sealed.get("after", ""))):
            yield Alteration(code=str(subject), fault=fault)


def _fault(subject: Ref, ledger_digest: str) -> str:
    seal = EvidenceSeal.objects.filter(subject_kind=subject.kind, subject_code=subject.code).first()
    if seal is None:
        return _MISSING
    if seal.digest != ledger_digest:
        return _OTHER
    return "" if frozen_digest(subject, frozen_pieces(subject)) == seal.digest else _CHANGED
