"""What the compiler writes, with the expectation in words; and that all indicators of a fact are one pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from congtam.indicators.compiling.compiler import compile_pass
from congtam.indicators.compiling.conditions import Columns, check_definition
from congtam.indicators.compiling.histograms import compile_histogram
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.kinds import Kind
from congtam.indicators.domain.vocabulary import Vocabulary
from congtam.kernel.localized_text import LocalizedText

WORDS = Vocabulary.of_columns(
    "letters", {"unit_code": "text", "sent_on": "date", "answered_on": "date", "pages": "integer"}
)
COLUMNS = Columns(unit="unit_code", key="code")
NAME = LocalizedText(vi="Thư", en="Letters")
ANSWERED = Definition(
    code="letters.answered_rate",
    version=1,
    name=NAME,
    description=NAME,
    out_of_label=NAME,
    counts_label=NAME,
    fact="letters",
    kind=Kind.RATE,
    period="sent_on",
    out_of="pages > 0",
    counts="answered_on is not null",
    value="",
    better="higher",
    measure="share",
    source="",
    valid_from=date(2020, 1, 1),
)
PAGES = replace(ANSWERED, code="letters.pages_mean", kind=Kind.MEAN, counts="true", value="pages")
WAITING = replace(
    ANSWERED, code="letters.waiting", kind=Kind.STOCK, period="", counts="sent_on < cast(:as_of as date)"
)
LATER = replace(ANSWERED, code="letters.by_answer", period="answered_on")


def compiled(*definitions: Definition, **options: bool) -> str:
    return compile_pass(tuple(check_definition(one, WORDS) for one in definitions), COLUMNS, **options).sql


def test_few_conditions_are_counted_directly() -> None:
    """Rows of the period are marked with what holds for them, and counted per unit and mark."""
    assert compiled(ANSWERED, digests=False) == (
        "SELECT unit, COUNT(*) FILTER(WHERE holds_0), COUNT(*) FILTER(WHERE holds_1)"
        " FROM (SELECT unit_code AS unit, pages > 0 AS holds_0,"
        " pages > 0 AND NOT answered_on IS NULL AS holds_1"
        " FROM fact_rows WHERE sent_on >= CAST($start AS DATE) AND sent_on < CAST($end AS DATE)) AS marked"
        " GROUP BY unit"
    )


def test_many_conditions_become_one_number_per_row() -> None:
    """Rows of the period get a number of one bit per condition, are counted by it, and added up per bit."""
    short = replace(ANSWERED, code="letters.short_rate", counts="pages < 3")
    long = replace(ANSWERED, code="letters.long_rate", counts="pages > 9")
    assert compiled(ANSWERED, short, long, digests=False) == (
        "SELECT unit, SUM(row_count) FILTER(WHERE (bits & 1) <> 0), SUM(row_count) FILTER(WHERE (bits & 2) <> 0),"
        " SUM(row_count) FILTER(WHERE (bits & 4) <> 0), SUM(row_count) FILTER(WHERE (bits & 8) <> 0)"
        " FROM (SELECT unit, bits, COUNT(*) AS row_count FROM (SELECT unit_code AS unit,"
        " CASE WHEN pages > 0 THEN CAST(1 AS BIGINT) ELSE 0 END"
        " + CASE WHEN pages > 0 AND NOT answered_on IS NULL THEN CAST(2 AS BIGINT) ELSE 0 END"
        " + CASE WHEN pages > 0 AND pages < 3 THEN CAST(4 AS BIGINT) ELSE 0 END"
        " + CASE WHEN pages > 0 AND pages > 9 THEN CAST(8 AS BIGINT) ELSE 0 END AS bits"
        " FROM fact_rows WHERE sent_on >= CAST($start AS DATE) AND sent_on < CAST($end AS DATE)) AS marked"
        " GROUP BY unit, bits) AS counted GROUP BY unit"
    )


def test_a_stock_has_no_period_but_an_instant() -> None:
    """No row is left out by day; the parameter is typed."""
    sql = compiled(WAITING, digests=False)
    assert "WHERE sent_on" not in sql
    assert "sent_on < CAST(CAST($as_of AS TIMESTAMPTZ) AS DATE)" in sql


def test_two_period_columns_are_still_one_pass() -> None:
    """Each condition tests its own column; a row is read when either lies in the period."""
    sql = compiled(ANSWERED, LATER)
    assert sql.count("FROM fact_rows") == 1
    assert (
        "WHERE (answered_on >= CAST($start AS DATE) AND answered_on < CAST($end AS DATE)) OR (sent_on" in sql
    )


def test_equal_conditions_share_a_bit() -> None:
    """A mean over the same rows as a rate adds no condition but its own; a count of all of them none at all."""
    count = replace(ANSWERED, code="letters.all", kind=Kind.COUNT, counts="true")
    checked = tuple(check_definition(one, WORDS) for one in (ANSWERED, count))
    found = compile_pass(checked, COLUMNS)
    assert found.condition_count == 2
    assert (
        found.positions["letters.all", 0].numerator == found.positions["letters.answered_rate", 0].denominator
    )


def test_a_mean_sums_its_values_over_rows_that_have_one() -> None:
    sql = compiled(PAGES, digests=False)
    assert "pages > 0 AND NOT (pages) IS NULL" in sql
    assert sql.startswith(
        "SELECT unit, COUNT(*) FILTER(WHERE holds_0), SUM(value_0) FILTER(WHERE holds_0) FROM"
    )


def test_cells_are_by_month_over_all_time() -> None:
    sql = compiled(ANSWERED, by_month=True)
    assert "CAST(DATE_TRUNC('MONTH', sent_on) AS DATE) AS month" in sql
    assert "WHERE NOT sent_on IS NULL" in sql


def test_some_units_are_read_by_a_list() -> None:
    assert "unit_code IN (SELECT UNNEST($units))" in compiled(ANSWERED, some_units=True)


def test_a_histogram_keeps_the_digests_of_its_rows() -> None:
    sql = compile_histogram(check_definition(PAGES, WORDS), COLUMNS).sql
    assert sql.startswith(
        "SELECT window_number, group_number, chosen_value, COUNT(*), SUM(high), SUM(low) FROM ("
    )


def test_too_many_conditions_are_refused() -> None:
    many = [replace(ANSWERED, code=f"letters.n{number}", counts=f"pages > {number}") for number in range(70)]
    with pytest.raises(ValueError, match="more than 62 conditions"):
        compiled(*many)


def test_a_text_in_an_expression_stays_a_text() -> None:
    """A quote in a literal cannot leave it."""
    sly = replace(ANSWERED, counts="unit_code = '''; DROP TABLE x; --'")
    assert "unit_code = '''; DROP TABLE x; --'" in compiled(sly)
