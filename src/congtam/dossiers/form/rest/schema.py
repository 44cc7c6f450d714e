"""What was filled in, as people read it (tờ khai đã điền): for callers that show it without knowing the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ninja import Field, Schema

from congtam.dossiers.form.answers import told_form
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


def form_told(kept: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Everything that was filled in, by heading, under the form it was filled in with."""
    return [asdict(part) for part in told_form(kept, language=current_language())]
