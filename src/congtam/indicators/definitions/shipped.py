"""The definitions in force: the shipped catalogue, checked against the declared facts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import yaml

from congtam.indicators.compiling.conditions import Checked, Columns, check_definition
from congtam.indicators.definitions.catalogue_file import read_definitions
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.narrowing import parse_narrowed_code
from congtam.indicators.domain.vocabulary import Family, Vocabulary
from congtam.kernel.errors import InputRefused, NotFound, Problem, msgid
from congtam.kernel.localized_text import LocalizedText
from congtam.warehouse import public as warehouse

FOLDER: Final = Path(__file__).parent / "catalogue"
_CELLS: Final = "each version apart"
"""How cells are counted: cells that were counted otherwise are void."""


@cache
def all_definitions() -> tuple[Definition, ...]:
    """Every version of every shipped definition, in the order of the files."""
    files = sorted(path for path in FOLDER.glob("*.yaml") if path.name != "red_flags.yaml")
    return tuple(definition for path in files for definition in read_definitions(path))


def definitions(on: date) -> tuple[Definition, ...]:
    """The definitions in force on a day (chỉ tiêu đang có hiệu lực), in the order of the catalogue."""
    newest: dict[str, Definition] = {}
    for one in all_definitions():
        if one.holds_on(on) and one.version >= newest.get(one.code, one).version:
            newest[one.code] = one
    return tuple(newest.values())


def counted_definitions(on: date) -> tuple[Definition, ...]:
    """Those in force that are counted from rows of their own; without what is made of other indicators."""
    return tuple(one for one in definitions(on) if not one.is_composed)


def definition(code: str, *, on: date | None = None) -> Definition:
    """The definition in force on a day, else the newest of that code, or NotFound."""
    versions = [one for one in all_definitions() if one.code == code]
    if not versions:
        raise NotFound(kind="indicator", key=code)
    in_force = [one for one in versions if on is None or one.holds_on(on)]
    return max(in_force or versions, key=lambda one: one.version)


def narrowed_definition(code: str, *, version: str) -> Definition:
    """The definition of a receipt: the version that it was made with, else the newest; NotFound."""
    own_code, narrowing = parse_narrowed_code(code)
    same = (one for one in all_definitions() if (one.code, str(one.version)) == (own_code, str(version)))
    one = next(same, None) or definition(own_code)
    return one.narrow(narrowing) if narrowing else one


def vocabulary(fact: warehouse.Fact, set_values: Mapping[str, str] | None = None) -> Vocabulary:
    """The columns an expression over the fact may use; ``set_values`` are the parameters that are set, None for any."""
    types = {column.name: column.type for column in fact.columns}
    personal = frozenset(column.name for column in fact.columns if column.personal)
    joined = {
        join.name: {column.name: column.type for column in warehouse.fact(join.fact).shown_columns}
        for join in fact.joins
    }
    measures = {column.name: column.measure for column in fact.columns if column.measure}
    for join in fact.joins:
        shown = warehouse.fact(join.fact).shown_columns
        measures |= {f"{join.name}.{column.name}": column.measure for column in shown if column.measure}
    own = Vocabulary.of_columns(
        fact.name, types, personal, measures=measures, joins=joined, is_ordered=bool(fact.order)
    )
    return replace(own, set_values=set_values)


def column_labels(fact: warehouse.Fact) -> dict[str, LocalizedText]:
    """What the columns of a fact, and of those it is joined with, are called."""
    labels = {column.name: LocalizedText(vi=column.vi, en=column.en) for column in fact.columns}
    for join in fact.joins:
        for column in warehouse.fact(join.fact).shown_columns:
            labels[f"{join.name}.{column.name}"] = LocalizedText(vi=column.vi, en=column.en)
    return labels


def columns_of(fact: warehouse.Fact) -> Columns:
    """The fact's unit and key for the compiler."""
    high, low = warehouse.HASH_COLUMNS
    return Columns(unit=fact.unit, key=fact.key, high=high, low=low)


@lru_cache(maxsize=512)
def checked_definition(one: Definition) -> Checked:
    """The definition with its expressions checked; a shipped one that fails is a bug told as InputRefused."""
    fact = warehouse.fact(one.fact)
    fact_vocabulary = vocabulary(fact)
    problem = period_problem(one, fact_vocabulary)
    if problem is not None:
        raise InputRefused([problem])
    return check_definition(one, fact_vocabulary)


def period_problem(one: Definition, declared: Vocabulary) -> Problem | None:
    """That the period column is no day column of the fact; None where it is one."""
    if not one.period or declared.columns.get(one.period) == Family.DATE:
        return None
    days = [name for name, family in declared.columns.items() if family == Family.DATE]
    near = get_close_matches(one.period, days, n=1)
    message = msgid("{code}: the period column {name} is not a day column of {fact}.")
    data = {"code": one.code, "name": one.period, "fact": one.fact, "nearest": near[0] if near else ""}
    advice = msgid("Did you mean {nearest}?") if near else ""
    return Problem(code="definition.period", message=message, data=data, advice=advice)


def is_in_cells(one: Definition) -> bool:
    """Whether cells hold its parts: one that is only tried has none."""
    return one.has_cells and one.digest in _digests_in_cells()


@cache
def _digests_in_cells() -> frozenset[str]:
    return frozenset(one.digest for one in all_definitions() if one.has_cells)


@cache
def definitions_digest(fact_name: str) -> str:
    """SHA-256 of what decides all additive figures of a fact; cells made for another digest are void."""
    digests = sorted(one.digest for one in all_definitions() if one.fact == fact_name and one.has_cells)
    return hashlib.sha256("".join([_CELLS, *digests]).encode()).hexdigest()


def source_text(code: str) -> str:
    """The entry of the newest version of a shipped definition as its file has it; NotFound."""
    newest = definition(code).version
    for path in sorted(FOLDER.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        for entry in root.value if isinstance(root, yaml.SequenceNode) else ():
            held = {key.value: value.value for key, value in entry.value}
            if held.get("code") == code and held.get("version") == str(newest):
                return f"- {text[entry.start_mark.index : entry.end_mark.index].rstrip()}\n"
    raise NotFound(kind="indicator", key=code)
