"""The columns of a month as Python values: instants with a zone, numbers, names, all in the order of receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from congtam.demonstration.domain.month import NEVER, MonthColumns, draw_month
from congtam.demonstration.domain.people import organisation_names, person_names
from congtam.demonstration.domain.planted_cases import plant_all
from congtam.demonstration.domain.working_time import Instants
from congtam.demonstration.domain.world import World

_DIGITISED_GROWTH: Final = 0.14
_FIRM_LEVELS: Final = ("Thành lập", "Đầu tư", "Vật liệu", "Du lịch", "Thú y")
_EAST: Final = np.timedelta64(7 * 3600, "s")

STEPS: Final = {
    "receive": ("Tiếp nhận hồ sơ", "Bộ phận Tiếp nhận và Trả kết quả", "clerks", 0.06),
    "examine": ("Thẩm định hồ sơ", "Chuyên môn", "officers", 0.50),
    "consult": ("Lấy ý kiến cơ quan liên quan", "Cơ quan phối hợp", "officers", 0.22),
    "sign": ("Ký duyệt kết quả", "Lãnh đạo", "leaders", 0.16),
    "return": ("Chuyển trả kết quả", "Bộ phận Tiếp nhận và Trả kết quả", "clerks", 0.06),
}
"""Name, place, who does it, and the share of the time it takes."""


@dataclass(frozen=True)
class Lists:
    """One list for each thing to be written about a dossier (cột dữ liệu)."""

    columns: MonthColumns
    codes: list[str]
    received: list[datetime]
    due: list[datetime]
    finish: list[datetime | None]
    first_due: list[datetime | None]
    returned: list[datetime | None]
    steps: list[list[datetime | None]]
    planned: list[list[datetime]]
    pauses: list[list[tuple[datetime, datetime | None]]]
    applicants: list[str]
    firms: npt.NDArray[np.bool_]
    paid_online: npt.NDArray[np.bool_]
    digitised: npt.NDArray[np.bool_]
    handled_by: npt.NDArray[np.float64]


def draw_lists(world: World, month: date, count: int) -> Lists:
    """Draw a month, plant what is to be planted, and put it in the order of receipt."""
    columns = plant_all(world, draw_month(world, month, count), month)
    order = np.lexsort((np.arange(len(columns)), columns.received))
    new_positions = np.empty(len(order), np.int64)
    new_positions[order] = np.arange(len(order))
    columns = columns.select(order)
    columns.pair_of = np.where(columns.pair_of >= 0, new_positions[columns.pair_of], -1)
    return _build_lists(world, month, columns)


def _build_lists(world: World, month: date, columns: MonthColumns) -> Lists:
    rng = world.rng(month.year, month.month, 2)
    count, axis = len(columns), world.axis
    as_of = np.datetime64(world.as_of, "s")
    done = np.where(np.isnat(columns.finished_at), axis.instants(columns.finish), columns.finished_at)
    finish = np.where(done < as_of, done, NEVER)
    shares = _step_end_shares(world, columns)
    span = (columns.finish - columns.start)[:, None]
    ends = axis.instants(columns.start[:, None] + (shares * span).astype(np.int64))
    ends = np.minimum(ends, done[:, None])
    planned = axis.instants(
        columns.start[:, None] + (shares * (columns.due - columns.start)[:, None]).astype(np.int64)
    )
    returned = _draw_returned_at(world, columns, finish, rng=rng)
    habits = np.array([office.digitised_rate for office in world.offices])[columns.office]
    grown = habits + _DIGITISED_GROWTH * (world.months.index(month) / len(world.months) - 0.5)
    paid_online = np.array([office.paid_online for office in world.offices])[columns.office]
    firms = _enterprise_mask(world, columns)
    return Lists(
        columns=columns,
        codes=_dossier_codes(world, columns),
        received=_aware_all(columns.received),
        due=_aware_all(axis.instants(columns.due)),
        finish=_aware_instants(finish),
        first_due=_aware_instants(
            np.where(columns.first_due >= 0, axis.instants(np.maximum(columns.first_due, 1)), NEVER)
        ),
        returned=_aware_instants(np.where(returned < as_of, returned, NEVER)),
        steps=_as_utc_rows(np.where(ends < as_of, ends, NEVER)),
        planned=_as_utc_rows(planned),  # type: ignore[arg-type]
        pauses=_pause_spans(world, columns, as_of),
        applicants=_applicant_names(columns, firms, world.rng(month.year, month.month, 3)),
        firms=firms,
        paid_online=rng.random(count) < paid_online,
        digitised=rng.random(count) < grown,
        handled_by=rng.random(count),
    )


def _draw_returned_at(
    world: World, columns: MonthColumns, finish: Instants, *, rng: np.random.Generator
) -> Instants:
    """When the applicant has the result: at once where it is sent online, else on a later visit."""
    at_once = finish + np.timedelta64(120, "s")
    wait = rng.exponential(1.2 * world.axis.day, len(columns)).astype(np.int64) + 900
    visit = world.axis.instants(columns.finish + wait)
    returned: Instants = np.where(columns.channel == "online", at_once, np.maximum(visit, at_once))
    return np.where(np.isnat(finish), NEVER, returned)


def _step_end_shares(world: World, columns: MonthColumns) -> npt.NDArray[np.float64]:
    """For every dossier and step, which part of the time has gone by when the step ends."""
    most = max(len(procedure.steps) for procedure in world.procedures)
    table = np.ones((len(world.procedures), most))
    for number, procedure in enumerate(world.procedures):
        weights = np.array([STEPS[step][3] for step in procedure.steps])
        table[number, : len(weights)] = np.cumsum(weights) / weights.sum()
    shares: npt.NDArray[np.float64] = table[columns.procedure]
    return shares


def _dossier_codes(world: World, columns: MonthColumns) -> list[str]:
    """Numbers as the province gave them: agency, day, running number of the day (mã hồ sơ)."""
    days = columns.received.astype("datetime64[D]")
    counters: dict[tuple[str, Any], int] = {}
    codes = []
    for office, day in zip(columns.office.tolist(), days.tolist(), strict=True):
        prefix = world.offices[office].prefix
        number = counters[prefix, day] = counters.get((prefix, day), 0) + 1
        codes.append(f"{prefix}-{day:%y%m%d}-{number:04}")
    return codes


def _enterprise_mask(world: World, columns: MonthColumns) -> npt.NDArray[np.bool_]:
    of_firms = np.array([procedure.field_name.startswith(_FIRM_LEVELS) for procedure in world.procedures])
    firms: npt.NDArray[np.bool_] = of_firms[columns.procedure] & (columns.applicant % 10 < 6)
    return firms


def _applicant_names(
    columns: MonthColumns, firms: npt.NDArray[np.bool_], rng: np.random.Generator
) -> list[str]:
    """Names follow the applicant's number, so whoever comes again has the same name."""
    _, first, inverse = np.unique(columns.applicant, return_index=True, return_inverse=True)
    people, names = person_names(len(first), rng), organisation_names(len(first), rng)
    return [
        names[at] if firm else people[at] for at, firm in zip(inverse.tolist(), firms.tolist(), strict=True)
    ]


