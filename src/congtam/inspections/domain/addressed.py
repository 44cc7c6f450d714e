"""The part of a pack that is addressed to the inspected unit (phần gửi đơn vị được kiểm tra).

Announced: which unit and period, how the sample will be drawn, and the unit's own figures. Open: the red flags it must
explain and the sample it must bring. Why a dossier was sampled stays with the team in every state.
"""

from __future__ import annotations

from dataclasses import replace

from congtam.inspections.domain.content import PackContent
from congtam.inspections.domain.states import PackState


def content_for_unit(content: PackContent, state: str) -> PackContent:
    """What of the content the unit reads in a state in which it reads anything."""
    if state == PackState.OPEN:
        rows = tuple(replace(line, reasons=()) for line in content.sample.rows)
        return replace(content, sample=replace(content.sample, rows=rows, reasons_hidden=True))
    sample = replace(content.sample, strata=(), rows=(), reasons_hidden=True)
    return replace(content, flags=(), flag_names={}, flag_list=None, sample=sample)
