"""How a mapping says where values come from (ánh xạ nhập dữ liệu): the target-independent parts.

The text of ``docs/mappings.md`` is the manual of this model.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from congtam.tabular.dates import date_form_fault

ENCODINGS: Final = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "windows-1258", "windows-1252", "iso-8859-1")


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Name = Annotated[str, Field(min_length=1, max_length=200)]
Names = Annotated[list[Name], BeforeValidator(_as_list), Field(min_length=1, max_length=20)]
CellText = Annotated[str, Field(max_length=500)]
CellTexts = Annotated[list[CellText], BeforeValidator(_as_list), Field(min_length=1, max_length=500)]
Conditions = Annotated[dict[Name, CellTexts], Field(min_length=1, max_length=10)]
"""Column → the values it may have; the word ``filled`` stands for any value, ``empty`` for none."""


class Part(BaseModel):
    """Every part refuses what it does not know, so that a slip of the pen is told."""

    model_config = ConfigDict(extra="forbid", frozen=True)


DateForms = Annotated[list[Name], BeforeValidator(_as_list), Field(min_length=1, max_length=10)]


class Value(Part):
    """Where one value comes from: a column, an event, or a constant; then translated, or a default."""

    column: Names | None = None
    first: Names | None = None
    last: Names | None = None
    earliest: Names | None = None
    latest: Names | None = None
    count: Literal["events"] | None = None
    value: CellText | None = None
    where: Conditions | None = None
    only_if: Conditions | None = None
    translate: dict[str, CellText] | None = None
    otherwise: CellText | None = None
    default: CellText | None = None
    dates: DateForms | None = None
    date_only: Literal["start", "end"] | None = None

    @model_validator(mode="after")
    def _validate_single_origin(self) -> Self:
        origins = ("column", "first", "last", "earliest", "latest", "count", "value")
        present = [name for name in origins if getattr(self, name) is not None]
        if len(present) != 1:
            raise ValueError(_("exactly one of {names} must be given").format(names=", ".join(origins)))
        if self.where is not None and present[0] in {"column", "value"}:
            raise ValueError(_("where chooses events: it goes with first, last, earliest, latest or count"))
        if self.otherwise is not None and self.translate is None:
            raise ValueError(_("otherwise goes with translate"))
        return self

    @field_validator("dates")
    @classmethod
    def _date_forms(cls, forms: list[str] | None) -> list[str] | None:
        return _validate_forms(forms)

    @property
    def events(self) -> Names | None:
        """The event columns this value reads, when it reads events."""
        return self.first or self.last or self.earliest or self.latest


def _validate_forms(forms: list[str] | None) -> list[str] | None:
    for form in forms or ():
        fault = date_form_fault(form)
        if fault is not None:
            raise ValueError(
                _(
                    "{form} is not a date form: {fault}. Use iso, excel, epoch, epoch_ms, or yyyy MM dd HH mm ss (hh "
                    "and tt for a clock of twelve hours) as in dd/MM/yyyy HH:mm; other letters in quotes: 'ngày' dd"
                ).format(form=repr(form), fault=fault)
            )
    return forms


def _normalize_value_list(raw: Any) -> Any:
    if isinstance(raw, str):
        return [{"column": [raw]}]
    if isinstance(raw, dict):
        return [raw]
    if isinstance(raw, list):
        return [{"column": [item]} if isinstance(item, str) else item for item in raw]
    return raw


ValueSource = Annotated[
    list[Value], BeforeValidator(_normalize_value_list), Field(min_length=1, max_length=10)
]
"""Alternatives: the first that yields something counts."""


class FileForm(Part):
    """How the file is written."""

    rows: Literal["event", "case"] = "case"
    encoding: str = "utf-8"
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    sheet: str | None = None

    @field_validator("encoding")
    @classmethod
    def _validate_encoding(cls, encoding: str) -> str:
        if encoding.lower() not in ENCODINGS:
            raise ValueError(_("choose from {names}").format(names=", ".join(ENCODINGS)))
        return encoding.lower()


class FileMapping(Part):
    """What every mapping says, whatever it is read into: how the file, its dates and its empty cells are written."""

    mapping: Literal["1"]
    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,49}$")]
    title: dict[Literal["vi", "en"], str] = {}
    file: FileForm = FileForm()
    time_zone: str = "Asia/Ho_Chi_Minh"
    dates: DateForms = ["iso"]
    empty: Annotated[list[CellText], Field(max_length=50)] = []

    @field_validator("time_zone")
    @classmethod
    def _validate_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(
                _("{name} is not a time zone such as Asia/Ho_Chi_Minh").format(name=repr(name))
            ) from None
        return name

    @field_validator("dates")
    @classmethod
    def _date_forms(cls, forms: list[str]) -> list[str]:
        return _validate_forms(forms) or []
