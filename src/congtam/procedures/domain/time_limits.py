"""Reading a time limit out of the words of the catalogue; what is not plain is kept as text, never guessed.

Source of the phrases: the national catalogue of procedures, July 2026.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from congtam.kernel.vietnamese import comparison_key, nfc


class TimeUnit(StrEnum):
    """What a time limit is counted in (đơn vị tính thời hạn)."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    HOURS = "hours"
    MONTHS = "months"


class ConditionKind(StrEnum):
    """What a further sentence beside a limit says."""

    REMOTE_COMMUNES = "remote_communes"
    NOT_COUNTED = "not_counted"
    LATE_RECEIPT = "late_receipt"
    NOTE = "note"


@dataclass(frozen=True)
class Amount:
    """A number of days, hours or months."""

    value: Decimal
    unit: TimeUnit

    @classmethod
    def from_number(cls, value: float, unit: TimeUnit) -> Amount:
        """An amount from a plain number."""
        return cls(Decimal(str(value)), unit)


@dataclass(frozen=True)
class Condition:
    """A sentence that changes the limit in some cases, with its amount where that is plain (điều kiện)."""

    kind: ConditionKind
    text: str
    amount: Amount | None = None
    is_extra: bool = False
    """Whether the amount comes on top of the limit instead of replacing it."""


@dataclass(frozen=True)
class TimeLimit:
    """A limit as read (thời hạn giải quyết): the amount, or the reason why there is none, and the text as it was."""

    raw_text: str
    amount: Amount | None
    conditions: tuple[Condition, ...] = ()
    reason: str = ""

    @property
    def is_parsed(self) -> bool:
        """Whether the text says one plain amount."""
        return self.amount is not None


_UNITS: Final = {
    "ngày làm việc": TimeUnit.WORKING_DAYS,
    "ngày": TimeUnit.CALENDAR_DAYS,
    "giờ làm việc": TimeUnit.HOURS,
    "giờ": TimeUnit.HOURS,
    "tháng": TimeUnit.MONTHS,
}
_QUANTITY = (
    r"(?P<value>\d+(?:[.,]\d+)?)\s*(?:\([^)\d]*\)\s*)?(?P<unit>ngày làm việc|ngày|giờ làm việc|giờ|tháng)"
)
_AMOUNT: Final = re.compile(rf"\b{_QUANTITY}(?!\s*\d)\b")
_LEAD: Final = (
    r"(?:[-+*•\s]*)(?:thời (?:hạn|gian)(?: giải quyết| thực hiện)?(?: thủ tục)?\s*:?\s*)?"
    r"(?:trong (?:thời hạn|vòng)\s+)?(?:không quá|tối đa(?: là)?)?\s*"
)
_START: Final = (
    r"(?:,?\s*\(?(?:kể )?từ (?:ngày|khi|thời điểm)"
    r"[^.;]*?(?:nhận|tiếp nhận)[^.;]*?(?:hồ sơ|đơn|tờ khai)[^.;]*)?"
)
_REPEATED: Final = (
    r"(?:(?<=ngày làm việc)\s+ngày(?: làm việc)?\b|(?<=giờ làm việc)\s+giờ(?: làm việc)?\b"
    r"|(?<=ngày)\s+ngày\b|(?<=giờ)\s+giờ\b|(?<=tháng)\s+tháng\b)?"
)
"""The unit once more, as tables write it behind a text that has it already."""
_MAIN: Final = re.compile(rf"{_LEAD}{_QUANTITY}{_REPEATED}{_START}[\s.;,:)]*")
_SAME_DAY: Final = re.compile(
    rf"{_LEAD}(?:ngay )?trong ngày(?: làm việc)?(?: nhận được hồ sơ)?{_START}[\s.;,]*"
)
_RANGE: Final = re.compile(r"\d\s*(?:-|–|đến)\s*\d+\s*(?:ngày|giờ|tháng)")
_SENTENCE: Final = re.compile(r"<br\s*/?>|\n|(?<=\D)[.;]\s+", re.IGNORECASE)
_NOT_STATED: Final = frozenset({"", "n/a", "không có thông tin", "không quy định", "không", "-", "không có"})
_REMOTE: Final = re.compile(r"miền núi|hải đảo|vùng sâu|vùng xa|biên giới|đặc biệt khó khăn")
_TIME: Final = re.compile(r"thời (?:gian|hạn)|tăng thêm|\bngày\b")
_NOT_COUNTED: Final = re.compile(r"không (?:tính|kể|bao gồm)\b")
_LATE: Final = re.compile(r"sau 15\s*(?:giờ|h)")
_EXTRA: Final = re.compile(r"tăng thêm|cộng thêm|thêm (?:không quá )?\d|kéo dài thêm")


