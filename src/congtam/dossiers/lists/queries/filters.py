"""What a person looks for (bộ lọc hồ sơ), and the dossiers that answer to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from congtam.dossiers.domain.states import Channel, State
from congtam.dossiers.lists.queries.keys import few_keys_or_query
from congtam.dossiers.lists.queries.ordering import ORDERS
from congtam.dossiers.lists.queries.searching import search_dossiers
from congtam.dossiers.models import DossierQuerySet, Subject
from congtam.dossiers.record.people import usernames_by_name
from congtam.foundation.public import Actor, Grant, Role
from congtam.kernel.clock import LOCAL
from congtam.kernel.errors import InputRefused, NotFound, Problem, msgid
from congtam.kernel.input.days import DayMalformed, parse_day
from congtam.kernel.input.procedure_codes import plain_procedure_code
from congtam.kernel.vietnamese import fold, nfc
from congtam.org_units.public import visible_units

LONGEST: Final = 200
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a person looks for; empty fields ask for nothing. Days are those of Vietnam, both ends included."""

    text: str = ""
    unit_code: str = ""
    state: str = ""
    procedure: str = ""
    """A code, or words of the name without regard to diacritics."""
    field_name: str = ""
    channel: str = ""
    officer: str = ""
    """An account, the name another system gave, or words of the name of whoever has an account here."""
    received_from: date | None = None
    received_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    overdue: bool = False
    import_key: str = ""
    """The import that stored them."""
    sort: str = ""

    @property
    def order(self) -> str:
        """How the list is sorted: as asked, else longest overdue first or latest received first."""
        return self.sort or ("due" if self.overdue else "-received")


PARAMETERS: Final[Mapping[str, str]] = {
    "text": "q",
    "unit_code": "unit",
    "field_name": "field",
    **{
        name: name
        for name in (
            "state",
            "procedure",
            "channel",
            "officer",
            "received_from",
            "received_to",
            "due_from",
            "due_to",
            "overdue",
            "import_key",
            "sort",
        )
    },
}
"""What each filter is called in an address."""

_ALLOWED_VALUES: Final[Mapping[str, frozenset[str]]] = {
    "state": frozenset(State),
    "channel": frozenset(Channel),
    "sort": frozenset(ORDERS),
    "overdue": frozenset({"1", "0"}),
}
_UNSELECTIVE: Final = frozenset({"unit_code", "state", "channel", "received_from", "received_to", "sort"})
_SEARCHED: Final = frozenset({"text", "procedure", "field_name", "channel", "officer"})
_DAYS: Final = frozenset({"received_from", "received_to", "due_from", "due_to"})


def parse_filters(parameters: Mapping[str, str]) -> Filters:
    """The filters of an address; raises InputRefused with everything in it that cannot be understood."""
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for each in fields(Filters):
        text = nfc(parameters.get(PARAMETERS[each.name], "")).strip()
        if text:
            values[each.name] = _parse_value(each.name, text, problems)
    problems += _crossed_spans(values)
    if problems:
        raise InputRefused(problems)
    return Filters(**values)


def _parse_value(name: str, text: str, problems: list[Problem]) -> Any:
    if name in _DAYS:
        return _parse_day(name, text, problems)
    if name in _ALLOWED_VALUES and text not in _ALLOWED_VALUES[name]:
        allowed = ", ".join(sorted(_ALLOWED_VALUES[name]))
        problems.append(
            Problem(
                code="filter_unknown",
                message=msgid("“{value}” is not one of: {allowed}"),
                data={"value": text[:LONGEST], "allowed": allowed},
                column=PARAMETERS[name],
            )
        )
        return ""
    if len(text) > LONGEST:
        message = msgid("Search is limited to {longest} characters.")
        problems.append(
            Problem(
                code="filter_too_long", message=message, data={"longest": LONGEST}, column=PARAMETERS[name]
            )
        )
    return text == "1" if name == "overdue" else text


def _parse_day(name: str, text: str, problems: list[Problem]) -> date | None:
    try:
        return parse_day(text)
    except DayMalformed as error:
        problems.append(error.problem(column=PARAMETERS[name], code="filter_no_day"))
        return None


def _crossed_spans(values: Mapping[str, Any]) -> list[Problem]:
    """The spans that end before they begin."""
    return [
        Problem(
            code="filter_span_crossed",
            message=msgid("The period ends before it begins."),
            column=f"{span}_to",
        )
        for span in ("received", "due")
        if (first := values.get(f"{span}_from")) and (last := values.get(f"{span}_to")) and last < first
    ]


