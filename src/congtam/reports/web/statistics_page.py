"""What the pages of a reporting form show (trang biểu thống kê)."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congtam.dossiers.public import STATE_LABELS
from congtam.org_units.public import unit_name, unit_text
from congtam.reports.statistics.counting import (
    ALL_ROWS,
    Convention,
    Counted,
    CountedRow,
    DrillDown,
    DrillDownPage,
    FailedCheck,
    StatisticsQuestion,
)
from congtam.reports.statistics.definitions import FILINGS, CountedColumn, StatisticsForm, forms, measures
from congtam.reports.statistics.head import head_rows
from congtam.reports.statistics.rows import row_name
from congtam.reports.web.choices import ReportChoice, part_options
from congtam.ui.public import current_language, day

FILING_STATES: Final = {
    "submitted": gettext_lazy("Waiting"),
    "accepted": gettext_lazy("Accepted"),
    "declined": gettext_lazy("Declined"),
}
_COMPARED: Final = (
    "settled_early",
    "settled_on_time",
    "settled_in_time",
    "settled_late",
    "settled_late_notified",
    "settled_late_unnotified",
    "open_within",
    "open_overdue",
    "waiting_within",
    "waiting_late",
)


def context(choice: ReportChoice, counted: Counted, *, other: Counted, by_cutoff: bool) -> dict[str, Any]:
    """The form with its numbers as links, its checks, and the other convention beside."""
    question, language = counted.question, _form_language()
    query = query_of(choice, question, by_cutoff=by_cutoff)
    rows_url = reverse("reports:statistics_rows", args=[question.form.key])
    return {
        **_page_context(choice, question, by_cutoff=by_cutoff),
        "unit_text": unit_text(choice.unit, on=question.period.last_day),
        "tabs": form_tabs(query, current=question.form.key),
        "book_query": choice.query(),
        "head": head_rows(question.form, language),
        "rows": [_counted_row(row, question, f"{rows_url}?{query}") for row in counted.rows],
        "total": _counted_row(counted.total, question, f"{rows_url}?{query}"),
        "failures": _failed_check_groups(counted, f"{rows_url}?{query}"),
        "checks": [check.text for check in question.form.checks],
        "compared": _compare_totals(counted, other, language),
        "notes": _note_rows(counted, f"{rows_url}?{query}", language),
        "remarks": [remark[language] for remark in question.form.remarks],
        "is_in_force": question.form.is_in_force(question.period),
        "valid_from": day(question.form.valid_from),
        "data_version": counted.data_version,
        "as_of": counted.as_of,
        "query": query,
    }


def rows_context(
    choice: ReportChoice,
    question: StatisticsQuestion,
    drill_down: DrillDown,
    *,
    page: DrillDownPage,
    by_cutoff: bool,
) -> dict[str, Any]:
    """The dossiers behind a number."""
    language, query = _form_language(), query_of(choice, question, by_cutoff=by_cutoff)
    address = f"{reverse('reports:statistics_rows', args=[question.form.key])}?{query}&{_drill_down_query(drill_down)}"
    is_filings = drill_down.check is None and _is_filing_count(question.form.column(drill_down.column or 0))
    return {
        **_page_context(choice, question, by_cutoff=by_cutoff),
        "query": query,
        "title": _drill_down_title(drill_down, question, language),
        "rows": [(_filing_row if is_filings else _dossier_row)(row) for row in page.rows],
        "is_filings": is_filings,
        "total": page.total,
        "next_url": f"{address}&after={page.next_after}" if page.next_after else "",
        "first_url": address,
    }


def parts(codes: tuple[str, ...], choice: ReportChoice) -> list[dict[str, object]]:
    """The parts of a year to choose from."""
    return part_options(codes, choice.part)


def query_of(choice: ReportChoice, question: StatisticsQuestion, *, by_cutoff: bool) -> str:
    """The address of the question: unit, period, convention."""
    by = question.convention.value if question.convention is Convention.BY_INSTANT else ""
    return choice.query(by=by, days="" if by_cutoff else "calendar")


def _page_context(choice: ReportChoice, question: StatisticsQuestion, *, by_cutoff: bool) -> dict[str, Any]:
    return {
        "choice": choice,
        "form": question.form,
        "form_name": question.form.name[_form_language()],
        "form_title": _title_in_sentence_case(question.form.title[_form_language()]),
        "unit_name": unit_name(choice.unit, question.period.last_day),
        "period_start": day(question.period.start),
        "period_end": day(question.period.last_day),
        "by_cutoff": by_cutoff,
        "by_instant": question.convention is Convention.BY_INSTANT,
    }


def _title_in_sentence_case(title: str) -> str:
    """A title as a form prints it, in capitals, for reading in a line."""
    return title.capitalize() if title.isupper() else title


def _form_language() -> str:
    return "vi" if current_language().startswith("vi") else "en"


def form_tabs(query: str, *, current: str = "") -> list[dict[str, Any]]:
    """A tab for each form, keeping what was chosen."""
    return [
        {
            "label": one.name[_form_language()],
            "url": f"{reverse('reports:statistics', args=[one.key])}?{query}",
            "is_current": one.key == current,
        }
        for one in forms()
    ]


def _counted_row(row: CountedRow, question: StatisticsQuestion, address: str) -> dict[str, Any]:
    name = _("Total") if row.key == ALL_ROWS else row_name(row.key, question, _form_language())
    cells = [
        {
            "value": value,
            "url": f"{address}&{_drill_down_query(DrillDown(row=row.key, column=number))}" if value else "",
        }
        for number, value in row.values.items()
    ]
    return {"name": name, "cells": cells}


def _note_rows(counted: Counted, address: str, language: str) -> list[dict[str, Any]]:
    """What is not known of some dossiers, with how many they are."""
    return [
        {
            "label": note.number_label,
            "text": note.title[language],
            "value": value,
            "url": f"{address}&{_drill_down_query(DrillDown(column=note.number))}",
        }
        for note in counted.question.form.notes
        if (value := counted.total.notes[note.number])
    ]


def _failed_check_groups(counted: Counted, address: str) -> list[dict[str, Any]]:
    """What does not add up, by check: the total first, then each row."""
    question = counted.question
    failed_checks = []
    for check in question.form.checks:
        failed = [_failed_check_row(one, question, address) for one in counted.failures if one.check == check]
        if failed:
            total = next((one for one in failed if one["is_total"]), None)
            rows = [one for one in failed if not one["is_total"]]
            failed_checks.append({"check": check.text, "total": total, "rows": rows})
    return failed_checks


def _failed_check_row(failed: FailedCheck, question: StatisticsQuestion, address: str) -> dict[str, Any]:
    check_number, is_total = question.form.checks.index(failed.check), failed.row == ALL_ROWS
    return {
        "row": _("Total") if is_total else row_name(failed.row, question, _form_language()),
        "difference": failed.difference,
        "url": f"{address}&{_drill_down_query(DrillDown(row=failed.row, check=check_number))}",
        "is_total": is_total,
    }


def _drill_down_query(drill_down: DrillDown) -> str:
    parameters = {"row": drill_down.row, "column": drill_down.column, "check": drill_down.check}
    return urlencode({name: value for name, value in parameters.items() if value is not None})


def _compare_totals(counted: Counted, other: Counted, language: str) -> list[dict[str, Any]]:
    """The totals that depend on the convention, under both."""
    return [
        {
            "title": f"{column.number_label} {_column_title(column, counted.question.form, language)}",
            "here": counted.total.values[column.number],
            "there": other.total.values[column.number],
        }
        for column in counted.question.form.columns
        if column.measure in _COMPARED
    ]


def _drill_down_title(drill_down: DrillDown, question: StatisticsQuestion, language: str) -> str:
    row = _("Total") if drill_down.row == ALL_ROWS else row_name(drill_down.row, question, language)
    if drill_down.check is not None:
        return _("{row}: dossiers behind the difference of {check}").format(
            row=row, check=question.form.checks[drill_down.check].text
        )
    column = question.form.column(drill_down.column or 0)
    return f"{row}: {column.number_label} {_column_title(column, question.form, language)}"


def _column_title(column: CountedColumn, form: StatisticsForm, language: str) -> str:
    """The groups of the head a column stands under, and its title."""
    return " - ".join((*(form.groups[key][language] for key in column.path), column.title[language]))


def _is_filing_count(column: CountedColumn) -> bool:
    return measures()[column.measure].source == FILINGS


def _filing_row(row: Any) -> dict[str, Any]:
    """What was filed online and waited: the day it was filed, the day an answer was due, the day it came."""
    text = FILING_STATES[row["state"]]
    tone = "info" if row["state"] == "accepted" else "neutral" if row["state"] == "declined" else "warn"
    return {
        **_common_row_fields(row),
        "url": reverse("dossiers:filing", args=[row["code"]]),
        "state": {"text": text, "tone": tone},
    }


def _common_row_fields(row: Any) -> dict[str, Any]:
    return {
        "code": row["code"],
        "procedure": row["procedure_name"],
        "unit": unit_name(row["unit_code"], row["received_on"]),
        "received": day(row["received_on"]),
        "due": day(row["due_on"]),
        "finished": day(row["finished_on"]),
    }


def _dossier_row(row: Any) -> dict[str, Any]:
    return {
        **_common_row_fields(row),
        "url": reverse("dossiers:detail", args=[row["code"]]),
        "state": STATE_LABELS[row["state"]],
    }
