"""Electronic forms in the API: what may be sent, as JSON Schema, and what was filled in, as people read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from ninja import Field, Schema

from congtam.dossiers.form.answers import REMARKS, readable_form
from congtam.forms.public import FormField, json_schema
from congtam.ui.public import current_language


class FormLineOut(Schema):
    """One answer: a text, or rows under their heads."""

    label: str = Field(examples=["Ngày sinh"])
    text: str = Field(examples=["01/03/2026"])
    head: list[str]
    rows: list[list[str]]


class FormPartOut(Schema):
    """A heading of the form with its answers; the title may be empty."""

    title: str = Field(examples=["Thông tin người được khai sinh"])
    lines: list[FormLineOut]


def serialize_form(stored: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Everything that was filled in, by heading, under the form it was filled in with."""
    return [asdict(part) for part in readable_form(stored, language=current_language())]


class FormSchemaOut(Schema):
    """What `form` may hold in one case of a procedure, as JSON Schema (draft 2020-12)."""

    case_kind: str = Field(description="The case; empty where the procedure has none.")
    answers: dict[str, Any] = Field(
        description="The schema of the strict way of writing: JSON numbers and booleans, days as yyyy-mm-dd, what is "
        "blank left out. More ways of writing are accepted, and a few rules are checked that no schema can say.",
    )


def serialize_form_schema(form: Sequence[FormField], *, case_kind: str, on: date) -> dict[str, Any]:
    """The schema of a form (of one case), with the remarks that every application may carry."""
    answers = json_schema(form, language=current_language(), today=on, translate=_)
    remarks = {name: {"type": "string"} for name in REMARKS if name not in answers["properties"]}
    return {
        "case_kind": case_kind,
        "answers": {**answers, "properties": {**answers["properties"], **remarks}},
    }