def _pause_spans(
    world: World, columns: MonthColumns, as_of: np.datetime64
) -> list[list[tuple[datetime, datetime | None]]]:
    starts = world.axis.instants(np.maximum(columns.pause_start, 1))
    ends = world.axis.instants(np.maximum(columns.pause_start + columns.pause_length, 1))
    result: list[list[tuple[datetime, datetime | None]]] = [[] for _ in range(len(columns))]
    for row, slot in np.argwhere((columns.pause_start >= 0) & (starts < as_of)):
        end = _aware_instants(
            np.where(ends[row, slot : slot + 1] < as_of, ends[row, slot : slot + 1], NEVER)
        )[0]
        result[row].append((_aware_all(starts[row, slot : slot + 1])[0], end))
    return [sorted(pauses, key=lambda pause: pause[0]) for pauses in result]


def _aware_all(instants: Instants) -> list[datetime]:
    return [instant.replace(tzinfo=UTC) for instant in (instants - _EAST).tolist()]


def _aware_instants(instants: Instants) -> list[datetime | None]:
    return [instant and instant.replace(tzinfo=UTC) for instant in (instants - _EAST).tolist()]


def _as_utc_rows(local_instants: Instants) -> list[list[datetime | None]]:
    return [
        [instant and instant.replace(tzinfo=UTC) for instant in row]
        for row in (local_instants - _EAST).tolist()
    ]
