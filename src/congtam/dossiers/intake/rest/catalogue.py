"""What a program needs before it receives: the procedures in force (danh mục thủ tục)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from congtam.api.responses import json_response
from congtam.dossiers.form.rest.schema import FormSchemaOut, serialize_form_schema
from congtam.forms.public import FieldKind, FormField
from congtam.foundation.public import actor_of, clock
from congtam.kernel.clock import today
from congtam.kernel.errors import NotFound
from congtam.procedures.public import DeskProcedure, desk_procedure, search_for_desk

procedures = Router(tags=["procedures"])


class SuggestionOut(Schema):
    """A procedure that may be meant."""

    code: str
    name: str
    field_name: str
    levels: list[str]
    any_office: bool


class SuggestionList(Schema):
    """The best guesses first."""

    items: list[SuggestionOut]


class OptionOut(Schema):
    """One answer that may be chosen."""

    value: str
    label: str


class ShownWhenOut(Schema):
    """The field is asked only where an earlier one has one of these values; a ticked box has “yes”, else “no”."""

    field: str
    values: list[str]


class ColumnOut(Schema):
    """One column of a field of rows, or what every field has."""

    name: str = Field(description="The key of the answer in `form`.")
    label: str
    label_en: str
    kind: FieldKind
    is_required: bool
    section: str
    help: str
    options: list[OptionOut]
    minimum: str = Field(description="Number, year, day (or “today”), number of rows.")
    maximum: str = Field(description="The same; of a text the number of characters.")
    suffix: str
    case_kind: str = Field(description="Asked in this case only; empty: in all.")
    shown_when: ShownWhenOut | None
    fill_from: str = Field(description="What of the applicant may be filled in ahead.")


class FormFieldOut(ColumnOut):
    """One field of the form that is filled in online; an answer of rows is a list of objects."""

    columns: list[ColumnOut]


class ProcedureOut(Schema):
    """What is in force for a procedure: what to ask for, how long it may take, who does what."""

    code: str
    name: str
    field_name: str
    digest: str
    valid_from: date | None
    levels: list[str]
    channels: list[str]
    case_kinds: list[dict[str, Any]]
    papers: list[dict[str, Any]]
    fees: list[dict[str, Any]]
    limits: list[dict[str, Any]]
    limit_text: str
    legal: list[str]
    results: list[Any]
    process: list[dict[str, Any]]
    any_office: bool
    supplement_days: int
    form_fields: list[FormFieldOut]
    form_schemas: list[FormSchemaOut] = Field(
        description="The same form for programs: a JSON Schema for each case; none where there is no form."
    )
    online_level: str
    online_level_reason: str


@procedures.get("", response=SuggestionList)
def suggest_procedures(
    request: HttpRequest,
    *,
    q: Annotated[str, Query(max_length=200)],
    on: date | None = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 12,
) -> HttpResponse:
    """Procedures by code or words, without regard to diacritics, in force on a day."""
    actor_of(request)
    matches = search_for_desk(q, on=on or today(clock()), limit=limit)
    return json_response(
        {"items": [{name: getattr(one, name) for name in SuggestionOut.model_fields} for one in matches]}
    )


@procedures.get("/{code}", response=ProcedureOut)
def read_procedure(request: HttpRequest, code: str, on: date | None = None) -> HttpResponse:
    """What is in force for a procedure on a day."""
    actor_of(request)
    day = on or today(clock())
    procedure = desk_procedure(code, day)
    if procedure is None:
        raise NotFound(kind="procedure", key=code)
    values = {name: getattr(procedure, name) for name in ProcedureOut.model_fields if name != "form_schemas"}
    lists = {
        name: [asdict(one) for one in values[name]] for name in ("case_kinds", "papers", "fees", "process")
    }
    limits = [
        {"channel": channel, "case_kind": case, **asdict(limit)}
        for (channel, case), limit in procedure.limits.items()
    ]
    fields = [_serialize_field(field) for field in procedure.form_fields]
    forms = {"form_fields": fields, "form_schemas": _serialize_form_schemas(procedure, day)}
    return json_response({**values, **lists, **forms, "limits": limits})


def _serialize_form_schemas(procedure: DeskProcedure, on: date) -> list[dict[str, Any]]:
    """What may be sent as the form, case by case."""
    cases = [kind.code for kind in procedure.case_kinds] or [""]
    return [
        serialize_form_schema(form, case_kind=case, on=on)
        for case in cases
        if (form := procedure.form_for(case))
    ]


def _serialize_field(field: FormField) -> dict[str, Any]:
    """A column has no columns of its own."""
    columns = [
        {name: value for name, value in asdict(column).items() if name != "columns"}
        for column in field.columns
    ]
    return {**asdict(field), "columns": columns}
