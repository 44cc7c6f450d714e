"""What is stored against what the ledger sealed (đối chiếu niêm phong): the walk that the seals of all rooms share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from django.db.models import QuerySet

from congtam.foundation.audit import recorded_keys
from congtam.kernel.errors import Translate, fill, msgid
from congtam.kernel.progress import Advance, ignore_advance, with_progress

SEAL: Final = "seal"
"""Under which name the data of a line keeps the seal."""
_CHUNK: Final = 5000


@dataclass(frozen=True, kw_only=True)
class Alteration:
    """A thing that is not what the ledger last said of it, and in what, a msgid."""

    code: str
    fault: str
    """In English, with its data filled in."""
    message: str = ""
    """The text of a fault that has data, before they are filled in; empty where there are none."""
    data: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def with_data(cls, code: str, message: str, **data: object) -> Alteration:
        """A fault whose text has values in it, so that it can be told in another language."""
        return cls(code=code, fault=fill(message, data), message=message, data=data)

    def format_fault(self, translate: Translate) -> str:
        """The fault in the language of the reader."""
        return fill(translate(self.message), self.data) if self.message else translate(self.fault)


def find_alterations(
    stored: QuerySet[Any],
    compare: Callable[[Sequence[int]], Mapping[int, Alteration]],
    *,
    advance: Advance = ignore_advance,
) -> Iterator[Alteration]:
    """What ``compare`` finds wrong with some of the rows.

    What differs is looked at once more: somebody may have changed it between two looks.
    """
    keys_in_order = stored.order_by("pk").values_list("pk", flat=True).iterator(_CHUNK)
    rows = with_progress(keys_in_order, advance, count=stored.count)
    while keys := list(islice(rows, _CHUNK)):
        if suspects := compare(keys):
            yield from compare(list(suspects)).values()


def find_missing(verb: str, *, kind: str, stored: QuerySet[Any]) -> Iterator[Alteration]:
    """What the ledger records by its code, and the database no longer has."""
    ledger_codes = recorded_keys(verb, kind=kind)
    while codes := list(islice(ledger_codes, _CHUNK)):
        existing = set(stored.filter(code__in=codes).values_list("code", flat=True))
        for code in codes:
            if code not in existing:
                yield Alteration(
                    code=code, fault=msgid("it is recorded in the ledger but missing from the database")
                )
