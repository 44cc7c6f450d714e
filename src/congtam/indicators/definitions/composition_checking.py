"""What must hold of an indicator made of others: its parts exist, fit together, and do not hold itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

from congtam.indicators.domain.compositions import DEEPEST, PARTS_OF_KIND
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.kinds import Kind
from congtam.indicators.domain.measures import SHARE, unknown_measure_problem
from congtam.kernel.errors import Problem, msgid

Located = tuple[tuple[str | int, ...], Problem]
"""A mistake, and the field of the definition it stands in."""
_POINTS: Final = "points"
_DIFFERENCE_OF_SHARES: Final = "percentage_points"


def composition_problems(one: Definition, by_code: Mapping[str, Definition]) -> Iterator[Located]:
    """Every mistake of a composition; ``by_code`` are all indicators, those of the same file among them."""
    yield from ((("parts",), problem) for problem in _number_problems(one))
    is_complete = True
    for number, part in enumerate(one.parts):
        for field, code in (("code", part.code), ("weight_by", part.weight_by)):
            if code and code not in by_code:
                is_complete = False
                yield ("parts", number, field), _unknown_part(one, code, by_code)
        yield from ((("parts", number, field), problem) for field, problem in _part_problems(one, number))
    if not is_complete:
        return
    path = _cycle(one, by_code)
    if path:
        message = msgid("{code} would be made of itself: {path}.")
        yield ("parts",), _problem("cycle", message, code=one.code, path=" → ".join(path))
        return
    if _depth(one, by_code) > DEEPEST:
        message = msgid("{code}: compositions can be made of compositions at most {limit} levels deep.")
        yield ("parts",), _problem("too_deep", message, code=one.code, limit=DEEPEST)
    unknown = unknown_measure_problem(one)
    problems = [unknown] if unknown else list(_measure_problems(one, by_code))
    yield from ((("measure",), problem) for problem in problems)


def _number_problems(one: Definition) -> Iterator[Problem]:
    least, most = PARTS_OF_KIND[one.kind]
    if not least <= len(one.parts) <= most:
        message = msgid("{code}: a {kind} has {least} to {most} parts, not {count}.")
        yield _problem(
            "parts", message, code=one.code, kind=one.kind.value, least=least, most=most, count=len(one.parts)
        )


def _part_problems(one: Definition, number: int) -> Iterator[tuple[str, Problem]]:
    """What a part must have for its kind, and what belongs to another kind."""
    part = one.parts[number]
    kind = one.kind
    data = {"code": one.code, "part": part.code, "kind": kind.value}
    has_one_weight = (part.weight is None) == bool(part.weight_by)
    has_no_weight = part.weight is None and not part.weight_by
    has_points = part.points is not None and part.full_at is not None
    has_no_points = part.points is None and part.full_at is None
    rules = (
        (
            "weight",
            not (has_one_weight if kind == Kind.WEIGHTED_MEAN else has_no_weight),
            msgid(
                "{code}, {part}: a part of a weighted mean, and no other, has either “weight” or “weight_by”."
            ),
        ),
        (
            "points",
            not (has_points if kind == Kind.INDEX else has_no_points),
            msgid("{code}, {part}: a part of an index, and no other, has “points” and “full_at”."),
        ),
        (
            "against",
            (kind == Kind.GROWTH) != bool(part.against),
            msgid("{code}, {part}: a growth, and no other, says “against”: previous or year_before."),
        ),
    )
    yield from (
        (field, _problem("part", message, **data)) for field, is_broken, message in rules if is_broken
    )


def _measure_problems(one: Definition, by_code: Mapping[str, Definition]) -> Iterator[Problem]:
    measures = [by_code[part.code].measure for part in one.parts]
    data = {"code": one.code, "measure": one.measure, "kind": one.kind.value, "parts": ", ".join(measures)}
    is_alike = len(set(measures)) <= 1
    if one.kind in (Kind.DIFFERENCE, Kind.WEIGHTED_MEAN) and not is_alike:
        message = msgid("{code}: the parts of a {kind} have one unit of measure; these have {parts}.")
        yield _problem("measure", message, **data)
        return
    required = _required_measure(one.kind, measures)
    if required and one.measure != required:
        message = msgid("{code}: this {kind} of {parts} is in “{required}”, not in “{measure}”.")
        yield _problem("measure", message, required=required, **data)
    if one.kind == Kind.RATIO_OF_PARTS and not is_alike and one.measure == SHARE:
        message = msgid("{code}: a ratio of {parts} is no share.")
        yield _problem("measure", message, **data)


def _required_measure(kind: Kind, measures: list[str]) -> str:
    if kind == Kind.INDEX:
        return _POINTS
    if kind == Kind.GROWTH:
        return SHARE
    if kind == Kind.RATIO_OF_PARTS:
        return SHARE if len(set(measures)) == 1 else ""
    if kind == Kind.DIFFERENCE and measures[:1] == [SHARE]:
        return _DIFFERENCE_OF_SHARES
    return measures[0] if measures else ""


def part_codes(one: Definition) -> list[str]:
    """The codes of all indicators a composition names, weights among them."""
    return [code for part in one.parts for code in (part.code, part.weight_by) if code]


def _cycle(one: Definition, by_code: Mapping[str, Definition]) -> list[str]:
    """The way from a composition back to itself, or to any that comes twice; empty where there is none."""

    def search(code: str, path: list[str]) -> list[str]:
        if code in path:
            return [*path[path.index(code) :], code]
        current = one if code == one.code else by_code.get(code)
        for following in part_codes(current) if current else ():
            found = search(following, [*path, code])
            if found:
                return found
        return []

    return search(one.code, [])


def _depth(one: Definition, by_code: Mapping[str, Definition]) -> int:
    below = [by_code[code] for code in part_codes(one) if code in by_code]
    return 1 + max((_depth(each, by_code) for each in below if each.is_composed), default=0)


def _unknown_part(one: Definition, code: str, by_code: Mapping[str, Definition]) -> Problem:
    near = get_close_matches(code, by_code, n=1)
    advice = msgid("Did you mean {nearest}?") if near else ""
    message = msgid("{code}: there is no indicator {part}.")
    data = {"code": one.code, "part": code, "nearest": near[0] if near else ""}
    return Problem(code="definition.unknown_part", message=message, data=data, advice=advice)


def _problem(name: str, message: str, **data: Any) -> Problem:
    return Problem(code=f"definition.{name}", message=message, data=data)
