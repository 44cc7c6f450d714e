"""The result of a dossier as it was issued (kết quả giải quyết), parsed once from its column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any


@dataclass(frozen=True, kw_only=True)
class ResultNumber:
    """Number and day of the document: may be read without seeing the applicant."""

    number: str = ""
    issued_on: str = ""


@dataclass(frozen=True, kw_only=True)
class ResultContent:
    """What was decided, how it is signed, its file and who fetched it: may name the applicant."""

    summary: str = ""
    signature: str = ""
    digest: str = ""
    name: str = ""
    receiver: str | None = None
    """Who fetched it, once it was returned."""


@dataclass(frozen=True, kw_only=True)
class IssuedResult:
    """Both parts."""

    number: ResultNumber = field(default_factory=ResultNumber)
    content: ResultContent = field(default_factory=ResultContent)

    @classmethod
    def parse(cls, stored: Mapping[str, Any]) -> IssuedResult:
        """From the JSON of `DeskRecord.result`.

        >>> IssuedResult.parse({"number": "12/QĐ", "receiver": "chị Mỷ"}).number.number
        '12/QĐ'
        """
        return cls(
            number=ResultNumber(**_select_fields(ResultNumber, stored)),
            content=ResultContent(**_select_fields(ResultContent, stored)),
        )

    def serialize(self) -> dict[str, Any]:
        """As it is stored; who fetched it is only said once it was returned."""
        content = {name: value for name, value in asdict(self.content).items() if value is not None}
        return {**asdict(self.number), **content}

    def serialize_number(self) -> dict[str, Any]:
        """What may be read without seeing the applicant."""
        return asdict(self.number)


def _select_fields(kind: type[ResultNumber | ResultContent], stored: Mapping[str, Any]) -> dict[str, Any]:
    return {each.name: stored[each.name] for each in fields(kind) if each.name in stored}
