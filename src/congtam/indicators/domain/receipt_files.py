"""A receipt as `congtam figure --json` prints it, read back from a file (đọc biên nhận từ tệp)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.kernel.periods import Period, PeriodMalformed

LARGEST_RECEIPT: Final = 64 << 20
"""With all its rows a receipt has some 20 bytes for each."""
_TEXTS: Final = ("code", "map", "unit", "period", "as_of")
_NUMBERS: Final = ("definition_version", "data_version")
_COUNTS: Final = ("numerator", "denominator")
_THEN: Final = "then"


@dataclass(frozen=True, kw_only=True)
class ReceiptFile:
    """What a receipt says of how its figure was counted."""

    code: str
    definition_version: int
    data_version: int
    map_on: date | None
    unit: str
    period: Period
    as_of: datetime
    numerator: float
    denominator: float
    content: Mapping[str, Any]
    """The receipt as it was printed."""


def read_receipt(content: bytes, *, name: str) -> ReceiptFile:
    """The receipt, or InputRefused with everything that is wrong with the file."""
    document = _parse(content, name)
    problems = list(_problems(document, name))
    if problems:
        raise InputRefused(problems)
    on = document["map"]
    return ReceiptFile(
        code=document["code"],
        definition_version=document["definition_version"],
        data_version=document["data_version"],
        map_on=None if on == _THEN else date.fromisoformat(on),
        unit=document["unit"],
        period=Period.parse(document["period"]),
        as_of=datetime.fromisoformat(document["as_of"]),
        numerator=document["numerator"],
        denominator=document["denominator"],
        content=document,
    )


def _parse(content: bytes, name: str) -> dict[str, Any]:
    try:
        document = json.loads(content) if len(content) <= LARGEST_RECEIPT else None
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise InputRefused(
            [
                Problem(
                    code="receipt.unreadable",
                    message=msgid(
                        "This is not a receipt. Give a file that “congtam figure … --json” printed, "
                        "of at most 64 MiB."
                    ),
                    file=name,
                )
            ]
        )
    return document


def _problems(document: dict[str, Any], name: str) -> Iterator[Problem]:
    if "parts" in document and "data_version" not in document:
        message = msgid("This receipt is of an indicator made of others. Compare the receipts of its parts.")
        yield Problem(code="receipt.composed", message=message, file=name)
        return
    for field in (*_TEXTS, *_NUMBERS, *_COUNTS):
        if field not in document:
            yield Problem(
                code="receipt.field_missing",
                message=msgid("The receipt has no “{field}”."),
                data={"field": field},
                file=name,
            )
        elif not _is_well_formed(field, document[field]):
            yield Problem(
                code="receipt.field_malformed",
                message=msgid("“{field}” of the receipt cannot be read: {value}"),
                data={"field": field, "value": str(document[field])[:80]},
                file=name,
            )


def _is_well_formed(field: str, value: Any) -> bool:
    if field in _COUNTS:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if field in _NUMBERS:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if not isinstance(value, str) or not value or "\0" in value:
        return False
    try:
        if field == "map" and value != _THEN:
            date.fromisoformat(value)
        elif field == "period":
            Period.parse(value)
        elif field == "as_of":
            return datetime.fromisoformat(value).tzinfo is not None
    except (ValueError, PeriodMalformed):
        return False
    return True
