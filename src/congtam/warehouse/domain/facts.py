"""What a context publishes to the warehouse: a fact table, its columns and their meaning in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from congtam.kernel.errors import DomainError, Translate, fill, msgid
from congtam.warehouse.domain.visibility import RowFilter

ColumnType = Literal["text", "integer", "bigint", "double", "boolean", "date", "timestamp"]
COLUMN_TYPES: Final = ("text", "integer", "bigint", "double", "boolean", "date", "timestamp")
HASH_COLUMNS: Final = ("row_hash_high", "row_hash_low")
"""Every fact carries the two signed 64-bit halves of md5(key || '|' || row digest) under these names."""

LEAST_GROUP: Final = 2
"""A group of one row is that row."""

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


class FactMalformed(ValueError):
    """A context declares a fact that contradicts itself: a bug of that context."""


class FactUnknown(DomainError):
    """No context declares this fact."""

    code = "warehouse.fact_unknown"
    message = "There is no fact table “{name}”. Available: {known}."


class VersionGone(DomainError):
    """The files of an old data version have been cleaned away."""

    code = "warehouse.version_gone"
    message = (
        "Version {version} of “{fact}” is no longer stored. If it is the one in use, run: "
        "congtam warehouse rebuild"
    )


class LakeUnreadable(VersionGone):
    """Files or log of the warehouse are missing or damaged; ``reason`` is a msgid filled from the same data."""

    code = "warehouse.lake_unreadable"
    message = "The files of version {version} of “{fact}” cannot be read: {reason}"

    def format_message(self, translate: Translate = msgid) -> str:
        """As for every error; the reason is a text of its own."""
        reason = fill(translate(str(self.data.get("reason", ""))), self.data)
        return fill(translate(self.message), {**self.data, "reason": reason})


class LakeUnwritable(DomainError):
    """The warehouse could not be written: the disk is full, or the folder does not allow it."""

    code = "warehouse.lake_unwritable"
    message = (
        "The warehouse of “{fact}” cannot be written: {reason}. Figures stay as they were. Make room or allow "
        "writing to the folder, then run: congtam warehouse rebuild --fact {fact}"
    )


@dataclass(frozen=True)
class Column:
    """One column of a fact (cột), with its meaning for people; personal columns never reach an expression.

    ``is_needed`` says that figures go wrong where it is NULL though the database has a value: files that lack it are
    written anew by an update. A column that comes from now on is not needed: its NULL means “not known”.
    """

    name: str
    type: ColumnType
    vi: str
    en: str
    personal: bool = False
    is_needed: bool = False

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise FactMalformed(
                f"column name {self.name!r} is not lower-case letters, digits and underscores"
            )
        if self.type not in COLUMN_TYPES:
            raise FactMalformed(
                f"column {self.name}: type {self.type!r} is none of {', '.join(COLUMN_TYPES)}"
            )


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A table of things that happened (dữ kiện), one row each, as a context publishes it.

    ``rows_sql`` is a SELECT that yields exactly the columns, in order, with one ``{where}`` slot; the slot is filled
    with nothing, ``WHERE code = ANY(%(keys)s)`` (the ``key_expression``) or ``WHERE import_key = %(import_key)s``,
    so these names must be unambiguous in it. A literal percent sign is written ``%%``.
    ``topic`` is the outbox topic whose messages name changed rows: payload ``{"import_key": …}`` or
    ``{"codes": […]}``; otherwise the message's key is the row's key.

    The rows of a part, such as the steps of a dossier, name the whole in the column ``group``: messages then name
    groups, ``key_expression`` is that of the group, and ``import_groups_sql`` selects the groups of an import.

    ``visible_sql`` says which rows an actor (the foundation's `Actor`, which a pure module cannot name) may see one by
    one. A figure that holds other rows too is refused; but where ``smallest_group`` is a number, it is shown if it
    holds none of them or at least so many (ADR 0131). Neither has a default: a fact that does not say who may see it
    cannot be declared.
    """

    name: str
    vi: str
    en: str
    columns: tuple[Column, ...]
    rows_sql: str
    row_url: str
    visible_sql: Callable[[Any], RowFilter]
    smallest_group: int | None
    key: str = "code"
    unit: str = "unit_code"
    month: str = "received_month"
    topic: str = ""
    key_expression: str = ""
    import_expression: str = "import_key"
    group: str = ""
    import_groups_sql: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "topic", self.topic or f"{self.name}.changed")
        object.__setattr__(self, "key_expression", self.key_expression or self.key)
        for fault in (*self._definition_faults(), *self._visibility_faults()):
            raise FactMalformed(f"fact {self.name}: {fault}")

    def _definition_faults(self) -> Iterator[str]:
        names = [column.name for column in self.columns]
        if not _NAME.fullmatch(self.name):
            yield "its name is not lower-case letters, digits and underscores"
        if len(set(names)) != len(names):
            yield "a column is declared twice"
        for needed in (self.key, self.unit, self.month, self.group or self.key, *HASH_COLUMNS):
            if needed not in names:
                yield f"column {needed} is missing"
        if self.month in names and self.column(self.month).type != "date":
            yield f"the month column {self.month} is not a date"
        if bool(self.group) != bool(self.import_groups_sql):
            yield "a group and the groups of an import are declared together"
        if self.rows_sql.count("{where}") != 1:
            yield "rows_sql must have exactly one {where} slot"

    def _visibility_faults(self) -> Iterator[str]:
        if self.smallest_group is not None and self.smallest_group < LEAST_GROUP:
            yield f"a smallest group below {LEAST_GROUP} rows hides nobody"

    def column(self, name: str) -> Column:
        """The declared column of that name."""
        return self.by_name[name]

    @property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns in the order of declaration."""
        return tuple(column.name for column in self.columns)

    @property
    def shown_columns(self) -> tuple[Column, ...]:
        """What may be shown of a row: everything but personal columns and the digest."""
        return tuple(one for one in self.columns if not one.personal and one.name not in HASH_COLUMNS)

    def sql(self, where: str = "") -> str:
        """The SELECT over the rows that satisfy a condition, in the order of partitions."""
        condition = f"WHERE {where}" if where else ""
        rows = self.rows_sql.replace("{where}", condition)
        return f"SELECT {', '.join(self.column_names)} FROM ({rows}) AS published"  # noqa: S608 - declared by code
