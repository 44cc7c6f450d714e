"""What a page with an electronic form sends back (nội dung gửi lên từ tờ khai), kept as it was typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.http import QueryDict

from congtam.forms.domain.fields import FieldKind, FormField
from congtam.forms.rendering import PREFIX
from congtam.kernel.input.texts import storable_text

SHOWN_INPUTS: Final = "form-shown"
"""Sent once for each input that was in sight: an unticked box sends nothing else."""
ADD: Final = "add-row"
DROP: Final = "drop-row"
_LONGEST: Final = 20_000
"""More than any answer may hold; nobody typed it."""
_MOST_ROWS: Final = 200
_BOXES: Final = frozenset({FieldKind.CHOICES, FieldKind.YES, FieldKind.CHOICE})


def posted_answers(form: Sequence[FormField], posted: QueryDict, *, prefix: str = PREFIX) -> dict[str, Any]:
    """The answers of those fields that were on the page, by name; a box left alone is an empty answer."""
    shown = set(posted.getlist(SHOWN_INPUTS))
    answers: dict[str, Any] = {}
    for field in form:
        name = f"{prefix}.{field.name}"
        if field.kind is FieldKind.ROWS:
            if name in posted or name in shown:
                answers[field.name] = list(_read_rows(field, posted, name=name))
        elif name in posted:
            answers[field.name] = _read_value(field, posted, name)
        elif name in shown and field.kind in _BOXES:
            answers[field.name] = [] if field.kind is FieldKind.CHOICES else ""
    return answers


def _read_rows(field: FormField, posted: QueryDict, *, name: str) -> Iterator[dict[str, Any]]:
    """The rows in the order of the page; each tells its number by itself."""
    numbers = dict.fromkeys(posted.getlist(name))
    for number in list(numbers)[:_MOST_ROWS]:
        yield posted_answers(field.columns, posted, prefix=f"{name}.{number}")


def _read_value(field: FormField, posted: QueryDict, name: str) -> Any:
    if field.kind is FieldKind.CHOICES:
        return [_clip_text(value) for value in posted.getlist(name)]
    return _clip_text(str(posted[name]))


def _clip_text(text: str) -> str:
    return storable_text(text[:_LONGEST])


def answers_of_page(form: Sequence[FormField], posted: QueryDict) -> tuple[dict[str, Any], str]:
    """What a page sends of a form, and where it asked for a row more or less; there nothing else is asked for.

    Rows nobody wrote anything in are left out, but where a row was asked for.
    """
    sent = posted_answers(form, posted)
    changed = apply_row_change(form, sent, posted)
    return changed or (without_blank_rows(form, sent), "")


def apply_row_change(
    form: Sequence[FormField], answers: Mapping[str, Any], posted: QueryDict
) -> tuple[dict[str, Any], str] | None:
    """The answers with a row added or taken out as the page asked, and where; None when it asked for neither."""
    for field in form:
        rows = answers.get(field.name)
        if field.kind is not FieldKind.ROWS or not isinstance(rows, list):
            continue
        name = f"{PREFIX}.{field.name}"
        if posted.get(ADD) == name:
            return {**answers, field.name: [*rows, {}][:_MOST_ROWS]}, f"{name}.{len(rows)}"
        number = posted.get(DROP, "").removeprefix(f"{name}.")
        if number in posted.getlist(name):
            index = posted.getlist(name).index(number)
            return {**answers, field.name: [*rows[:index], *rows[index + 1 :]]}, name
    return None


def without_blank_rows(form: Sequence[FormField], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers without the rows nobody wrote anything in."""
    tables = {field.name for field in form if field.kind is FieldKind.ROWS}
    return {
        name: [row for row in value if _is_filled(row)]
        if name in tables and isinstance(value, list)
        else value
        for name, value in answers.items()
    }


def _is_filled(row: object) -> bool:
    return isinstance(row, Mapping) and any(_has_content(value) for value in row.values())


def _has_content(value: object) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def is_filled_in(
    form: Sequence[FormField], answers: Mapping[str, Any], *, prefilled: Mapping[str, str] | None = None
) -> bool:
    """Whether somebody filled in anything; what was filled in ahead (``prefilled``, by its source) does not count."""
    ahead = {field.name: (prefilled or {}).get(field.fill_from, "") for field in form if field.fill_from}
    for field in form:
        value = answers.get(field.name)
        if isinstance(value, list) and field.kind is FieldKind.ROWS:
            value = [row for row in value if _is_filled(row)]
        if _has_content(value) and value != ahead.get(field.name):
            return True
    return False
