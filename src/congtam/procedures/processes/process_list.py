"""Internal processes as a list, one step a row: .xlsx (every sheet with the header) or .csv."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from congtam.kernel.errors import Problem, msgid
from congtam.kernel.input.days import DayMalformed, parse_day
from congtam.kernel.input.numbers import number_or_none
from congtam.kernel.input.unreadable_files import FileHeaderMissing, FileTooManyRows
from congtam.kernel.vietnamese import fold, nfc
from congtam.procedures.domain.desk import ProcessStep
from congtam.procedures.readers.tables import Line, csv_lines, locate_columns, text_of_cell, xlsx_sheets

COLUMNS: Final = {
    "procedure": "Mã thủ tục",
    "process": "Mã quy trình",
    "decision": "Số quyết định",
    "decided_on": "Ngày quyết định",
    "valid_from": "Hiệu lực từ",
    "unit": "Mã đơn vị",
    "name": "Tên bước",
    "office": "Nơi thực hiện",
    "role": "Người thực hiện",
    "hours": "Số giờ",
    "product": "Sản phẩm",
}
_NEEDED: Final = ("procedure", "name", "role", "hours")
_OF_PROCESS: Final = ("process", "decision", "decided_on", "valid_from", "unit")
_MOST_ROWS: Final = 20_000
_LONGEST: Final = 500
_ROLES: Final = (
    ("clerk", ("clerk", "mot cua", "tiep nhan", "tra ket qua", "tn&tkq", "tntkq")),
    ("officer", ("officer", "chuyen vien", "van thu")),
    ("leader", ("leader", "ubnd tinh", "uy ban nhan dan tinh", "lanh dao tinh")),
    ("unit_head", ("unit_head", "lanh dao", "truong", "giam doc", "chu tich", "pho phong")),
    ("officer", ("cong chuc", "can bo", "vien chuc")),
)
"""Words by which a role is known, folded; the first that fits."""


@dataclass
class ListedProcess:
    """A process as the list has it, and where its first row stands."""

    procedure_code: str
    values: dict[str, Any]
    sheet: str | None
    row: int
    steps: list[ProcessStep] = field(default_factory=list)


@dataclass
class ProcessList:
    """What a file holds, and everything that is wrong with it."""

    file: str
    processes: list[ListedProcess] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_process_list(content: bytes, name: str) -> ProcessList:
    """Read all rows; problems name sheet, row and column. Raises FileUnreadable for what is no such list."""
    listing = ProcessList(nfc(name))
    sheets = xlsx_sheets(content, name) if name.lower().endswith(".xlsx") else csv_lines(content, name)
    is_list = False
    for sheet, lines in sheets:
        header = locate_columns(lines, COLUMNS, needed=_NEEDED)
        if header:
            is_list = True
            _read_sheet(listing, sheet, header=header, lines=lines)
    if not is_list:
        needed = ", ".join(COLUMNS[each] for each in _NEEDED)
        raise FileHeaderMissing(file=name, columns=needed)
    return listing


def _read_sheet(
    listing: ProcessList, sheet: str | None, *, header: dict[str, int], lines: Iterator[Line]
) -> None:
    current: ListedProcess | None = None
    for count, (number, cells) in enumerate(lines):
        if count >= _MOST_ROWS:
            raise FileTooManyRows(file=listing.file, maximum=_MOST_ROWS)
        values = {key: cells[at] if at < len(cells) else "" for key, at in header.items()}
        if not any(text_of_cell(value) for value in values.values()):
            continue
        row = _Row(listing, sheet, number, values)
        current = row.begins(current)
        if current is not None:
            current.steps.append(row.step(len(current.steps) + 1))


@dataclass
class _Row:
    listing: ProcessList
    sheet: str | None
    number: int
    values: dict[str, Any]

    def begins(self, current: ListedProcess | None) -> ListedProcess | None:
        """The process the row belongs to: a new one where code or unit differ; empty cells repeat what is above."""
        code, unit = self.text("procedure"), self.text("unit")
        if current is None and not code:
            self.problem(
                "procedure", code="procedure_missing", message=msgid("Enter the code of the procedure.")
            )
            return None
        same = current is not None and code in {"", current.procedure_code}
        if current is not None and same and unit in {"", current.values["unit"]}:
            return current
        process = ListedProcess(
            code or (current.procedure_code if current else ""),
            self._process_values(),
            self.sheet,
            self.number,
        )
        self.listing.processes.append(process)
        return process

    def _process_values(self) -> dict[str, Any]:
        values: dict[str, Any] = {key: self.text(key) for key in _OF_PROCESS}
        for key in ("decided_on", "valid_from"):
            values[key] = self.day(key)
        return values

    def step(self, position: int) -> ProcessStep:
        name, role = self.text("name"), _role_code(self.text("role"))
        if not name:
            self.problem("name", code="step_without_name", message=msgid("Enter the name of the step."))
        if not role:
            self.problem(
                "role",
                code="step_role_unknown",
                message=msgid("“{role}” is not a role that carries out a step."),
                advice=msgid("Choose clerk, officer, unit head or leader."),
                role=self.text("role"),
            )
        return ProcessStep(
            position=position,
            code="",
            name=name,
            office=self.text("office"),
            role=role or "officer",
            hours=self.hours(),
            product=self.text("product"),
        )

    def hours(self) -> Decimal | None:
        cell = self.values.get("hours")
        if not self.text("hours"):
            return None
        hours = number_or_none(cell if isinstance(cell, int | float) else self.text("hours"))
        if hours is None or hours <= 0:
            self.problem(
                "hours", code="step_hours", message=msgid("Enter a number of hours above 0 for the step.")
            )
            return None
        return hours

    def day(self, key: str) -> date | None:
        value = self.values.get(key)
        if not isinstance(value, date) and not text_of_cell(value):
            return None
        try:
            return parse_day(value if isinstance(value, date) else text_of_cell(value))
        except DayMalformed as error:
            self.problem(key, code="day_unreadable", message=error.message, **error.data)
            return None

    def text(self, key: str) -> str:
        return text_of_cell(self.values.get(key))[:_LONGEST]

    def problem(self, key: str, *, code: str, message: str, advice: str = "", **data: object) -> None:
        self.listing.problems.append(
            Problem(
                code=f"procedures.{code}",
                message=message,
                data=data,
                file=self.listing.file,
                sheet=self.sheet,
                row=self.number,
                column=COLUMNS[key],
                advice=advice,
            )
        )


def _role_code(text: str) -> str:
    folded = fold(text)
    return next((role for role, synonyms in _ROLES if any(word in folded for word in synonyms)), "")
