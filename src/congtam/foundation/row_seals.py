"""Sealing rows that decide who may do what, and by what is counted (niêm phong dòng dữ liệu).

A model is declared with what is left out. Whenever the program saves or deletes one of its rows, the ledger gets the
digest of the row in the same transaction, under a key of its own (``person_keys``), for an account is a person too.
``congtam verify`` then finds a row that was inserted, changed or removed behind the program. What was there when a
model was declared first is sealed after the migration, and the ledger says so (``seals.begun``).

What the program changes by ``QuerySet.update`` or ``bulk_create`` it seals itself, by ``reseal``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save

from congtam.foundation.audit import newest_sealed_entries, record, recorded_keys
from congtam.foundation.domain.chain import canonical_json
from congtam.foundation.domain.keyed_digests import keyed_digest
from congtam.foundation.domain.roles import system_actor
from congtam.foundation.person_keys import ensure_keys, keys_of
from congtam.foundation.sealing import SEAL, Alteration
from congtam.kernel.errors import msgid

KIND: Final = "seal"
_SET, _REMOVED, _BEGUN = "seal.set", "seal.removed", "seals.begun"
_COLUMNS: Final = "columns"
_CHUNK: Final = 1000


@dataclass(frozen=True, kw_only=True)
class SealedModel:
    """A model whose rows are sealed; ``describe`` names a row to who reads that it was changed."""

    model: type[models.Model]
    leaves_out: frozenset[str] = frozenset()
    """Columns that change without anybody deciding anything, such as the last sign-in."""
    describe: Callable[[Any], str] = str
    skips: Callable[[Any], bool] = lambda _key: False
    """Rows that are no decision, by their primary key."""

    @property
    def label(self) -> str:
        """The name of the table, which begins the keys in the ledger."""
        return self.model._meta.db_table  # noqa: SLF001 - Django's name for it

    @property
    def columns(self) -> list[str]:
        """What is sealed, in the order of the alphabet."""
        fields = self.model._meta.concrete_fields  # noqa: SLF001 - Django's name for it
        return sorted(field.attname for field in fields if field.attname not in self.leaves_out)

    def key_of(self, pk: Any) -> str:
        """Of a row in the ledger."""
        return f"{self.label}/{pk}"

    def rows(self, pks: Iterable[Any]) -> dict[Any, dict[str, Any]]:
        """The rows as they are stored."""
        rows = self.model._default_manager.filter(pk__in=list(pks))  # noqa: SLF001 - Django's name for it
        found = rows.values(*self.columns, _pk=models.F("pk"))
        return {row.pop("_pk"): row for row in found if not self.skips(row["_pk"])}


_declared: dict[str, SealedModel] = {}


def declare_sealed(sealed: SealedModel) -> None:
    """Seal the rows of a model from now on."""
    _declared[sealed.label] = sealed

    def saved(instance: models.Model, update_fields: Sequence[str] | None = None, **_more: Any) -> None:
        is_left_out = update_fields is not None and not _touched(sealed, update_fields)
        if not is_left_out:
            _seal(sealed, [instance.pk])

    def deleted(instance: models.Model, **_more: Any) -> None:
        if not sealed.skips(instance.pk):
            record(system_actor("seals"), _REMOVED, kind=KIND, key=sealed.key_of(instance.pk))

    post_save.connect(saved, sender=sealed.model, weak=False, dispatch_uid=f"seal.{sealed.label}")
    post_delete.connect(deleted, sender=sealed.model, weak=False, dispatch_uid=f"unseal.{sealed.label}")


def reseal(model: type[models.Model], pks: Iterable[Any]) -> None:
    """Seal rows that were changed without being saved one by one; call it last in the transaction of the change."""
    _seal(_declared[model._meta.db_table], pks)  # noqa: SLF001 - Django's name for it


def seal_what_is_there() -> None:
    """Seal the rows of models that were never sealed before, once for each; the ledger says so.

    Where columns came or went since, rows that are as they were sealed are sealed with the columns of now.
    """
    begun = newest_sealed_entries(KIND, list(_declared))
    for sealed in _declared.values():
        line = begun.get(sealed.label)
        if line is None or line["data"][_COLUMNS] != sealed.columns:
            with transaction.atomic():
                count = _seal_again(sealed) if line else _seal_all(sealed)
                data = {"rows": count, _COLUMNS: sealed.columns}
                record(system_actor("seals"), _BEGUN, kind=KIND, key=sealed.label, data=data)


def altered_rows() -> Iterator[Alteration]:
    """Rows that are not what the ledger sealed, that it does not know, or that are gone."""
    for sealed in _declared.values():
        yield from _altered_rows(sealed)
        yield from _missing_rows(sealed)


def _touched(sealed: SealedModel, names: Sequence[str]) -> bool:
    meta = sealed.model._meta  # noqa: SLF001 - Django's name for it
    columns = {field.name: field.attname for field in meta.concrete_fields}
    return any(columns.get(name, name) in sealed.columns for name in names)


def _seal(sealed: SealedModel, pks: Iterable[Any], **note: bool) -> int:
    """Write the seals that are not the last ones already; how many rows there were."""
    rows = sealed.rows(pks)
    keys = ensure_keys(sealed.key_of(pk) for pk in rows)
    lines = newest_sealed_entries(KIND, [sealed.key_of(pk) for pk in rows])
    for pk, row in rows.items():
        key = sealed.key_of(pk)
        data = {SEAL: _seal_row(keys[key], row), _COLUMNS: sealed.columns}
        before = lines.get(key, {}).get("data", {})
        if {name: before.get(name) for name in data} != data:
            record(system_actor("seals"), _SET, kind=KIND, key=key, data={**data, **note})
    return len(rows)


def _seal_row(key: bytes | None, row: Mapping[str, Any]) -> str:
    return keyed_digest(key, canonical_json(row)) if key else ""


def _seal_all(sealed: SealedModel) -> int:
    """Only what has no line yet: a row that was saved since is sealed already."""
    count = 0
    for pks in _chunks(_pks(sealed)):
        lines = newest_sealed_entries(KIND, [sealed.key_of(pk) for pk in pks])
        count += _seal(sealed, [pk for pk in pks if sealed.key_of(pk) not in lines], was_there=True)
    return count


def _seal_again(sealed: SealedModel) -> int:
    """What was changed behind the program keeps the seal that says so."""
    count = 0
    for pks in _chunks(_pks(sealed)):
        faults = _faults(sealed, pks)
        count += _seal(sealed, [pk for pk in pks if pk not in faults], columns_changed=True)
    return count


def _pks(sealed: SealedModel) -> Iterator[Any]:
    rows = sealed.model._default_manager.order_by("pk")  # noqa: SLF001 - Django's name for it
    yield from rows.values_list("pk", flat=True).iterator(_CHUNK)


def _chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk


def _altered_rows(sealed: SealedModel) -> Iterator[Alteration]:
    for pks in _chunks(_pks(sealed)):
        for pk, fault in _faults(sealed, pks).items():
            row = sealed.model._default_manager.get(pk=pk)  # noqa: SLF001 - Django's name for it
            yield Alteration(code=f"{sealed.key_of(pk)} ({sealed.describe(row)})", fault=fault)


def _faults(sealed: SealedModel, pks: Sequence[Any]) -> dict[Any, str]:
    """What is wrong with some of these rows."""
    rows = sealed.rows(pks)
    lines = newest_sealed_entries(KIND, [sealed.key_of(pk) for pk in rows])
    keys = keys_of(sealed.key_of(pk) for pk in rows)
    faults = {
        pk: _fault(lines.get(sealed.key_of(pk)), row, key=keys.get(sealed.key_of(pk)))
        for pk, row in rows.items()
    }
    return {pk: fault for pk, fault in faults.items() if fault}


def _fault(line: dict[str, Any] | None, row: Mapping[str, Any], *, key: bytes | None) -> str:
    """By the columns there were when it was sealed; one that went with a migration leaves nothing to compare."""
    if line is None or line["verb"] == _REMOVED:
        return msgid("it was added outside the program: the ledger has no record of it")
    columns = line["data"][_COLUMNS]
    if any(name not in row for name in columns):
        return ""
    seal = _seal_row(key, {name: row[name] for name in columns})
    return "" if line["data"][SEAL] == seal else msgid("it was changed outside the program")


def _missing_rows(sealed: SealedModel) -> Iterator[Alteration]:
    existing = {sealed.key_of(pk) for pk in _pks(sealed)}
    known = (key for key in recorded_keys(_SET, kind=KIND) if key.startswith(f"{sealed.label}/"))
    for keys in _chunks(key for key in known if key not in existing):
        lines = newest_sealed_entries(KIND, keys)
        for key in keys:
            if lines[key]["verb"] != _REMOVED:
                yield Alteration(code=key, fault=msgid("it was removed outside the program"))
