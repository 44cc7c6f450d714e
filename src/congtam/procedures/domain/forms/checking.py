"""Checking the answers of a form (kiểm tra tờ khai): everything wrong at once, and the answers as they are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from congtam.kernel.errors import Problem, msgid
from congtam.procedures.domain.forms.bounds import out_of_bounds, rows_bounds
from congtam.procedures.domain.forms.fields import Answers, FieldKind, FormField
from congtam.procedures.domain.forms.showing import said_of, shown_fields
from congtam.procedures.domain.forms.values import CHOOSE, READERS, Fault, ticked_of, typed

MOST_ROWS: Final = 200
_MISSING: Final = msgid("Fill in “{field}”.")
_SHAPE: Final = Fault("shape_wrong", msgid("“{field}” was given in another form than it is asked for."))


def checked(
    form: Sequence[FormField], answers: Answers, *, case_kind: str = "", today: date
) -> tuple[dict[str, Any], list[Problem]]:
    """The answers of the shown fields as they are kept, and all problems.

    Kept are texts, lists of values (CHOICES) and lists of rows without the blank ones; days are written yyyy-mm-dd,
    numbers “1234.5”, money in whole đồng, phone and identity numbers in digits, a ticked box “yes”. What is blank,
    hidden, unknown or wrong is not kept. A problem names its place as ``form.<name>`` or
    ``form.<name>.<row>.<column>``, the row as it was given. Never raises, whatever the answers hold.

    >>> ask = FormField(name="area", label="Diện tích", kind=FieldKind.NUMBER)
    >>> checked([ask], {"area": "1.234,5"}, today=date(2026, 3, 2))
    ({'area': '1234.5'}, [])
    >>> [problem.code for problem in checked([ask], {}, today=date(2026, 3, 2))[1]]
    ['field_missing']
    """
    check = _Check(today=today, case_kind=case_kind)
    return check.all(form, answers, at="form"), check.found


def unknown_names(form: Sequence[FormField], answers: Answers) -> tuple[str, ...]:
    """The names that the form does not know, each once; of a column as “members.name”.

    >>> unknown_names([FormField(name="name", label="Họ và tên")], {"name": "A", "nmae": "B"})
    ('nmae',)
    """
    known = {each.name: each for each in form}
    found = [name for name in answers if name not in known]
    for each in form:
        rows = answers.get(each.name)
        if each.columns and isinstance(rows, list):
            columns = {column.name for column in each.columns}
            names = (name for row in rows[:MOST_ROWS] if isinstance(row, Mapping) for name in row)
            found += [f"{each.name}.{name}" for name in names if name not in columns]
    return tuple(dict.fromkeys(found))


@dataclass
class _Check:
    today: date
    case_kind: str
    found: list[Problem] = field(default_factory=list)

    def all(self, form: Sequence[FormField], answers: Answers, *, at: str) -> dict[str, Any]:
        kept = {}
        for ask in shown_fields(form, answers, case_kind=self.case_kind):
            value = self._one(ask, answers.get(ask.name), at=f"{at}.{ask.name}")
            if value:
                kept[ask.name] = value
        return kept

    def _one(self, ask: FormField, raw: object, *, at: str) -> Any:
        if ask.kind is FieldKind.ROWS:
            return self._rows(ask, raw, at=at)
        if ask.kind is FieldKind.CHOICES:
            return self._choices(ask, raw, at=at)
        text = typed(raw)
        value = _SHAPE if text is None else self._read(ask, text)
        if isinstance(value, Fault):
            self._tell(ask, value, at=at)
            return ""
        if not value and ask.is_required:
            self._tell(ask, _missing(ask), at=at)
        return value

    def _read(self, ask: FormField, text: str) -> str | Fault:
        value = READERS[ask.kind](ask, text, self.today) if text else ""
        if isinstance(value, Fault) or not value:
            return value
        return out_of_bounds(ask, value, today=self.today) or value

    def _choices(self, ask: FormField, raw: object, *, at: str) -> list[str]:
        given = [typed(each) for each in (raw if isinstance(raw, list) else [raw])]
        said = said_of(ask, given)
        if {each for each in given if each != ""} - said:
            self._tell(ask, Fault("choice_unknown", CHOOSE), at=at)
        elif ask.is_required and not said:
            self._tell(ask, _missing(ask), at=at)
        return [option.value for option in ask.options if option.value in said]

    def _rows(self, ask: FormField, raw: object, *, at: str) -> list[dict[str, Any]]:
        given = [] if raw in (None, "") else raw
        if not isinstance(given, list) or not all(isinstance(row, Mapping) for row in given[:MOST_ROWS]):
            self._tell(ask, _SHAPE, at=at)
            return []
        kept = []
        for number, row in enumerate(given[:MOST_ROWS]):
            if _is_blank(ask, row, case_kind=self.case_kind):
                continue
            kept.append(self.all(ask.columns, row, at=f"{at}.{number}"))
        count = len(kept) if len(given) <= MOST_ROWS else len(given)
        fault = rows_bounds(ask, count, most=MOST_ROWS)
        if fault:
            self._tell(ask, fault, at=at)
        return [row for row in kept if row]

    def _tell(self, ask: FormField, fault: Fault, *, at: str) -> None:
        data = {"field": ask.label, **fault.data}
        self.found.append(Problem(code=fault.code, message=fault.message, data=data, column=at))


def _missing(ask: FormField) -> Fault:
    if ask.kind is FieldKind.YES:
        return Fault("not_ticked", msgid("Tick “{field}”."))
    return Fault("field_missing", CHOOSE if ask.kind is FieldKind.CHOICE else _MISSING)


def _is_blank(ask: FormField, row: Mapping[str, Any], *, case_kind: str) -> bool:
    """A row nobody wrote anything in, which does not count."""
    shown = shown_fields(ask.columns, row, case_kind=case_kind)
    return not any(_says(column, row.get(column.name)) for column in shown)


def _says(column: FormField, raw: object) -> bool:
    if column.kind is FieldKind.YES:
        return ticked_of(typed(raw) or "") != ""
    return any(typed(each) != "" for each in (raw if isinstance(raw, list) else [raw]))