def filter_parameters(filters: Filters) -> dict[str, str]:
    """The parameters of an address that asks for the same."""
    values = {PARAMETERS[each.name]: getattr(filters, each.name) for each in fields(Filters)}
    return {name: "1" if value is True else str(value) for name, value in values.items() if value}


def apply_filters(
    dossiers: DossierQuerySet, filters: Filters, *, to: Actor, now: datetime
) -> DossierQuerySet:
    """Of the given dossiers, those that the filters ask for; raises NotFound for a unit out of sight."""
    if filters.unit_code:
        dossiers = _filter_unit(dossiers, filters.unit_code, actor=to)
    if filters.overdue:
        dossiers = dossiers.overdue(at=now)
    equal = {"state": filters.state, "channel": filters.channel, "import_key": filters.import_key}
    dossiers = dossiers.filter(**{name: value for name, value in equal.items() if value})
    if filters.officer:
        dossiers = dossiers.filter(
            officer__in=[filters.officer, *usernames_by_name(filters.officer)]
        ).exclude(officer="")
    if filters.procedure or filters.field_name:
        dossiers = dossiers.filter(subject_id__in=few_keys_or_query(_matching_subjects(filters)))
    dossiers = dossiers.filter(**_span_conditions(filters))
    if ORDERS[filters.order].only_desk:
        dossiers = dossiers.filter(desk__step_due_at__isnull=False)
    return search_dossiers(dossiers, filters.text, to=to) if filters.text else dossiers


def units_to_merge(filters: Filters, *, to: Actor) -> frozenset[str] | None:
    """The units whose rows a list may hold, where it asks for most rows of theirs; else None.

    What asks for few rows (a word, a procedure, what is due or open) has better indexes than those of a unit.
    """
    used = {name for name, value in vars(filters).items() if value}
    if used - _UNSELECTIVE or filters.state not in {"", State.RETURNED.value}:
        return None
    visible = visible_units(to)
    if filters.unit_code and filters.unit_code in visible:
        below = _units_below(filters.unit_code)
        return below if visible.everything else below & visible.codes
    return None if visible.everything else visible.codes


def is_costly_search(filters: Filters) -> bool:
    """Whether finding each dossier costs so much that counting far costs as much as searching far."""
    return any(getattr(filters, name) for name in _SEARCHED)


def is_unselective(filters: Filters) -> bool:
    """Whether the filters ask for most rows, so that counting needs no order."""
    return not {name for name, value in vars(filters).items() if value} - _UNSELECTIVE


def _filter_unit(dossiers: DossierQuerySet, unit_code: str, *, actor: Actor) -> DossierQuerySet:
    if unit_code not in visible_units(actor):
        raise NotFound(kind="unit", key=unit_code)
    return dossiers.filter(unit_code__in=_units_below(unit_code))


def _units_below(unit_code: str) -> frozenset[str]:
    observer = Actor(username="", name="", grants=(Grant(role=Role.OBSERVER, unit_code=unit_code),))
    return visible_units(observer).codes


def _matching_subjects(filters: Filters) -> Any:
    """The wordings of the procedure and of the field that are asked for."""
    subjects = Subject.objects.all()
    if filters.procedure:
        named = subjects.filter(
            procedure_code__in={filters.procedure, plain_procedure_code(filters.procedure)}
        )
        subjects = named if named.exists() else _search_filter(subjects, filters.procedure)
    if filters.field_name:
        subjects = _search_filter(subjects, filters.field_name)
        folded = fold(filters.field_name)
        names = subjects.values_list("field_name", flat=True).distinct()
        subjects = subjects.filter(field_name__in=[name for name in names if folded in fold(name)])
    return subjects


def _search_filter(subjects: Any, text: str) -> Any:
    for word in fold(text).split():
        subjects = subjects.filter(search_key__contains=word)
    return subjects


def _span_conditions(filters: Filters) -> dict[str, datetime]:
    spans = {
        "received_at__gte": _local_midnight(filters.received_from),
        "received_at__lt": _local_midnight(filters.received_to, days=1),
        "due_at__gte": _local_midnight(filters.due_from),
        "due_at__lt": _local_midnight(filters.due_to, days=1),
    }
    return {name: instant for name, instant in spans.items() if instant is not None}


def _local_midnight(day: date | None, *, days: int = 0) -> datetime | None:
    """Midnight in Vietnam at the beginning of a day, or so many days later."""
    return None if day is None else datetime.combine(day, time(0), LOCAL) + days * _DAY
