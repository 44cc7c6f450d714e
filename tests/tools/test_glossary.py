"""The glossary stays a whole table."""

from __future__ import annotations

import pytest
from tools.checks.glossary import check_contexts, check_rows, in_order

HEAD = "| term | tiếng Việt | definition | source | not to be confused with |\n|---|---|---|---|---|\n"
DOSSIER = "| dossier | hồ sơ | one case | NĐ 61/2018 | procedure |\n"
UNIT = "| unit | đơn vị | an office | – | – |\n"


def test_a_whole_table_passes() -> None:
    assert list(check_rows(HEAD + DOSSIER + UNIT)) == []


@pytest.mark.parametrize(
    ("rows", "line", "complaint"),
    [
        pytest.param(DOSSIER.replace("one case", ""), 3, "“definition” is empty", id="empty cell"),
        pytest.param("| dossier | hồ sơ | one case |\n", 3, "has 3 columns", id="missing column"),
        pytest.param(DOSSIER + DOSSIER.replace("dossier", "Dossier"), 4, "defined on line 3", id="twice"),
        pytest.param(UNIT + DOSSIER, 4, "comes after 'unit'", id="out of order"),
    ],
)
def test_a_broken_row_is_named(rows: str, line: int, complaint: str) -> None:
    (finding,) = check_rows(HEAD + rows)
    assert finding.line == line
    assert complaint in finding.text


def test_a_term_is_unique_over_sections_and_ordered_within() -> None:
    page = HEAD + UNIT + "\n## More\n\n" + HEAD + DOSSIER
    assert list(check_rows(page)) == []
    assert [finding.line for finding in check_rows(page + UNIT)] == [10]


def test_sorting_puts_rows_in_order_and_nothing_else() -> None:
    page = "# Words\n\n" + HEAD + UNIT + DOSSIER + "\nAfter.\n"
    assert in_order(page) == "# Words\n\n" + HEAD + DOSSIER + UNIT + "\nAfter.\n"


def test_every_context_is_explained() -> None:
    page = HEAD + DOSSIER + "| lake | kho | the column store, `warehouse/` | – | – |\n"
    assert list(check_contexts(page, ["dossiers", "warehouse"])) == []
    (finding,) = check_contexts(page, ["org_units"])
    assert finding.text == "no term explains the context org_units/"
