"""One sentence for a figure, in both languages."""

from __future__ import annotations

import pytest
from django.utils import translation

from congtam.home.domain.movement import Movement, Standing
from congtam.home.wording import Measure, ordinal, standing_sentence

TENTH = Standing(position=10, ranked=11, best=10, worst=10)
DOWN = Movement(difference=-0.0039, months=(9, 12))


@pytest.mark.parametrize(
    ("standing", "movement", "english", "vietnamese"),
    [
        pytest.param(
            TENTH,
            DOWN,
            "10th of 11; −0.39 points; September and December pulled it down",
            "xếp thứ 10/11; −0,39 điểm %; tháng 9 và tháng 12 kéo giảm",
            id="rank, change, months",
        ),
        pytest.param(
            Standing(position=3, ranked=11, best=1, worst=7, is_tied=True),
            Movement(difference=0.0125, months=(1, 2, 3)),
            "joint 3rd of 11 (could be 1st to 7th); +1.25 points; January, February and March pulled it up",
            "đồng hạng 3/11 (có thể từ 1 đến 7); +1,25 điểm %; tháng 1, tháng 2 và tháng 3 kéo tăng",
            id="tie and a rank that few cases leave open",
        ),
        pytest.param(
            None, Movement(difference=-0.01, months=()), "−1.00 points", "−1,00 điểm %", id="no month"
        ),
        pytest.param(TENTH, None, "10th of 11", "xếp thứ 10/11", id="nothing to compare with"),
        pytest.param(
            None,
            Movement(difference=-0.00001, months=(5,)),
            "unchanged",
            "không đổi",
            id="less than is shown",
        ),
        pytest.param(None, None, "", "", id="nothing to say"),
    ],
)
def test_the_sentence(
    standing: Standing | None, movement: Movement | None, *, english: str, vietnamese: str
) -> None:
    for language, expected in (("en", english), ("vi", vietnamese)):
        with translation.override(language):
            assert standing_sentence(standing, movement) == expected


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        pytest.param("count", "+1,204; March pulled it up", id="a count has no points"),
        pytest.param("share", "+120,400.00 points; March pulled it up", id="a share has"),
    ],
)
def test_a_count_is_told_as_a_count(measure: Measure, expected: str) -> None:
    with translation.override("en"):
        assert standing_sentence(None, Movement(difference=1204, months=(3,)), measure=measure) == expected


def test_english_ordinals() -> None:
    with translation.override("en"):
        assert [ordinal(value) for value in (1, 2, 3, 4, 11, 12, 13, 21, 111, 122)] == [
            "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "111th", "122nd",
        ]  # fmt: skip
