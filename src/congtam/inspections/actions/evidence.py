"""What a pack rests on (minh chứng của bộ số liệu), attached and frozen when the pack is prepared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from congtam.foundation.evidence import ReceiptEvidence, RowsEvidence, attach, freeze
from congtam.foundation.public import Actor
from congtam.foundation.references import Ref
from congtam.indicators.public import figure_ref
from congtam.inspections.domain.content import PackContent
from congtam.inspections.frame import FACT
from congtam.inspections.models import InspectionPack


def pack_ref(key: str) -> Ref:
    """The reference to a pack."""
    return Ref("inspection_pack", key)


def freeze_evidence(pack: InspectionPack, content: PackContent, *, actor: Actor) -> None:
    """Attach every figure of the unit with its receipt and the rows of the sample, and freeze them."""
    subject, unit = pack_ref(pack.key), Ref("unit", content.unit.code)
    attach(subject, *_receipt_evidence(content), actor=actor, unit_code=pack.unit_code)
    codes = [line.dossier.code for line in content.sample.rows]
    if codes:
        sample = RowsEvidence(ref=unit, fact=FACT, data_version=content.data_version, keys=codes)
        attach(subject, sample, actor=actor, unit_code=pack.unit_code)
    freeze(subject, actor=actor, unit_code=pack.unit_code)


def _receipt_evidence(content: PackContent) -> Iterator[ReceiptEvidence]:
    for line in content.indicators:
        for receipt in filter(None, (line.now, line.previous, line.last_year)):
            ref = figure_ref(receipt.code, receipt.unit, receipt.period)
            yield ReceiptEvidence(ref=ref, content=asdict(receipt))
