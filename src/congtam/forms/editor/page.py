"""What a page shows on which a form is made (trang soạn biểu mẫu)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from congtam.forms.domain.fields import CONDITIONS, FieldKind, FormField
from congtam.forms.domain.flattening import ParsedForm
from congtam.forms.editor.row_order import is_column
from congtam.forms.editor.state import FormEditor
from congtam.forms.rendering import form_sections
from congtam.forms.wording import KINDS, SOURCES, field_notes
from congtam.kernel.errors import Problem

ByRow = Mapping[str, list[Problem]]


@dataclass(frozen=True)
class _Page:
    """What the parts of the page are made from."""

    editor: FormEditor
    read: ParsedForm
    cases: Mapping[str, str]
    problems: ByRow


def editor_context(
    editor: FormEditor,
    *,
    cases: Mapping[str, str],
    inputs_beside_form: Collection[str] = (),
    try_url: str = "",
) -> dict[str, Any]:
    """The values of the template ``forms/editor/fields.html``.

    ``cases`` are the names of the cases by code; ``inputs_beside_form`` names the inputs of the page that show
    their problems themselves, ``try_url`` the page on which the form is tried out.
    """
    read, problems = editor.read(), _problems_by_position(editor.problems, inputs_beside_form)
    page = _Page(editor, read, cases, problems)
    return {
        "rows": list(_editor_rows(page)),
        "state": editor.as_json(),
        "open_row": "" if editor.opened is None else editor.opened,
        "editor": None if editor.opened is None else _open_row_context(page, editor.opened),
        "above": problems.get("", []),
        "beside": {name: problems.get(name, []) for name in inputs_beside_form},
        "sections": form_sections(_fields_common_to_cases(read.fields), {}),
        "try_url": try_url,
        "count": len(read.fields),
    }


def _fields_common_to_cases(form: Iterable[FormField]) -> list[FormField]:
    """The preview shows the form of no case in particular; the page to try it tells the cases apart."""
    return [field for field in form if not field.case_kind]


def _problems_by_position(
    problems: Iterable[Problem], inputs_beside_form: Collection[str]
) -> dict[str, list[Problem]]:
    """The problems by the number of their row, the name of an input beside the form, or nothing."""
    by_row: dict[str, list[Problem]] = {}
    for problem in problems:
        parts = (problem.column or "").split(".")
        if problem.file is None and len(parts) == 3 and parts[0] == "fields":
            by_row.setdefault(parts[1], []).append(problem)
        else:
            is_beside = problem.file is None and problem.column in inputs_beside_form
            by_row.setdefault(problem.column or "" if is_beside else "", []).append(problem)
    return by_row


def _editor_rows(page: _Page) -> Iterator[dict[str, Any]]:
    fields, section = _fields_by_row_number(page.read), ""
    for number, row in enumerate(page.editor.rows):
        field = fields.get(number)
        heading = row["section"] if not is_column(row) else section
        siblings = _sibling_fields(page, number)
        yield {
            "number": number,
            "heading": heading if heading != section else "",
            "label": row["label"] or _("(no label yet)"),
            "name": row["name"],
            "is_column": is_column(row),
            "is_open": number == page.editor.opened,
            "notes": field_notes(field, page.cases, siblings=siblings) if field else [],
            "problems": page.problems.get(str(number), []),
        }
        section = heading


def _table_name(row: Mapping[str, str]) -> str:
    """The name of the table a column belongs to; nothing for a field."""
    return row["name"].rpartition(".")[0]


def _sibling_fields(page: _Page, number: int) -> dict[str, FormField]:
    """The fields of the form, or of a column those of its table."""
    table, form = _table_name(page.editor.rows[number]), page.read.fields
    fields = next((each.columns for each in form if each.name == table), form) if table else form
    return {each.name: each for each in fields}


def _fields_by_row_number(read: ParsedForm) -> dict[int, FormField]:
    """The fields by the number of the row they were read from."""
    by_number: dict[int, FormField] = {}
    for column, number in read.row_of.items():
        parts = column.split(".")
        field = read.fields[int(parts[1])]
        by_number[number] = field.columns[int(parts[3])] if len(parts) > 2 else field
    return by_number


def _open_row_context(page: _Page, number: int) -> dict[str, Any]:
    """The open row: what it holds, what may be chosen, what is wrong."""
    rows = page.editor.rows
    row = rows[number]
    wrong: dict[str, list[Problem]] = {}
    for problem in page.problems.get(str(number), []):
        wrong.setdefault((problem.column or "").rpartition(".")[2], []).append(problem)
    return {
        "number": number,
        "values": {**row, "name": row["name"].rpartition(".")[2]},
        "is_column": is_column(row),
        "table": _table_number(rows, number),
        "kinds": [
            (kind.value, text)
            for kind, text in KINDS.items()
            if kind is not FieldKind.ROWS or not is_column(row)
        ],
        "cases": list(page.cases.items()),
        "sources": list(SOURCES.items()),
        "headings": list(dict.fromkeys(each["section"] for each in rows if each["section"])),
        "conditions": list(_possible_conditions(page, number)),
        "wrong": wrong,
    }


def _table_number(rows: Sequence[Mapping[str, str]], number: int) -> int | None:
    """The number of the open table, or of the table the open column belongs to."""
    row = rows[number]
    if "." in row["name"]:
        table = _table_name(row)
        return next((index for index, each in enumerate(rows) if each["name"] == table), None)
    return number if row["kind"] == FieldKind.ROWS.value else None


def _possible_conditions(page: _Page, number: int) -> Iterator[dict[str, str]]:
    """The conditions that may be set: each value of each choice and box before the row, in its own table."""
    rows = page.editor.rows
    for index, field in _fields_by_row_number(page.read).items():
        if (
            index >= number
            or field.kind not in CONDITIONS
            or _table_name(rows[index]) != _table_name(rows[number])
        ):
            continue
        labels = field.option_labels or {"yes": _("ticked"), "no": _("not ticked")}
        for value, label in labels.items():
            yield {"value": f"{field.name} = {value}", "text": f"{field.label}: {label}"}
