"""Sealing rows that decide who may do what, and by what is counted (niêm phong dòng dữ liệu).

A model is declared with what is left out. Whenever the program saves or deletes one of its rows, the ledger gets the
digest of the row in the same transaction, under a key of its own (``person_keys``), for an account is a person too.
``congtam verify`` then finds a row that was inserted, changed or removed behind the program. What was there when a
model was declared first is sealed after the migration, and the ledger says so (``seals.begun``).

What the program changes by ``QuerySet.update`` or ``bulk_create`` it seals itself, by ``reseal``. Rows of other tables
that belong to a row are sealed with it, as its ``parts``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save

from congtam.foundation.audit import newest_sealed_entries, record, record_all, recorded_keys
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
    also: Mapping[str, str] = field(default_factory=dict)
    """What a row says through another row, such as the code of its unit: name in the seal -> path from the row."""
    parts: tuple[type[models.Model], ...] = ()
    """Tables whose rows belong to a row of this one, each by its only foreign key to it."""
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
        own = [name for name in _columns_of(self.model) if name not in self.leaves_out]
        return sorted([*own, *self.also, *(part._meta.db_table for part in self.parts)])  # noqa: SLF001 - Django's name for it

    def key_of(self, pk: Any) -> str:
        """Of a row in the ledger."""
        return f"{self.label}/{pk}"

    def rows(self, pks: Iterable[Any]) -> dict[Any, dict[str, Any]]:
        """The rows as they are stored, with what belongs to them."""
        pks = list(pks)
        own = [name for name in _columns_of(self.model) if name not in self.leaves_out]
        also = {name: models.F(path) for name, path in self.also.items()}
        rows = self.model._default_manager.filter(pk__in=pks).values(*own, **also, _pk=models.F("pk"))  # noqa: SLF001 - Django's name for it
        stored = {row.pop("_pk"): row for row in rows if not self.skips(row["_pk"])}
        for part in self.parts:
            lines = _rows_of_part(part, self.model, pks)
            for pk, row in stored.items():
                row[part._meta.db_table] = lines[pk]  # noqa: SLF001 - Django's name for it
        return stored


def _columns_of(model: type[models.Model]) -> list[str]:
    return [column.attname for column in model._meta.concrete_fields]  # noqa: SLF001 - Django's name for it


def _rows_of_part(
    part: type[models.Model], owner: type[models.Model], pks: Sequence[Any]
) -> defaultdict[Any, list[dict[str, Any]]]:
    """The rows of a part by the row they belong to, without their own keys: an edit writes them anew."""
    (link,) = (column.attname for column in part._meta.concrete_fields if column.related_model is owner)  # noqa: SLF001 - Django's name for it
    lines: defaultdict[Any, list[dict[str, Any]]] = defaultdict(list)
    own = [name for name in _columns_of(part) if name not in {link, part._meta.pk.attname}]  # noqa: SLF001 - Django's name for it
    rows = part._default_manager.filter(**{f"{link}__in": pks})  # noqa: SLF001 - Django's name for it
    for row in rows.order_by("pk").values(link, *own):
        lines[row.pop(link)].append(row)
    return lines


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
    for chunk in _chunks(pks):
        _seal(_declared[model._meta.db_table], chunk)  # noqa: SLF001 - Django's name for it


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


def sealed_tables() -> set[str]:
    """The tables whose rows are sealed, and those whose rows are sealed with a row of another."""
    parts = {part._meta.db_table for sealed in _declared.values() for part in sealed.parts}  # noqa: SLF001 - Django's name for it
    return {*_declared, *parts}


def altered_rows(*, tables: Container[str] | None = None) -> Iterator[Alteration]:
    """Rows that are not what the ledger sealed, that it does not know, or that are gone; of all tables, or of some."""
    for label, sealed in _declared.items():
        if tables is None or label in tables:
            yield from _altered_rows(sealed)
            yield from _missing_rows(sealed)


def _touched(sealed: SealedModel, names: Sequence[str]) -> bool:
    meta = sealed.model._meta  # noqa: SLF001 - Django's name for it
    columns = {field.name: field.attname for field in meta.concrete_fields}
    return any(columns.get(name, name) in sealed.columns for name in names)


def _seal(sealed: SealedModel, pks: Iterable[Any], **note: bool) -> int:
    """Write the seals that are not the last ones already; how many rows there were."""
    rows = sealed.rows(pks)
    if not rows:
        return 0
    keys = ensure_keys(sealed.key_of(pk) for pk in rows)
    lines = newest_sealed_entries(KIND, [sealed.key_of(pk) for pk in rows])
    new: dict[str, dict[str, Any]] = {}
    for pk, row in rows.items():
        key = sealed.key_of(pk)
        data = {SEAL: _seal_row(keys[key], row), _COLUMNS: sealed.columns}
        before = lines.get(key, {}).get("data", {})
        if {name: before.get(name) for name in data} != data:
            new[key] = {**data, **note}
    record_all(system_actor("seals"), _SET, kind=KIND, data_by_key=new)
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
