"""Moving the rows of a form about while it is edited (sắp xếp trường); a table takes its columns along."""

from __future__ import annotations

from collections.abc import Sequence

from congtam.forms.domain.fields import FieldKind

Rows = list[dict[str, str]]
RowsAndNumber = tuple[Rows, int]
"""The rows, and where the one in hand stands now."""


def is_column(row: dict[str, str]) -> bool:
    """Whether a row is a column of the table above it."""
    return "." in row.get("name", "")


def _end_of_field(rows: Sequence[dict[str, str]], number: int) -> int:
    """The row after a field and its columns."""
    end = number + 1
    while not is_column(rows[number]) and end < len(rows) and is_column(rows[end]):
        end += 1
    return end


def insert_row(rows: Rows, number: int, row: dict[str, str]) -> RowsAndNumber:
    """A row put after a field; before all with a number below 0.

    >>> [each["name"] for each in insert_row([{"name": "a"}, {"name": "a.b"}], 0, {"name": "c"})[0]]
    ['a', 'a.b', 'c']
    """
    index = _end_of_field(rows, number) if number >= 0 else 0
    return [*rows[:index], row, *rows[index:]], index


def add_column(rows: Rows, number: int, row: dict[str, str]) -> RowsAndNumber:
    """A column put behind the others of a table."""
    index = _end_of_field(rows, number)
    column = {**row, "name": f"{rows[number]['name']}.{row.get('name', '')}"}
    return [*rows[:index], column, *rows[index:]], index


def remove_row(rows: Rows, number: int) -> Rows:
    """The rows without a field and its columns."""
    return [*rows[:number], *rows[_end_of_field(rows, number) :]]


def move_row(rows: Rows, number: int, *, up: bool) -> RowsAndNumber:
    """A field one place up or down, past its neighbour with all columns; a column stays in its table.

    >>> rows = [{"name": "a"}, {"name": "a.b"}, {"name": "c"}]
    >>> [each["name"] for each in move_row(rows, 2, up=True)[0]]
    ['c', 'a', 'a.b']
    >>> move_row(rows, 1, up=True) == (rows, 1)
    True
    """
    other = _index_above(rows, number) if up else _end_of_field(rows, number)
    if other is None or other >= len(rows) or is_column(rows[other]) != is_column(rows[number]):
        return rows, number
    first, second = (other, number) if up else (number, other)
    end = _end_of_field(rows, second)
    changed = [*rows[:first], *rows[second:end], *rows[first:second], *rows[end:]]
    return changed, first if up else first + end - second


def _index_above(rows: Rows, number: int) -> int | None:
    """The neighbour above: of a field the field whose columns may lie between."""
    index = number - 1
    while index > 0 and not is_column(rows[number]) and is_column(rows[index]):
        index -= 1
    return index if index >= 0 else None


def rename_row(rows: Rows, number: int, name: str) -> Rows:
    """The rows with another name for one; its columns and the conditions that ask about it follow."""
    old = rows[number]["name"]
    changed = [dict(row) for row in rows]
    changed[number]["name"] = name
    is_table = rows[number].get("kind") == FieldKind.ROWS.value
    for row in changed[number + 1 :]:
        if is_table and is_column(row) and row["name"].startswith(f"{old}."):
            row["name"] = f"{name}.{row['name'].removeprefix(f'{old}.')}"
        control, sign, values = row.get("shown_when", "").partition("=")
        if (
            old
            and sign
            and control.strip() == old.rpartition(".")[2]
            and _is_in_same_table(row, changed[number])
        ):
            row["shown_when"] = f"{name.rpartition('.')[2]} ={values}"
    return changed


def _is_in_same_table(row: dict[str, str], other: dict[str, str]) -> bool:
    return row.get("name", "").rpartition(".")[0] == other.get("name", "").rpartition(".")[0]
