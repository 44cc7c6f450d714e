"""What the columns of a file mean for dossiers (ánh xạ nhập dữ liệu): the model behind the documented YAML.

The text of ``docs/mappings.md`` is the manual of this model.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from django.utils.translation import gettext as _
from pydantic import Field, field_validator, model_validator

from congtam.dossiers.public import Channel, PaymentWay, State, SuspensionGround
from congtam.tabular.mapping import Conditions, FileMapping, Name, Part, Value, ValueSource

CHANNELS: Final = frozenset(channel.value for channel in Channel)
PAYMENTS: Final = frozenset(payment.value for payment in PaymentWay)
STATES: Final = frozenset(state.value for state in State)
GROUNDS: Final = frozenset(ground.value for ground in SuspensionGround)


class ProcedureMapping(Part):
    """The procedure of a dossier."""

    code: ValueSource | None = None
    name: ValueSource | None = None
    field: ValueSource | None = None


class CaseMapping(Part):
    """The fields of a dossier."""

    code: ValueSource
    codes: Literal["national", "local"] = "national"
    code_prefix: Annotated[str, Field(max_length=30)] = ""
    unit: ValueSource | None = None
    procedure: ProcedureMapping = ProcedureMapping()
    channel: ValueSource | None = None
    applicant: ValueSource | None = None
    applicant_kind: ValueSource | None = None
    phone: ValueSource | None = None
    received: ValueSource
    due: ValueSource | None = None
    finished: ValueSource | None = None
    returned: ValueSource | None = None
    state: ValueSource | None = None
    payment: ValueSource | None = None
    fee: ValueSource | None = None
    digitised: ValueSource | None = None
    supplements: ValueSource | None = None
    officer: ValueSource | None = None
    limit: ValueSource | None = None
    keep: Annotated[list[Name], Field(max_length=200)] = []

    @model_validator(mode="after")
    def _validate_choices(self) -> Self:
        for field, allowed in (("channel", CHANNELS), ("state", STATES), ("payment", PAYMENTS)):
            for alternative in getattr(self, field) or ():
                _check_choices(field, alternative, allowed)
        return self


def _check_choices(field: str, alternative: Value, allowed: frozenset[str]) -> None:
    mapped = [
        *(alternative.translate or {}).values(),
        alternative.value,
        alternative.otherwise,
        alternative.default,
    ]
    unknown = sorted({word for word in mapped if word is not None and word not in allowed})
    if unknown:
        text = _("{field}: {names} unknown; choose from {allowed}")
        raise ValueError(
            text.format(field=field, names=", ".join(unknown), allowed=", ".join(sorted(allowed)))
        )


class EventMapping(Part):
    """The fields of a step; ``where`` leaves out events that are not steps."""

    where: Conditions | None = None
    code: ValueSource | None = None
    name: ValueSource | None = None
    office: ValueSource | None = None
    officer: ValueSource | None = None
    started: ValueSource | None = None
    finished: ValueSource | None = None
    planned: ValueSource | None = None
    due: ValueSource | None = None
    order: ValueSource | None = None
    keep: Annotated[list[Name], Field(max_length=200)] = []

    @model_validator(mode="after")
    def _validate_own_columns(self) -> Self:
        for name in ("code", "name", "office", "officer", "started", "finished", "planned", "due", "order"):
            for alternative in getattr(self, name) or ():
                if alternative.events or alternative.count:
                    raise ValueError(_("{name}: a step is one event; use column or value").format(name=name))
        return self


class PauseMapping(Part):
    """A time during which the clock stands still: from one event to a later one."""

    ground: str
    starts: Conditions
    ends: Conditions
    at: Name

    @field_validator("ground")
    @classmethod
    def _validate_ground(cls, ground: str) -> str:
        if ground not in GROUNDS:
            raise ValueError(_("choose from {names}").format(names=", ".join(sorted(GROUNDS))))
        return ground


class Mapping(FileMapping):
    """One mapping; ``audience`` says who has such files: offices, or researchers with a published log."""

    audience: Literal["office", "research"] = "office"
    case: CaseMapping
    event: EventMapping | None = None
    suspensions: Annotated[list[PauseMapping], Field(max_length=10)] = []

    @model_validator(mode="after")
    def _validate_event_rows(self) -> Self:
        if self.event is not None and self.file.rows == "case":
            raise ValueError(_("event: the file must say rows: event"))
        return self
