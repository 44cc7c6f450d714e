"""What the page shows on which an electronic form is made (trang soạn tờ khai điện tử)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.foundation.public import clock
from congtam.kernel.clock import today
from congtam.kernel.errors import Problem
from congtam.procedures.catalogue.web.desk_parts import case_names
from congtam.procedures.domain.content import Content
from congtam.procedures.domain.forms import FieldKind, FormField, ReadForm
from congtam.procedures.domain.forms.arranging import is_column
from congtam.procedures.domain.forms.fields import CONDITIONS
from congtam.procedures.form_inputs import form_sections
from congtam.procedures.form_wording import KINDS, SOURCES, notes_of
from congtam.procedures.models import ProcedureVersion
from congtam.procedures.web.form_state import FormState

_SINGLE: Final = ("valid_from", "ground", "file", "copy_from")


def context(
    version: ProcedureVersion,
    state: FormState,
    *,
    read: ReadForm,
    content: Content,
    problems: Sequence[Problem],
    post: QueryDict,
) -> dict[str, Any]:
    """The values of the template."""
    placed = _placed(problems)
    code = version.procedure.code
    return {
        "code": code,
        "name": version.name,
        "rows": list(_rows(state, read, content=content, problems=placed)),
        "state": state.as_json(),
        "opened": "" if state.opened is None else state.opened,
        "editor": _editor(state, read, content=content, problems=placed)
        if state.opened is not None
        else None,
        "above": placed.get("", []),
        "beside": {name: placed.get(name, []) for name in _SINGLE},
        "papers": [
            {"place": place, "name": paper.name, "is_chosen": place in state.papers}
            for place, paper in enumerate(content.papers)
        ],
        "sections": form_sections(_of_all_cases(read.fields), {}),
        "try_url": reverse("procedures:try_electronic_form", args=[code]),
        "count": len(read.fields),
        "valid_from": post.get("valid_from") or _default_day(version),
        "ground": post.get("ground", ""),
        "copy_from": post.get("copy_from", ""),
        "base": post.get("base") or version.digest,
    }


def _default_day(version: ProcedureVersion) -> str:
    day, since = today(clock()), version.valid.lower
    return (max(day, since) if since else day).isoformat()


def _of_all_cases(form: Iterable[FormField]) -> list[FormField]:
    """The preview shows the form of no case in particular; `procedures:try_electronic_form` tells them apart."""
    return [field for field in form if not field.case_kind]


def _placed(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """The problems by the number of their row, the name of a single field, or nothing."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        parts = (problem.column or "").split(".")
        if problem.file is None and len(parts) == 3 and parts[0] == "fields":
            found.setdefault(parts[1], []).append(problem)
        else:
            is_single = problem.file is None and problem.column in _SINGLE
            found.setdefault(problem.column or "" if is_single else "", []).append(problem)
    return found


def _rows(
    state: FormState, read: ReadForm, *, content: Content, problems: Mapping[str, list[Problem]]
) -> Iterator[dict[str, Any]]:
    fields, cases, section = _by_row(read), case_names(content), ""
    for number, row in enumerate(state.rows):
        field = fields.get(number)
        heading = row["section"] if not is_column(row) else section
        yield {
            "number": number,
            "heading": heading if heading != section else "",
            "label": row["label"] or _("(no label yet)"),
            "name": row["name"],
            "is_column": is_column(row),
            "is_open": number == state.opened,
            "notes": notes_of(field, cases, known=_siblings(read, state.rows, number)) if field else [],
            "problems": problems.get(str(number), []),
        }
        section = heading


def _siblings(read: ReadForm, rows: Sequence[Mapping[str, str]], number: int) -> dict[str, FormField]:
    """The fields of the form, or of a column those of its table."""
    table = rows[number]["name"].rpartition(".")[0]
    form = next((each.columns for each in read.fields if each.name == table), read.fields)
    return {each.name: each for each in (form if table else read.fields)}


def _by_row(read: ReadForm) -> dict[int, FormField]:
    """The fields by the number of the row they were read from."""
    found: dict[int, FormField] = {}
    for place, number in read.places.items():
        parts = place.split(".")
        field = read.fields[int(parts[1])]
        found[number] = field.columns[int(parts[3])] if len(parts) > 2 else field
    return found


def _editor(
    state: FormState, read: ReadForm, *, content: Content, problems: Mapping[str, list[Problem]]
) -> dict[str, Any]:
    """The open row: what it holds, what may be chosen, what is wrong."""
    number = state.opened or 0
    row = state.rows[number]
    wrong: dict[str, list[Problem]] = {}
    for problem in problems.get(str(number), []):
        wrong.setdefault((problem.column or "").rpartition(".")[2], []).append(problem)
    return {
        "number": number,
        "values": {**row, "name": row["name"].rpartition(".")[2]},
        "is_column": is_column(row),
        "table": _table(state, number),
        "kinds": [
            (kind.value, text)
            for kind, text in KINDS.items()
            if kind is not FieldKind.ROWS or not is_column(row)
        ],
        "cases": list(case_names(content).items()),
        "sources": list(SOURCES.items()),
        "headings": list(dict.fromkeys(each["section"] for each in state.rows if each["section"])),
        "conditions": list(_conditions(state, read, number)),
        "wrong": wrong,
    }


def _table(state: FormState, number: int) -> int | None:
    """The number of the table in hand, or of the table the column in hand belongs to."""
    row = state.rows[number]
    if is_column(row):
        table = row["name"].rpartition(".")[0]
        return next((place for place, each in enumerate(state.rows) if each["name"] == table), None)
    return number if row["kind"] == FieldKind.ROWS.value else None


def _conditions(state: FormState, read: ReadForm, number: int) -> Iterator[dict[str, str]]:
    """The conditions that may be set: each value of each choice and box before the row, in its own table."""
    table = state.rows[number]["name"].rpartition(".")[0]
    for place, field in _by_row(read).items():
        if place >= number or field.kind not in CONDITIONS:
            continue
        if state.rows[place]["name"].rpartition(".")[0] != table:
            continue
        labels = field.option_labels or {"yes": _("ticked"), "no": _("not ticked")}
        for value, label in labels.items():
            yield {"value": f"{field.name} = {value}", "text": f"{field.label}: {label}"}
