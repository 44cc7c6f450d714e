"""Many accounts from a file, one line for each role of each account (danh sách tài khoản)."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from congtam.administration.accounts.details import PersonDetails, taken_usernames, username_problems
from congtam.administration.accounts.giving import Reach
from congtam.administration.accounts.opening import AccountOrder
from congtam.administration.accounts.reach import reach_of
from congtam.administration.accounts.role_orders import RoleOrder
from congtam.foundation.public import Actor
from congtam.kernel.errors import InputRefused, Problem, gather_problems, msgid
from congtam.kernel.input.days import DayMalformed, parse_day
from congtam.kernel.input.texts import compact
from congtam.tabular.mapping import FileForm
from congtam.tabular.readers.limits import ReadLimits
from congtam.tabular.readers.source import Layout, SourceFile, open_source
from congtam.tabular.records import SourceCase
from congtam.tabular.refused_rows import Refusals
from congtam.tabular.values import text as cell_text

COLUMNS: Final[Mapping[str, tuple[str, str]]] = {
    "username": ("Tên đăng nhập", "User name"),
    "name": ("Họ và tên", "Full name"),
    "position": ("Chức vụ", "Position"),
    "email": ("Thư điện tử", "E-mail"),
    "role": ("Vai trò", "Role"),
    "unit": ("Đơn vị", "Unit"),
    "since": ("Từ ngày", "First day"),
    "until": ("Đến ngày", "Last day"),
    "note": ("Căn cứ", "Ground"),
}
"""The columns of the file by what they hold: the Vietnamese heading, and the English one."""
NEEDED: Final = ("username", "name", "role", "unit")
MOST_BYTES: Final = 2 << 20
_LIMITS: Final = ReadLimits(
    unpacked_bytes=64 << 20,
    unpacked_sheet_bytes=32 << 20,
    rows=2000,
    sheet_cells=400_000,
    sheet_brackets=2_000_000,
    columns=50,
    cell_characters=2000,
    line_length=64 << 10,
)
_LAYOUT: Final = Layout(
    file=FileForm(rows="case"),
    columns=[list(names) for names in COLUMNS.values()],
    needed=[list(COLUMNS[name]) for name in NEEDED],
    key_columns=[],
)
_ROW_TEXTS: Final = {
    "role_not_yours": msgid("You cannot give the role “{role}” over the unit “{unit}”."),
    "name_differs": msgid("The rows of “{username}” give different names."),
    "other_row_refused": msgid("Another row of “{username}” has a problem."),
    "role_repeated": msgid("The file gives “{username}” this role twice."),
    "columns_missing": msgid("The file lacks these columns: {missing}."),
    "rows_none": msgid("The file has a header, but no rows."),
}


@dataclass
class CheckedSheet:
    """What a file holds: accounts to be opened, and what is wrong with the other rows."""

    orders: list[AccountOrder] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: int = 0
    columns: list[str] = field(default_factory=list)
    delimiter: str = ","


@dataclass
class _Row:
    """A row that was read."""

    case: SourceCase
    username: str
    details: PersonDetails | None = None
    role: RoleOrder | None = None
    problems: list[Problem] = field(default_factory=list)


def check_sheet(path: Path, *, name: str, actor: Actor, refusals: Refusals) -> CheckedSheet:
    """Read a file and check every row; nothing is opened. Raises InputRefused for a fault of the whole file."""
    reach = reach_of(actor)
    try:
        with open_source(path, name=name, layout=_LAYOUT, limits=_LIMITS) as source:
            return _check_rows(source, actor=actor, reach=reach, refusals=refusals)
    except InputRefused as error:
        raise InputRefused(_file_problem(problem) for problem in error.problems) from None


def _check_rows(source: SourceFile, *, actor: Actor, reach: Reach, refusals: Refusals) -> CheckedSheet:
    cases = list(source.cases)
    taken = taken_usernames(_username(case) for case in cases)
    rows = [_read_row(case, actor=actor, reach=reach, taken=taken) for case in cases]
    if not rows:
        raise InputRefused([_row_problem("rows_none")])
    by_username: dict[str, list[_Row]] = {}
    for row in rows:
        by_username.setdefault(row.username or f"\x00{row.case.row}", []).append(row)
    checked = CheckedSheet(columns=source.columns or [], delimiter=source.delimiter)
    for group in by_username.values():
        _mark_disagreeing_rows(group)
        if any(row.problems for row in group):
            _refuse_rows(group, refusals)
        else:
            checked.orders.append(_account_order(group))
    checked.problems, checked.refused = list(refusals.problems), refusals.cases
    return checked


def _read_row(case: SourceCase, *, actor: Actor, reach: Reach, taken: Container[str]) -> _Row:
    """Everything wrong with a row is told at once."""
    username = _username(case)
    row = _Row(case=case, username=username)
    if case.fault is not None:
        row.problems = [case.fault]
        return row
    problems = [*username_problems(username, taken=taken)]
    details = None
    with gather_problems(problems):
        details = PersonDetails.read(
            **{column: _cell_text(case, column) for column in ("name", "position", "email")}
        )
    days = {column: _parse_day(case, column, problems) for column in ("since", "until")}
    typed = {column: _cell_text(case, column) for column in ("role", "unit", "note")}
    with gather_problems(problems):
        row.role = RoleOrder.read(
            role=typed["role"],
            unit=typed["unit"],
            note=typed["note"],
            since=days["since"],
            until=days["until"],
            actor=actor,
        )
    if row.role is not None and not reach.may_give(row.role.role, row.role.unit_code):
        problems.append(_row_problem("role_not_yours", "role", role=typed["role"], unit=typed["unit"]))
    row.problems = [_locate_problem(problem, case) for problem in problems]
    row.details = None if problems else details
    return row


def _mark_disagreeing_rows(group: Sequence[_Row]) -> None:
    """Rows of one account must agree, and one that is refused takes the others with it."""
    first, earlier = group[0], set[tuple[str, str]]()
    for row in group:
        if row.details and first.details and row.details.name != first.details.name:
            row.problems.append(_problem_at(row, "name_differs", "name"))
        if row.role is not None:
            key = (row.role.role.value, row.role.unit_code)
            if key in earlier:
                row.problems.append(_problem_at(row, "role_repeated", "role"))
            earlier.add(key)
    if any(row.problems for row in group):
        for row in group:
            row.problems = row.problems or [_problem_at(row, "other_row_refused", "username")]


def _refuse_rows(group: Sequence[_Row], refusals: Refusals) -> None:
    for row in group:
        refusals.refuse(row.case, row.problems)


def _account_order(group: Sequence[_Row]) -> AccountOrder:
    details = next(row.details for row in group if row.details)
    return AccountOrder(
        username=group[0].username, details=details, roles=[row.role for row in group if row.role]
    )


def _username(case: SourceCase) -> str:
    return _cell_text(case, "username").lower()


def _cell_text(case: SourceCase, column: str) -> str:
    """The text of a cell; a whole number without decimals."""
    return compact(cell_text(_read_cell_text(case, column)))


def _read_cell_text(case: SourceCase, column: str) -> Any:
    return next((value for name in COLUMNS[column] if (value := case.get(name)) not in {None, ""}), "")


def _parse_day(case: SourceCase, column: str, problems: list[Problem]) -> date | None:
    raw = _read_cell_text(case, column)
    if raw == "":
        return None
    try:
        return parse_day(raw if isinstance(raw, date) else cell_text(raw))
    except DayMalformed as error:
        problems.append(error.problem(column=column))
        return None


def _problem_at(row: _Row, code: str, column: str) -> Problem:
    return _locate_problem(_row_problem(code, column, username=row.username), row.case)


def _locate_problem(problem: Problem, case: SourceCase) -> Problem:
    """The problem with its row, and the column as the file calls it."""
    headings: Iterator[str] = iter(COLUMNS.get(problem.column or "", ()))
    heading = next((name for name in headings if name in case.values), problem.column)
    return replace(problem, row=case.row, sheet=case.sheet, column=heading)


def _row_problem(code: str, column: str | None = None, **data: Any) -> Problem:
    return Problem(code=code, message=_ROW_TEXTS[code], column=column, data=data)


def _file_problem(problem: Problem) -> Problem:
    """A fault of the whole file, without the mapping that accounts do not have."""
    if problem.code != "columns_missing":
        return problem
    advice = msgid("Download the template and fill in its columns.")
    return replace(problem, message=_ROW_TEXTS["columns_missing"], advice=advice)
