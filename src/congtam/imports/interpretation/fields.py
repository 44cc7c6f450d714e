"""From the values of a mapping to functions that read a case (biên dịch ánh xạ)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from congtam.imports.interpretation.mapping import Mapping as ImportMapping
from congtam.kernel.vietnamese import fold, unify_d
from congtam.tabular import values
from congtam.tabular.cells import name_invisible, strip_invisible_characters
from congtam.tabular.dates import InstantReader
from congtam.tabular.mapping import Value
from congtam.tabular.records import SourceCase, SourceRow
from congtam.tabular.values import ValueFault

FILLED: Final = "filled"
EMPTY: Final = "empty"
_REMEMBERED: Final = 20_000

Get = Callable[[str], Any]
"""Reads a column of a row or case."""
Raw = Callable[[SourceCase], Any]


class FieldReader(NamedTuple):
    """How one field is read: a function, and the column to name in a problem."""

    read: Callable[[SourceCase], Any]
    column: str


class ReadingSettings(NamedTuple):
    """What every field of a mapping shares."""

    zone: ZoneInfo
    dates: Sequence[str]
    empty: frozenset[str]


def reading_settings(mapping: ImportMapping) -> ReadingSettings:
    """The shared part of a mapping."""
    return ReadingSettings(ZoneInfo(mapping.time_zone), mapping.dates, frozenset(mapping.empty))


def main_column(alternatives: Sequence[Value]) -> str:
    """The column a person would look at first when this field is wrong."""
    for alternative in alternatives:
        names = alternative.column or alternative.events
        if names:
            return names[0]
    return ""


def text_field(
    alternatives: Sequence[Value], settings: ReadingSettings, *, allowed: frozenset[str] | None = None
) -> FieldReader:
    """A field read as text; with ``allowed``, one of a closed list."""
    read = _first_value_reader(alternatives, settings, lambda _value: values.text)

    def read_allowed_text(case: SourceCase) -> str:
        text: str = read(case) or ""
        if text and allowed is not None and text not in allowed:
            choices = ", ".join(sorted(allowed))
            raise ValueFault("value_unknown", value=name_invisible(text), known=choices)
        return text

    return FieldReader(_memoize_reader(alternatives, read_allowed_text), main_column(alternatives))


def name_field(alternatives: Sequence[Value], settings: ReadingSettings) -> FieldReader:
    """A field read as a name: with one letter Đ, so that `Ðào` (U+00D0) and `Đào` are one in every count."""
    read = _first_value_reader(alternatives, settings, lambda _value: _name)
    return FieldReader(_memoize_reader(alternatives, read), main_column(alternatives))


def _name(value: Any) -> str:
    return unify_d(values.text(value))


def _memoize_reader(
    alternatives: Sequence[Value], read: Callable[[SourceCase], Any]
) -> Callable[[SourceCase], Any]:
    """The same function, quicker for a plain column: a million rows share a few thousand wordings."""
    first = alternatives[0]
    if len(alternatives) > 1 or first.only_if or not first.column or len(first.column) > 1:
        return read
    column = first.column[0]
    cache: dict[str | None, Any] = {}

    def read_cached(case: SourceCase) -> Any:
        raw = case.values.get(column)
        if raw.__class__ is not str and (raw is not None or case.events):
            return read(case)
        value = cache.get(raw, cache)
        if value is cache:
            value = read(case)
            if len(cache) < _REMEMBERED:
                cache[raw] = value
        return value

    return read_cached


def instant_field(
    alternatives: Sequence[Value], settings: ReadingSettings, *, ends_day: bool = False
) -> FieldReader:
    """A field read as an instant in UTC; ``ends_day`` makes a bare date last to the end of the day."""

    def reader(value: Value) -> Callable[[Any], datetime]:
        return InstantReader(
            value.dates or settings.dates,
            settings.zone,
            end_of_day=value.date_only == "end" or (ends_day and value.date_only is None),
            midnight_too=value.date_only == "end",
        ).read

    return FieldReader(_first_value_reader(alternatives, settings, reader), main_column(alternatives))


def number_field(alternatives: Sequence[Value], settings: ReadingSettings, *, most: int) -> FieldReader:
    """A field read as a whole number up to ``most``."""

    def convert(value: Any) -> int:
        number = values.whole_number(value)
        if number > most:
            raise ValueFault("number_unreadable", value=values.plain_text(value)[:60])
        return number

    return FieldReader(
        _first_value_reader(alternatives, settings, lambda _value: convert), main_column(alternatives)
    )


def truth_field(alternatives: Sequence[Value], settings: ReadingSettings) -> FieldReader:
    """A field read as yes or no."""
    read = _first_value_reader(alternatives, settings, lambda _value: values.parse_boolean)
    return FieldReader(_memoize_reader(alternatives, read), main_column(alternatives))


def build_row_filter(
    allowed_values: Mapping[str, Sequence[str]], empty: frozenset[str]
) -> Callable[[Get], bool]:
    """Whether a row has the wanted values."""
    tests = [(column, frozenset(allowed)) for column, allowed in allowed_values.items()]

    def holds(get: Get) -> bool:
        for column, allowed in tests:
            value = _comparable_value(get(column), empty)
            if value is None:
                if EMPTY not in allowed:
                    return False
            elif FILLED not in allowed and values.plain_text(value) not in allowed:
                return False
        return True

    return holds


def _comparable_value(value: Any, empty: frozenset[str]) -> Any:
    """A value to compare with; one that cannot be read equals nothing, and is told where it is used."""
    try:
        return values.clean(value, empty)
    except ValueFault:
        return value


def _first_value_reader(
    alternatives: Sequence[Value], settings: ReadingSettings, reader: Callable[[Value], Callable[[Any], Any]]
) -> Callable[[SourceCase], Any]:
    compiled = [_compile_value(alternative, settings, reader(alternative)) for alternative in alternatives]
    if len(compiled) == 1:
        return compiled[0]

    def read(case: SourceCase) -> Any:
        for alternative in compiled:
            value = alternative(case)
            if value is not None:
                return value
        return None

    return read


def _compile_value(
    value: Value, settings: ReadingSettings, convert: Callable[[Any], Any]
) -> Callable[[SourceCase], Any]:
    raw = _raw_reader(value, settings, convert)
    applies = build_row_filter(value.only_if, settings.empty) if value.only_if else None
    translate = _build_translator(value)
    default = value.default
    in_order = value.earliest is not None or value.latest is not None

    def read(case: SourceCase) -> Any:
        if applies is not None and not applies(case.get):
            return None
        result = raw(case)
        if result is None:
            return None if default is None else convert(default)
        if translate is not None:
            result = translate(values.plain_text(result))
        return result if in_order else convert(result)

    return read


def _build_translator(value: Value) -> Callable[[str], str] | None:
    """Words of the source in ours: as written, else without regard to case, diacritics, blanks and what nobody sees."""
    table, otherwise = value.translate, value.otherwise
    if table is None:
        return None
    folded = _folded_table(table)

    def translate(text: str) -> str:
        word = table.get(text) or folded.get(_fold_visible(text)) or otherwise
        if word is None:
            raise ValueFault("value_unknown", value=name_invisible(text), known=", ".join(table))
        return word

    return translate


def _folded_table(table: Mapping[str, str]) -> dict[str, str]:
    """The table by folded words; words that fold alike and mean different things stay out."""
    meanings: dict[str, set[str]] = {}
    for word, meaning in table.items():
        meanings.setdefault(_fold_visible(word), set()).add(meaning)
    return {word: meaning for word, (meaning, *others) in meanings.items() if not others}


def _fold_visible(text: str) -> str:
    return fold(strip_invisible_characters(text))


def _raw_reader(value: Value, settings: ReadingSettings, convert: Callable[[Any], Any]) -> Raw:
    if value.value is not None:
        constant = value.value
        return lambda _case: constant
    if value.column:
        return _column_reader(value.column, settings.empty)
    chosen = build_row_filter(value.where, settings.empty) if value.where else None
    if value.count:
        return lambda case: sum(chosen is None or chosen(event.values.get) for event in case.events)
    return _event_value(value, settings, chosen=chosen, convert=convert)


def _column_reader(columns: Sequence[str], empty: frozenset[str]) -> Raw:
    if len(columns) == 1:
        only = columns[0]

        def read_one(case: SourceCase) -> Any:
            value = case.values.get(only)
            if value is None and case.events:
                value = case.events[0].values.get(only)
            return None if value is None else values.clean(value, empty)

        return read_one

    def read(case: SourceCase) -> Any:
        for column in columns:
            value = values.clean(case.get(column), empty)
            if value is not None:
                return value
        return None

    return read


def _event_value(
    value: Value,
    settings: ReadingSettings,
    *,
    chosen: Callable[[Get], bool] | None,
    convert: Callable[[Any], Any],
) -> Raw:
    columns = value.events or []
    empty = settings.empty

    def value_in(event: SourceRow) -> Any:
        if chosen is not None and not chosen(event.values.get):
            return None
        for column in columns:
            result = values.clean(event.values.get(column), empty)
            if result is not None:
                return result
        return None

    if value.first or value.last:
        direction = 1 if value.first else -1
        return lambda case: next(
            (result for event in case.events[::direction] if (result := value_in(event)) is not None), None
        )
    pick = min if value.earliest else max
    return lambda case: pick(
        (convert(result) for event in case.events if (result := value_in(event)) is not None), default=None
    )


def sort_key(value: Any) -> tuple[int, Any]:
    """Orders numbers before texts, so that a column of either sorts as a person expects."""
    if isinstance(value, datetime):
        return (0, value.astimezone(UTC).timestamp())
    written = values.plain_text(value)
    return (0, float(written)) if written.replace(".", "", 1).isdigit() else (1, written)
