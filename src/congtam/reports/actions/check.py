"""Check a printed file (kiểm tra lại số liệu đã in): does each figure say what its receipt says, and is it still so?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from congtam.foundation.public import Actor
from congtam.indicators.public import Figure, Recount, RowsNotVisible, recount
from congtam.kernel.errors import NotFound
from congtam.kernel.periods import Period, PeriodMalformed
from congtam.reports.inspection.receipts import FigureReceipt, read_receipt
from congtam.reports.inspection.writing import value_text
from congtam.typesetting.public import BoundFigure, extract_figures


class RecountOutcome(StrEnum):
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
    recounted: RecountOutcome
    now: str = ""

    @property
    def expected_text(self) -> str:
        """What the receipt says, as a document prints it."""
        return value_text(self.receipt.value, self.receipt.measure)

    @property
    def is_as_receipt(self) -> bool:
        """Whether the printed number is the one of the receipt; spaces make no difference."""
        return _comparable_text(self.figure.printed) == _comparable_text(self.expected_text)

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong with it and a count of today gives it again."""
        return self.is_as_receipt and self.recounted is RecountOutcome.SAME


def _comparable_text(printed: str) -> str:
    """Without spaces, and without the two words by which documents printed before 2026-12 called a working day."""
    return "".join(printed.split()).removesuffix("làmviệc")


def check_file(content: bytes, *, actor: Actor) -> list[CheckedFigure]:
    """Every figure of a .docx or PDF of ours; raises as `extract` does, and ReceiptMalformed.

    The file proves nothing by itself: its receipts are compared with those stored here, then counted again on the data
    of now. A figure with the same receipt is counted once.
    """
    counted: dict[str, tuple[RecountOutcome, str]] = {}
    checked: list[CheckedFigure] = []
    for figure in extract_figures(content):
        receipt = read_receipt(figure.receipt, n=figure.n)
        key = repr(receipt)
        if key not in counted:
            counted[key] = _recount_receipt(receipt, actor)
        recounted, now = counted[key]
        checked.append(CheckedFigure(figure=figure, receipt=receipt, recounted=recounted, now=now))
    return checked


def _recount_receipt(receipt: FigureReceipt, actor: Actor) -> tuple[RecountOutcome, str]:
    try:
        recounted = recount(receipt.digest, to=actor)
    except (NotFound, RowsNotVisible):
        return RecountOutcome.UNKNOWN, ""
    if not _is_same_as_stored(receipt, recounted):
        return RecountOutcome.FORGED, ""
    now = value_text(_float_value(recounted.now), receipt.measure)
    return (RecountOutcome.SAME if recounted.is_same else RecountOutcome.CHANGED), now


def _float_value(figure: Figure) -> float | None:
    return None if figure.value is None else float(figure.value)


def _is_same_as_stored(receipt: FigureReceipt, recounted: Recount) -> bool:
    """Whether the file's receipt says what the stored one says, in everything a reader looks at."""
    stored = recounted.stored
    try:
        period = Period.parse(receipt.period)
    except PeriodMalformed:
        return False
    # Not the data version: the same rows counted on a later version give the same digest, stored once.
    printed_values = (
        receipt.code, receipt.unit, f"{period.start}..{period.end}", receipt.map, receipt.definition_version,
        receipt.numerator, receipt.denominator, receipt.value,
    )  # fmt: skip
    stored_values = (
        stored["code"], stored["unit"], stored["period"], stored["map"], str(stored["definition_version"]),
        stored["numerator"], stored["denominator"], stored["value"],
    )  # fmt: skip
    return printed_values == stored_values and recounted.now.definition.measure == receipt.measure
