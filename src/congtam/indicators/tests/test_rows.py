"""For every indicator, the rows listed sum to the figure, and their digest is the receipt's."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from statistics import median

import pytest
from django.db import connection

from congtam.dossiers.public import DossierRow
from congtam.foundation.public import console_actor
from congtam.indicators.definitions.shipped import definition
from congtam.indicators.domain.kinds import Kind
from congtam.indicators.domain.receipts import RowDigest
from congtam.indicators.figures.queries import figure
from congtam.indicators.public import definitions
from congtam.indicators.rows.listing import FigureRowPage, row_keys, rows
from congtam.kernel.periods import Period

CODES = [one.code for one in definitions(date(2026, 1, 1))]
WHOLE_MONTHS = "2025-Q2"
ANY_DAYS = "2025-03-10..2025-08-22"
EVERYTHING = "2025-01-01..2026-03-02"


def identities(keys: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code || '|' || row_digest FROM dossiers_dossier WHERE code = ANY(%s)", [list(keys)]
        )
        return [row[0] for row in cursor.fetchall()]


def all_pages(code: str, *, unit: str, period: Period, part: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    after = None
    while True:
        page: FigureRowPage = rows(
            code, unit=unit, period=period, to=console_actor(), part=part, after=after, limit=110
        )
        found.extend(page.rows)
        if page.next is None:
            return found
        after = page.next


def assert_listed_rows_are_the_figure(code: str, *, unit: str, period: Period) -> None:
    found = figure(code, unit=unit, period=period, to=console_actor())
    listed = {
        part: all_pages(code, unit=unit, period=period, part=part) for part in ("numerator", "denominator")
    }
    assert len(listed["denominator"]) == found.denominator
    if found.definition.kind == Kind.MEAN:
        assert sum(Decimal(str(row["value"])) for row in listed["numerator"]) == found.numerator
    elif found.definition.kind == Kind.MEDIAN:
        assert found.value == median(float(str(row["value"])) for row in listed["numerator"])
    else:
        assert len(listed["numerator"]) == found.numerator
    digests = {"numerator": found.parts.numerator_rows, "denominator": found.parts.denominator_rows}
    for part, digest in digests.items():
        keys = [str(row["code"]) for row in listed[part]]
        assert len(set(keys)) == len(keys)
        assert RowDigest.of_rows(identities(keys)) == digest
        assert sorted(keys) == row_keys(code, unit=unit, period=period, to=console_actor(), part=part)


@pytest.mark.parametrize("code", CODES)
def test_rows_sum_to_the_figure(dossiers: list[DossierRow], code: str) -> None:
    for unit in ("02", "024", "00712"):
        for text in (WHOLE_MONTHS, ANY_DAYS, EVERYTHING):
            assert_listed_rows_are_the_figure(code, unit=unit, period=Period.parse(text))


@pytest.mark.parametrize("code", CODES)
def test_numerator_and_rest_are_the_denominator(dossiers: list[DossierRow], code: str) -> None:
    period = Period.parse(EVERYTHING)
    parts = {
        part: {str(row["code"]) for row in all_pages(code, unit="02", period=period, part=part)}
        for part in ("numerator", "rest", "denominator")
    }
    assert parts["numerator"] | parts["rest"] == parts["denominator"]
    assert not parts["numerator"] & parts["rest"]


def test_rows_come_in_order_of_time(dossiers: list[DossierRow]) -> None:
    listed = all_pages("dossiers.late", unit="02", period=Period.parse(EVERYTHING), part="denominator")
    places = [(str(row["finished_at"]), str(row["code"])) for row in listed]
    assert places == sorted(places)


def test_the_longest_overdue_comes_first(dossiers: list[DossierRow]) -> None:
    listed = all_pages("dossiers.open_overdue", unit="02", period=Period.parse("2025-Q4"), part="numerator")
    due = [str(row["due_at"]) for row in listed]
    assert due
    assert due == sorted(due)


def test_no_personal_column_is_listed(dossiers: list[DossierRow]) -> None:
    page = rows("dossiers.received", unit="02", period=Period.parse("2025"), to=console_actor())
    assert not {"applicant", "row_hash_high", "row_hash_low", "position"} & set(page.rows[0])


def test_the_definition_in_force_is_used() -> None:
    assert definition("dossiers.late", on=date(2025, 1, 1)).version == 1
