"""The rows of a page's list as dossiers (hồ sơ của một trang danh sách), with what the desk keeps of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from congtam.dossiers.lists.queries.expressions import is_stopped, verdict
from congtam.dossiers.lists.queries.keyset import KeyedStatement
from congtam.dossiers.models import DeskRecord, Dossier

_OF_DOSSIER: Final = frozenset(
    {
        "id", "code", "unit_code", "procedure_code", "procedure_name", "field_name", "channel", "applicant",
        "received_at", "due_at", "finished_at", "state", "officer", "time_zone", "limit_text", "source",
    }
)  # fmt: skip
_OF_DESK: Final = frozenset(
    {
        "dossier_id", "office", "role", "holder", "is_offered", "step_due_at", "supplement_due_at", "version",
        "parent_code",
    }
)  # fmt: skip


def _columns_in_model_order(model: type[Dossier] | type[DeskRecord], names: frozenset[str]) -> list[str]:
    fields = model._meta.concrete_fields  # noqa: SLF001 - Django's name for it
    return [field.attname for field in fields if field.attname in names]


_DOSSIER, _DESK = _columns_in_model_order(Dossier, _OF_DOSSIER), _columns_in_model_order(DeskRecord, _OF_DESK)
_SHOWN: Final = KeyedStatement(
    lambda now: [verdict(now), is_stopped(), *_DOSSIER, *(f"desk__{name}" for name in _DESK)]
)


def read_dossiers_by_keys(keys: Sequence[int], *, now: datetime) -> list[Dossier]:
    """The dossiers with these keys, which must come from ``visible_to``, in their order.

    They carry ``verdict`` and ``is_stopped`` as of the instant; what a list does not show is read when asked for.
    """
    return [_dossier_from_row(row) for row in _SHOWN.read(keys, now=now)]


def _dossier_from_row(row: Sequence[Any]) -> Dossier:
    computed, values = row[:2], row[2 : 2 + len(_DOSSIER)]
    dossier = Dossier.from_db("default", _DOSSIER, values)
    dossier.verdict, dossier.is_stopped = computed  # type: ignore[attr-defined]
    desk = DeskRecord.from_db("default", _DESK, row[2 + len(_DOSSIER) :])
    if desk.pk is None:
        Dossier.desk.related.set_cached_value(dossier, None)
    else:
        Dossier.desk.related.set_cached_value(dossier, desk)
        DeskRecord.dossier.field.set_cached_value(desk, dossier)
    return dossier
