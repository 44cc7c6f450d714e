"""Every mistake in a file of definitions, at once and with its place in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from congtam.indicators.compiling.conditions import expression_fields
from congtam.indicators.definitions.catalogue_file import read_definitions
from congtam.indicators.definitions.composition_checking import composition_problems
from congtam.indicators.definitions.parameters import set_measures
from congtam.indicators.definitions.places import Places
from congtam.indicators.definitions.shipped import all_definitions, period_problem, vocabulary
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.measures import measure_problems
from congtam.indicators.language.expressions import check, problems
from congtam.indicators.language.functions import SET_VALUE
from congtam.kernel.errors import DomainError, InputRefused, Problem
from congtam.warehouse import public as warehouse


def read_checked(path: Path) -> tuple[Definition, ...]:
    """The definitions of a file whose expressions pass the check, or InputRefused with every mistake."""
    definitions = read_definitions(path)
    places = Places.of_file(path)
    by_code = _newest_by_code([*all_definitions(), *definitions])
    found = [
        replace(problem, file=path.name)
        for number, one in enumerate(definitions)
        for problem in (
            _composition_problems(one, number, places, by_code=by_code)
            if one.is_composed
            else _definition_problems(one, number, places)
        )
    ]
    if found:
        raise InputRefused(found)
    return definitions


def _newest_by_code(definitions: Iterable[Definition]) -> dict[str, Definition]:
    """By code the newest version; of equal versions the later one of the list."""
    newest: dict[str, Definition] = {}
    for one in definitions:
        if one.version >= newest.get(one.code, one).version:
            newest[one.code] = one
    return newest


def _composition_problems(
    one: Definition, number: int, places: Places, *, by_code: Mapping[str, Definition]
) -> Iterator[Problem]:
    for field, problem in composition_problems(one, by_code):
        yield _at(places, problem, number, *field)


def _definition_problems(one: Definition, number: int, places: Places) -> Iterator[Problem]:
    try:
        fact_words = vocabulary(warehouse.fact(one.fact), _set_measures(one))
    except DomainError as error:
        yield _at(places, Problem(code=error.code, message=error.message, data=error.data), number, "fact")
        return
    period = period_problem(one, fact_words)
    if period is not None:
        yield _at(places, period, number, "period")
    measures: dict[str, str] = {}
    for name, text, wants in expression_fields(one):
        faults = problems(text, fact_words, wants=wants)
        yield from (places.locate(problem, (number, name)) for problem in faults)
        measures[name] = "" if faults else check(text, fact_words, wants=wants).measure
    for problem in measure_problems(one, value=measures.get("value", ""), per=measures.get("per", "")):
        yield _at(places, problem, number, "measure")


def _set_measures(one: Definition) -> Mapping[str, str]:
    """What is set of parameters; not looked up for a definition that names none."""
    return set_measures() if any(SET_VALUE in text for text in one.expressions) else {}


def _at(places: Places, problem: Problem, *field: str | int) -> Problem:
    line, column = places.of_field(field)
    return replace(problem, row=line, column=str(column))
