"""What the columns of a file mean for dossiers (ánh xạ nhập dữ liệu): the model behind the documented YAML.

The text of ``docs/mappings.md`` is the manual of this model.
"""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import Field, field_validator, model_validator

from congtam.dossiers.public import Channel, Ground, Payment, State
from congtam.tabular.mapping import Conditions, FileMapping, Name, Part, Source, Value

CHANNELS: Final = frozenset(channel.value for channel in Channel)
PAYMENTS: Final = frozenset(payment.value for payment in Payment)
STATES: Final = frozenset(state.value for state in State)
GROUNDS: Final = frozenset(ground.value for ground in Ground)


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


class Mapping(FileMapping):
    """One mapping."""

    case: Case
    event: Event | None = None
    suspensions: Annotated[list[Pause], Field(max_length=10)] = []

    @model_validator(mode="after")
    def _events_need_rows(self) -> Self:
        if self.event is not None and self.file.rows == "case":
            raise ValueError("event: the file must say rows: event")
        return self
