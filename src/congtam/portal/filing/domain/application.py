"""The guided form of an online filing (biểu mẫu nộp trực tuyến): its steps, and what each must hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from congtam.kernel.errors import Problem, msgid
from congtam.kernel.identity import CITIZEN, identity_fault
from congtam.kernel.input.emails import parse_email
from congtam.kernel.input.malformed import InputMalformed
from congtam.kernel.input.phones import parse_phone

LONGEST_LINE: Final = 300
LONGEST_TEXT: Final = 5000
MOST_FILES: Final = 20


class FilingStep(StrEnum):
    """The steps of the form, in order."""

    OFFICE = "office"
    PERSON = "person"
    CONTENT = "content"
    PAPERS = "papers"
    RETURN = "return"
    CHECK = "check"


STEPS: Final = tuple(FilingStep)


@dataclass(frozen=True, kw_only=True)
class FilingRequirements:
    """What the procedure asks for on the day."""

    units: frozenset[str]
    case_kinds: frozenset[str]
    required_papers: Mapping[int, str]
    """Place and name of the papers without which the desk cannot receive."""


def step_after(step: FilingStep) -> FilingStep:
    """The next step; the last stays.

    >>> step_after(FilingStep.OFFICE).value
    'person'
    """
    return STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]


NAMES: Final[Mapping[FilingStep, tuple[str, ...]]] = {
    FilingStep.OFFICE: ("unit_code", "case_kind"),
    FilingStep.PERSON: ("kind", "name", "id_number", "phone", "email", "address", "submitter"),
    FilingStep.RETURN: ("return_way",),
}
"""The fields every application has, by step; the form of the procedure is a matter of its own."""


def validate_application(
    answers: Mapping[str, str], requirements: FilingRequirements, *, positions: frozenset[int | None]
) -> dict[FilingStep, list[Problem]]:
    """Everything that is wrong or missing but for the form, by step; ``positions`` are those a file was given for."""
    return {
        FilingStep.OFFICE: list(_validate_office(answers, requirements)),
        FilingStep.PERSON: list(_validate_person(answers)),
        FilingStep.PAPERS: list(_validate_papers(requirements, positions)),
        FilingStep.RETURN: list(_validate_return_way(answers)),
    }


def _validate_office(answers: Mapping[str, str], requirements: FilingRequirements) -> Iterator[Problem]:
    if answers.get("unit_code", "") not in requirements.units:
        yield _filing_problem(
            "unit_code", "unit_missing", msgid("Choose the office that will receive your application.")
        )
    if requirements.case_kinds and answers.get("case_kind", "") not in requirements.case_kinds:
        yield _filing_problem("case_kind", "case_missing", msgid("Choose your case."))


def _validate_person(answers: Mapping[str, str]) -> Iterator[Problem]:
    phone, email = answers.get("phone", "").strip(), answers.get("email", "").strip()
    if not answers.get("name", "").strip():
        yield _filing_problem("name", "name_missing", msgid("Enter your full name."))
    if not phone and not email:
        message = msgid("Enter a phone number or an e-mail address so that the office can contact you.")
        yield _filing_problem("phone", "contact_missing", message)
    yield from _check_format("phone", phone, parse=parse_phone)
    yield from _check_format("email", email, parse=parse_email)
    kind = answers.get("kind", "") or CITIZEN
    if fault := identity_fault(answers.get("id_number", ""), kind=kind):
        yield _filing_problem("id_number", "id_number_malformed", fault)
    if answers.get("kind", "citizen") not in {"citizen", "organisation", "enterprise"}:
        yield _filing_problem("kind", "kind_unknown", msgid("Choose who you are applying for."))
    yield from _length_problems(
        answers, ("name", "email", "address", "submitter", "phone", "id_number"), LONGEST_LINE
    )


def _check_format(column: str, value: str, *, parse: Callable[[str], str]) -> Iterator[Problem]:
    try:
        if value:
            parse(value)
    except InputMalformed as error:
        yield error.problem(column=column)


def _validate_papers(requirements: FilingRequirements, positions: frozenset[int | None]) -> Iterator[Problem]:
    for position, name in requirements.required_papers.items():
        if position not in positions:
            yield _filing_problem(
                f"papers.{position}", "paper_missing", msgid("Missing: {paper}"), paper=name
            )


def _validate_return_way(answers: Mapping[str, str]) -> Iterator[Problem]:
    way = answers.get("return_way", "")
    if way not in {"desk", "post", "online"}:
        yield _filing_problem(
            "return_way", "return_way_missing", msgid("Choose how you would like to receive the result.")
        )
    if way == "post" and not answers.get("address", "").strip():
        message = msgid("To receive the result by post, enter your address under “Your details”.")
        yield _filing_problem("return_way", "address_missing", message)


def _length_problems(answers: Mapping[str, str], columns: Sequence[str], limit: int) -> Iterator[Problem]:
    for column in columns:
        if len(answers.get(column, "")) > limit:
            yield _filing_problem(
                column, "too_long", msgid("This is longer than {limit} characters."), limit=limit
            )


def _filing_problem(column: str, code: str, message: str, **data: object) -> Problem:
    return Problem(code=code, message=message, data=data, column=column)
