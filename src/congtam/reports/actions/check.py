"""Check a printed file (kiểm tra lại số liệu đã in): does each figure say what its receipt says, and is it still so?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from congtam.foundation.public import Actor
from congtam.indicators.public import Figure, Recount, RowsOutOfSight, recount
from congtam.kernel.errors import NotFound
from congtam.kernel.periods import Period, PeriodMalformed
from congtam.reports.inspection.receipts import FigureReceipt, read_receipt
from congtam.reports.inspection.writing import value_text
from congtam.typesetting.public import BoundFigure, extract


class Recounted(StrEnum):
    """What counting again gives (kết quả đếm lại)."""

    SAME = "same"
    CHANGED = "changed"
    UNKNOWN = "unknown"
    """This installation has stored no such receipt, or the actor may not see it."""
    FORGED = "forged"
    """A receipt of this digest is stored and says something else."""


@dataclass(frozen=True, kw_only=True)
class CheckedFigure:
    """One figure of a file beside its receipt and beside today's count (số liệu đã kiểm tra)."""

    figure: BoundFigure
    receipt: FigureReceipt
    recounted: Recounted
    now: str = ""

    @property
    def expected(self) -> str:
        """What the receipt says, as a document prints it."""
        return value_text(self.receipt.value, self.receipt.measure)

    @property
    def is_as_receipt(self) -> bool:
        """Whether the printed number is the one of the receipt; spaces make no difference."""
        return "".join(self.figure.printed.split()) == "".join(self.expected.split())

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong with it and a count of today gives it again."""
        return self.is_as_receipt and self.recounted is Recounted.SAME


def check_file(content: bytes, *, actor: Actor) -> list[CheckedFigure]:
    """Every figure of a .docx or PDF of ours; raises as `extract` does, and ReceiptMalformed.

    The file proves nothing by itself: its receipts are compared with those stored here, then counted again on the data
    of now. A figure with the same receipt is counted once.
    """
    counted: dict[str, tuple[Recounted, str]] = {}
    checked: list[CheckedFigure] = []
    for figure in extract(content):
        receipt = read_receipt(figure.receipt, n=figure.n)
        key = repr(receipt)
        if key not in counted:
            counted[key] = _recounted(receipt, actor)
        recounted, now = counted[key]
        checked.append(CheckedFigure(figure=figure, receipt=receipt, recounted=recounted, now=now))
    return checked


def _recounted(receipt: FigureReceipt, actor: Actor) -> tuple[Recounted, str]:
    try:
        found = recount(receipt.digest, to=actor)
    except (NotFound, RowsOutOfSight):
        return Recounted.UNKNOWN, ""
    if not _is_stored(receipt, found):
        return Recounted.FORGED, ""
    now = value_text(_value(found.now), receipt.measure)
    return (Recounted.SAME if found.is_same else Recounted.CHANGED), now


def _value(figure: Figure) -> float | None:
    return None if figure.value is None else float(figure.value)


def _is_stored(receipt: FigureReceipt, found: Recount) -> bool:
    """Whether the file's receipt says what the stored one says, in everything a reader looks at."""
    stored = found.stored
    try:
        period = Period.parse(receipt.period)
    except PeriodMalformed:
        return False
    # Not the data version: the same rows counted on a later version give the same digest, stored once.
    own = (
        receipt.code, receipt.unit, f"{period.start}..{period.end}", receipt.map, receipt.definition_version,
        receipt.numerator, receipt.denominator, receipt.value,
    )  # fmt: skip
    kept = (
        stored["code"], stored["unit"], stored["period"], stored["map"], str(stored["definition_version"]),
        stored["numerator"], stored["denominator"], stored["value"],
    )  # fmt: skip
    return own == kept and found.now.definition.measure == receipt.measure
