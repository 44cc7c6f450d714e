"""What the columns of a file mean (ánh xạ nhập dữ liệu): the model behind the documented YAML.

The text of ``docs/mappings.md`` is the manual of this model.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from congtam.dossiers.public import Channel, Ground, Payment, State
from congtam.exchange.domain.values import is_date_form

CHANNELS: Final = frozenset(channel.value for channel in Channel)
PAYMENTS: Final = frozenset(payment.value for payment in Payment)
STATES: Final = frozenset(state.value for state in State)
GROUNDS: Final = frozenset(ground.value for ground in Ground)
ENCODINGS: Final = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "windows-1258", "windows-1252", "iso-8859-1")


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Name = Annotated[str, Field(min_length=1, max_length=200)]
Names = Annotated[list[Name], BeforeValidator(_listed), Field(min_length=1, max_length=20)]
Word = Annotated[str, Field(max_length=500)]
Words = Annotated[list[Word], BeforeValidator(_listed), Field(min_length=1, max_length=500)]
Conditions = Annotated[dict[Name, Words], Field(min_length=1, max_length=10)]
"""Column → the values it may have; the word ``filled`` stands for any value, ``empty`` for none."""


class Part(BaseModel):
    """Every part refuses what it does not know, so that a slip of the pen is told."""

    model_config = ConfigDict(extra="forbid", frozen=True)


DateForms = Annotated[list[Name], BeforeValidator(_listed), Field(min_length=1, max_length=10)]


class Value(Part):
    """Where one value comes from: a column, an event, or a constant; then translated, or a default."""

    column: Names | None = None
    first: Names | None = None
    last: Names | None = None
    earliest: Names | None = None
    latest: Names | None = None
    count: Literal["events"] | None = None
    value: Word | None = None
    where: Conditions | None = None
    only_if: Conditions | None = None
    translate: dict[str, Word] | None = None
    otherwise: Word | None = None
    default: Word | None = None
    dates: DateForms | None = None
    date_only: Literal["start", "end"] | None = None

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        origins = ("column", "first", "last", "earliest", "latest", "count", "value")
        given = [name for name in origins if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"exactly one of {', '.join(origins)} must be given")
        if self.where is not None and given[0] in {"column", "value"}:
            raise ValueError("where chooses events: it goes with first, last, earliest, latest or count")
        if self.otherwise is not None and self.translate is None:
            raise ValueError("otherwise goes with translate")
        return self

    @field_validator("dates")
    @classmethod
    def _date_forms(cls, forms: list[str] | None) -> list[str] | None:
        return _known_forms(forms)

    @property
    def events(self) -> Names | None:
        """The event columns this value reads, when it reads events."""
        return self.first or self.last or self.earliest or self.latest


def _known_forms(forms: list[str] | None) -> list[str] | None:
    for form in forms or ():
        if not is_date_form(form):
            raise ValueError(
                f"{form!r} is not a date form: use iso, or yyyy MM dd HH mm ss as in dd/MM/yyyy HH:mm"
            )
    return forms


def _value(given: Any) -> Any:
    if isinstance(given, str):
        return [{"column": [given]}]
    if isinstance(given, dict):
        return [given]
    if isinstance(given, list):
        return [{"column": [item]} if isinstance(item, str) else item for item in given]
    return given


Source = Annotated[list[Value], BeforeValidator(_value), Field(min_length=1, max_length=10)]
"""Alternatives: the first that yields something counts."""


class Procedure(Part):
    """The procedure of a dossier."""

    code: Source | None = None
    name: Source | None = None
    field: Source | None = None


class Case(Part):
    """The fields of a dossier."""

    code: Source
    code_prefix: Annotated[str, Field(max_length=30)] = ""
    unit: Source | None = None
    procedure: Procedure = Procedure()
    channel: Source | None = None
    applicant: Source | None = None
    applicant_kind: Source | None = None
    received: Source
    due: Source | None = None
    finished: Source | None = None
    returned: Source | None = None
    state: Source | None = None
    payment: Source | None = None
    fee: Source | None = None
    digitised: Source | None = None
    supplements: Source | None = None
    officer: Source | None = None
    limit: Source | None = None
    keep: Annotated[list[Name], Field(max_length=200)] = []

    @model_validator(mode="after")
    def _known_words(self) -> Self:
        for field, words in (("channel", CHANNELS), ("state", STATES), ("payment", PAYMENTS)):
            for alternative in getattr(self, field) or ():
                _check_words(field, alternative, words)
        return self


def _check_words(field: str, alternative: Value, words: frozenset[str]) -> None:
    given = [
        *(alternative.translate or {}).values(),
        alternative.value,
        alternative.otherwise,
        alternative.default,
    ]
    unknown = sorted({word for word in given if word is not None and word not in words})
    if unknown:
        raise ValueError(f"{field}: {', '.join(unknown)} unknown; choose from {', '.join(sorted(words))}")


class Event(Part):
    """The fields of a step; ``where`` leaves out events that are not steps."""

    where: Conditions | None = None
    code: Source | None = None
    name: Source | None = None
    office: Source | None = None
    officer: Source | None = None
    started: Source | None = None
    finished: Source | None = None
    planned: Source | None = None
    due: Source | None = None
    order: Source | None = None
    keep: Annotated[list[Name], Field(max_length=200)] = []

    @model_validator(mode="after")
    def _own_columns_only(self) -> Self:
        for name in ("code", "name", "office", "officer", "started", "finished", "planned", "due", "order"):
            for alternative in getattr(self, name) or ():
                if alternative.events or alternative.count:
                    raise ValueError(f"{name}: a step is one event; use column or value")
        return self


class Pause(Part):
    """A time during which the clock stands still: from one event to a later one."""

    ground: str
    starts: Conditions
    ends: Conditions
    at: Name

    @field_validator("ground")
    @classmethod
    def _known_ground(cls, ground: str) -> str:
        if ground not in GROUNDS:
            raise ValueError(f"choose from {', '.join(sorted(GROUNDS))}")
        return ground


class FileForm(Part):
    """How the file is written."""

    rows: Literal["event", "case"] = "case"
    encoding: str = "utf-8"
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    sheet: str | None = None

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, encoding: str) -> str:
        if encoding.lower() not in ENCODINGS:
            raise ValueError(f"choose from {', '.join(ENCODINGS)}")
        return encoding.lower()


class Mapping(Part):
    """One mapping."""

    mapping: Literal["1"]
    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,49}$")]
    title: dict[Literal["vi", "en"], str] = {}
    file: FileForm = FileForm()
    time_zone: str = "Asia/Ho_Chi_Minh"
    dates: DateForms = ["iso"]
    empty: Annotated[list[Word], Field(max_length=50)] = []
    case: Case
    event: Event | None = None
    suspensions: Annotated[list[Pause], Field(max_length=10)] = []

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"{name!r} is not a time zone such as Asia/Ho_Chi_Minh") from None
        return name

    @field_validator("dates")
    @classmethod
    def _date_forms(cls, forms: list[str]) -> list[str]:
        return _known_forms(forms) or []

    @model_validator(mode="after")
    def _events_need_rows(self) -> Self:
        if self.event is not None and self.file.rows == "case":
            raise ValueError("event: the file must say rows: event")
        return self
