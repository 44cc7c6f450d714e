"""What people are asked about the handling of their dossier (phiếu đánh giá).

Source: the nine indicators of NĐ 61/2018/NĐ-CP Điều 31; applicants answer numbers 1, 2, 3, 4, 6 and 7, the others are
scored by the office once a period.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from congtam.kernel.errors import Problem, msgid

LONGEST_COMMENT: Final = 2000
LEAST_FOR_A_RATE: Final = 30
"""Below this many ratings no share is shown: a handful says little and may point at a person."""


@dataclass(frozen=True, kw_only=True)
class RatingQuestion:
    """One question with the wording of its 2, 1 and 0 points."""

    number: str
    text: str
    choices: tuple[str, str, str]

    @property
    def scored_choices(self) -> tuple[tuple[int, str], ...]:
        """The choices with their points, best first."""
        return tuple(zip((2, 1, 0), self.choices, strict=True))


_TIMES: Final = (msgid("Earlier than promised"), msgid("As promised"), msgid("Later than promised"))
_COUNTS: Final = (msgid("Never"), msgid("Once"), msgid("More than once"))
QUESTIONS: Final = (
    RatingQuestion(
        number="1",
        text=msgid("How long did the whole process take compared with the due date on your slip?"),
        choices=_TIMES,
    ),
    RatingQuestion(
        number="2", text=msgid("How long did each office take compared with its time limit?"), choices=_TIMES
    ),
    RatingQuestion(
        number="3",
        text=msgid("How many times did you have to come back to complete your papers?"),
        choices=_COUNTS,
    ),
    RatingQuestion(
        number="4",
        text=msgid("How many other offices did you have to contact yourself?"),
        choices=(msgid("None"), msgid("One"), msgid("More than one")),
    ),
    RatingQuestion(
        number="6",
        text=msgid("Was the procedure made public?"),
        choices=(
            msgid("On a notice board and online"),
            msgid("Only on a notice board or only online"),
            msgid("I did not see it anywhere"),
        ),
    ),
    RatingQuestion(
        number="7",
        text=msgid("How were you treated?"),
        choices=(
            msgid("Very well"),
            msgid("Well, no complaints"),
            msgid("Not well, I complained or wanted to complain"),
        ),
    ),
)


def parse_answers(posted: Mapping[str, str]) -> dict[str, int]:
    """The points of the questions that were answered; anything else is left out.

    >>> parse_answers({"1": "2", "3": "7", "9": "1"})
    {'1': 2}
    """
    return {
        question.number: int(posted[question.number])
        for question in QUESTIONS
        if posted.get(question.number) in {"0", "1", "2"}
    }


def validate_rating(*, overall: str, comment: str, allowed: frozenset[str]) -> tuple[Problem, ...]:
    """What keeps a rating from being taken."""
    problems = []
    if overall not in allowed:
        message = msgid("Choose how satisfied you are overall.")
        problems.append(Problem(code="overall_missing", message=message, column="overall"))
    if len(comment) > LONGEST_COMMENT:
        message = msgid("The comment is longer than {limit} characters.")
        problems.append(
            Problem(
                code="comment_too_long", message=message, data={"limit": LONGEST_COMMENT}, column="comment"
            )
        )
    return tuple(problems)