def parse_time_limit(text: str, notes: str = "") -> TimeLimit:
    """Read the limit out of a text; ``notes`` is the description beside it, from which conditions are taken.

    A table writes “10 ngày” where the description says “10 ngày làm việc”: that is one limit, of working days.

    >>> parse_time_limit("Không quá 05 (năm) ngày làm việc kể từ ngày nhận đủ hồ sơ").amount
    Amount(value=Decimal('5'), unit=<TimeUnit.WORKING_DAYS: 'working_days'>)
    >>> parse_time_limit("Theo kế hoạch hằng năm").reason
    'no_amount'
    """
    raw = nfc(text).strip()
    sentences = list(_limit_sentences(raw))
    if not sentences or comparison_key(raw).strip(" .") in _NOT_STATED:
        return TimeLimit(raw, None, _parse_conditions(_limit_sentences(nfc(notes))), "not_stated")
    amount, reason = _parse_main_amount(sentences[0])
    rest = sentences[1:] if amount else sentences
    if amount and amount.unit is TimeUnit.CALENDAR_DAYS:
        amount = _more_exact(amount, nfc(notes))
    if amount and any(_has_rival_amount(sentence) for sentence in rest):
        amount, reason = None, "several_limits"
    return TimeLimit(raw, amount, _parse_conditions([*rest, *_limit_sentences(nfc(notes))]), reason)


def _more_exact(amount: Amount, notes: str) -> Amount:
    """The amount in working days, where the description says so of the same number and names no other limit."""
    described = {
        stated
        for sentence in _limit_sentences(notes)
        if (stated := _parse_main_amount(sentence)[0]) is not None
    }
    working_days = Amount(amount.value, TimeUnit.WORKING_DAYS)
    return working_days if described == {working_days} else amount


def _parse_main_amount(sentence: str) -> tuple[Amount | None, str]:
    lowered = comparison_key(sentence)
    if _RANGE.search(lowered):
        return None, "range"
    if _SAME_DAY.fullmatch(lowered):
        return Amount(Decimal(0), TimeUnit.WORKING_DAYS), ""
    match = _MAIN.fullmatch(_strip_remarks(lowered))
    if match:
        return _parse_amount(match), ""
    return None, "several_limits" if len(_AMOUNT.findall(lowered)) > 1 else "no_amount"


def _strip_remarks(sentence: str) -> str:
    """The sentence without what is said about remote communes or uncounted time, which is kept as a condition."""
    cut = re.split(
        r"[,(]?\s*(?=(?:đối với|tại) các xã miền núi|(?:\(|\b)không (?:tính|kể|bao gồm)\b)", sentence
    )
    return cut[0]


def _has_rival_amount(sentence: str) -> bool:
    """Whether a further sentence names another plain amount: then nobody can say which one holds."""
    return _condition_kind(comparison_key(sentence)) is ConditionKind.NOTE and bool(
        _AMOUNT.search(comparison_key(sentence))
    )


def _limit_sentences(text: str) -> Iterator[str]:
    for part in _SENTENCE.split(text):
        sentence = " ".join(part.split()).strip(" -+*•")
        if sentence and comparison_key(sentence).strip(" .") not in _NOT_STATED:
            yield sentence


def _parse_conditions(sentences: Iterator[str] | list[str]) -> tuple[Condition, ...]:
    return tuple(_parse_condition(sentence) for sentence in sentences)


def _parse_condition(sentence: str) -> Condition:
    kind = _condition_kind(comparison_key(sentence))
    if kind is not ConditionKind.REMOTE_COMMUNES:
        return Condition(kind, sentence)
    after = comparison_key(sentence)[_REMOTE.search(comparison_key(sentence)).start() :]  # type: ignore[union-attr]
    amounts = list(_AMOUNT.finditer(after))
    amount = _parse_amount(amounts[0]) if len(amounts) == 1 else None
    return Condition(kind, sentence, amount, bool(amount and _EXTRA.search(after)))


def _condition_kind(lowered: str) -> ConditionKind:
    if _REMOTE.search(lowered) and _TIME.search(lowered):
        return ConditionKind.REMOTE_COMMUNES
    if _LATE.search(lowered):
        return ConditionKind.LATE_RECEIPT
    if _NOT_COUNTED.search(lowered):
        return ConditionKind.NOT_COUNTED
    return ConditionKind.NOTE


def _parse_amount(match: re.Match[str]) -> Amount:
    return Amount(Decimal(match["value"].replace(",", ".")), _UNITS[match["unit"]])
