"""Reading fees out of the words of the catalogue (phí, lệ phí); what is not one plain amount is kept as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from congtam.kernel.vietnamese import comparison_key, nfc

_SENTENCE: Final = re.compile(r"<br\s*/?>|\n|;|(?<=\D)\.\s+", re.IGNORECASE)
_DONG: Final = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d+)\s*(?:việt nam )?(?:đồng|vnđ|vnd|đ\b)", re.IGNORECASE)
_FREE: Final = re.compile(
    r"(?:(?:lệ )?phí\b[^:]*:\s*)?(?:miễn phí|không(?: có| thu(?: phí)?| mất phí)?)", re.IGNORECASE
)
_ABOUT_FEE: Final = re.compile(
    r"(?:mức (?:thu )?)?(?:lệ )?phí\b(?!.*\bthời hạn\b)|.*\d\s*(?:đồng|vnđ)\b.*\bphí\b", re.IGNORECASE
)
_RANGE: Final = re.compile(r"\d\s*[-–]\s*\d[\d.,]*\s*(?:đồng|vnđ|vnd)", re.IGNORECASE)
_DOUBTFUL: Final = re.compile(r"%|\btỷ lệ\b|\bchi phí\b", re.IGNORECASE)
_NOT_STATED: Final = frozenset({"", "không có thông tin", "n/a", "không quy định"})


@dataclass(frozen=True)
class CatalogueFee:
    """A fee for one case (mức phí): the amount in đồng where it is plain, and always the text."""

    raw_text: str
    amount_dong: int | None
    name: str = ""
    case_kind: str = ""
    channel: str = ""
    """Name, case and channel where they were entered for the desk; empty stands for all."""


def parse_fees(column: str, notes: str = "") -> tuple[CatalogueFee, ...]:
    """The fees of the column, and those sentences of the notes that speak of a fee.

    >>> [(fee.raw_text, fee.amount_dong) for fee in parse_fees("50,000 VNĐ")]
    [('50,000 VNĐ', 50000)]
    """
    texts = [
        *_fee_sentences(nfc(column)),
        *(text for text in _fee_sentences(nfc(notes)) if _ABOUT_FEE.match(text)),
    ]
    return tuple(CatalogueFee(text, _amount_in_dong(text)) for text in dict.fromkeys(texts))


def _fee_sentences(text: str) -> Iterator[str]:
    for part in _SENTENCE.split(text):
        sentence = " ".join(part.split()).strip(" -+*•")
        if comparison_key(sentence).strip(" .") not in _NOT_STATED:
            yield sentence


def _amount_in_dong(sentence: str) -> int | None:
    if _FREE.fullmatch(sentence.strip(" .")):
        return 0
    amounts = {re.sub(r"[.,]", "", digits) for digits in _DONG.findall(sentence)}
    if len(amounts) != 1 or _DOUBTFUL.search(sentence) or _RANGE.search(sentence):
        return None
    return int(amounts.pop())
