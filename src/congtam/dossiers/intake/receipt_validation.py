"""Everything that can be wrong with an application (kiểm tra hồ sơ nộp), told at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any, Final

from congtam.dossiers.domain.states import Channel
from congtam.dossiers.form.answers import CheckedForm
from congtam.dossiers.record.domain.receipt import Receipt
from congtam.kernel.clock import local_day
from congtam.kernel.errors import Problem, msgid
from congtam.kernel.identity import identity_fault
from congtam.kernel.input.emails import EmailMalformed, parse_email
from congtam.kernel.input.phones import PhoneMalformed, parse_phone
from congtam.kernel.input.texts import direction_mark_problems, is_storable
from congtam.org_units.public import is_registered_unit, unit_on
from congtam.procedures.public import DeskProcedure

CHANNELS: Final = (Channel.DESK, Channel.ONLINE, Channel.POST)
APPLICANT_KINDS: Final = ("citizen", "organisation", "enterprise")
RETURN_WAYS: Final = ("desk", "post", "online")
LONGEST_FIELD: Final = 500
LARGEST_FORM: Final = 200_000
DEEPEST_FORM: Final = 5
"""Of answers within answers: a table has rows, a row has answers, an answer may be a list."""
_MOST_COPIES: Final = 1000


def validate_receipt(
    receipt: Receipt, procedure: DeskProcedure | None, *, now: datetime, form: CheckedForm
) -> Iterator[Problem]:
    """Everything that is wrong with an application; ``procedure`` is the version in force on its day."""
    if procedure is None:
        yield Problem(
            code="procedure_not_in_force",
            message=msgid("Procedure {procedure} is not in force on the day of receipt."),
            data={"procedure": receipt.procedure_code},
            column="procedure_code",
            advice=msgid("Choose a procedure from the list."),
        )
    yield from _validate_unit(receipt.unit_code, on=local_day(now))
    if not receipt.applicant.name.strip():
        message = msgid("Enter the applicant.")
        yield Problem(code="applicant_missing", message=message, column="applicant.name")
    yield from _validate_choices(receipt)
    yield from _validate_texts(receipt)
    yield from _validate_identity(receipt, on=local_day(now))
    yield from _validate_time(receipt.received_at, now=now)
    if procedure is not None:
        yield from form.problems
        yield from _validate_procedure(receipt, procedure, form=form)


def _validate_unit(unit_code: str, *, on: date) -> Iterator[Problem]:
    if not is_registered_unit(unit_code):
        message, data = msgid("There is no unit {unit}."), {"unit": unit_code}
        yield Problem(code="unit_unknown", message=message, data=data, column="unit_code")
    elif unit_on(unit_code, on) is None:
        yield Problem(
            code="unit_not_in_force",
            message=msgid("Unit {unit} does not exist on the day of receipt."),
            data={"unit": unit_code},
            column="unit_code",
            advice=msgid("Choose its successor unit."),
        )


def _validate_choices(receipt: Receipt) -> Iterator[Problem]:
    if receipt.channel not in CHANNELS:
        message = msgid("“{channel}” is not a way of filing. Choose desk, online or post.")
        data = {"channel": receipt.channel}
        yield Problem(code="channel_unknown", message=message, data=data, column="channel")
    if receipt.applicant.kind not in APPLICANT_KINDS:
        message = msgid("Choose whether the applicant is a citizen, an organisation or an enterprise.")
        yield Problem(code="applicant_kind_unknown", message=message, column="applicant.kind")
    if receipt.return_way not in RETURN_WAYS:
        message = msgid("Choose whether the result is returned at the desk, by post or online.")
        yield Problem(code="return_way_unknown", message=message, column="return_way")


def _validate_texts(receipt: Receipt) -> Iterator[Problem]:
    """Texts that no column holds or nobody reads."""
    yield from direction_mark_problems(receipt.applicant.name, column="applicant.name")
    for name, text in asdict(receipt.applicant).items():
        if len(text) > LONGEST_FIELD:
            message, data = msgid("This text is longer than {count} characters."), {"count": LONGEST_FIELD}
            yield Problem(code="text_too_long", message=message, data=data, column=f"applicant.{name}")
        if not is_storable(text):
            yield _unprintable_problem(f"applicant.{name}")
    # What was filed earlier was held to the rule of that day, and the clerk cannot change it.
    phone = "" if receipt.is_form_checked else receipt.applicant.phone
    yield from validate_contact(phone=phone, email=receipt.applicant.email)
    if not (receipt.is_form_checked or _is_shallow(receipt.form, DEEPEST_FORM)):
        message = msgid("An answer must be a text, a list of texts or a list of rows.")
        yield Problem(code="form_too_deep", message=message, column="form")
        return
    written = json.dumps(dict(receipt.form), default=str, ensure_ascii=False)
    if len(written) > LARGEST_FORM:
        message, data = msgid("This text is longer than {count} characters."), {"count": LARGEST_FORM}
        yield Problem(code="form_too_large", message=message, data=data, column="form")
    if "\\u0000" in written or not _is_storable(receipt.form):
        yield _unprintable_problem("form")


def _validate_identity(receipt: Receipt, *, on: date) -> Iterator[Problem]:
    """A mistyped number is told once; what really stands on the paper may be confirmed."""
    applicant = receipt.applicant
    fault = identity_fault(applicant.id_number, kind=applicant.kind, today=on)
    if fault and not receipt.is_id_number_confirmed:
        yield Problem(
            code="id_number_malformed",
            message=fault,
            column="applicant.id_number",
            advice=msgid("Check it against the paper. If the number on the paper is the same, confirm it."),
            severity="warning",
        )


def _is_shallow(value: object, left: int) -> bool:
    """Whether nothing lies deeper than whoever reads it later can follow."""
    within = list(value.values()) if isinstance(value, Mapping) else value
    if not isinstance(within, list | tuple):
        return True
    return left > 0 and all(_is_shallow(each, left - 1) for each in within)


def _is_storable(form: Mapping[str, Any]) -> bool:
    """Whether a JSON column takes it: no number that is none, no half of a sign."""
    try:
        json.dumps(dict(form), default=str, allow_nan=False, ensure_ascii=False).encode()
    except ValueError:
        return False
    return True


def validate_contact(*, phone: str, email: str) -> Iterator[Problem]:
    """A phone number or an e-mail address that cannot be read; an empty one is none."""
    if phone.strip():
        try:
            parse_phone(phone)
        except PhoneMalformed as error:
            yield error.problem(column="applicant.phone")
    if email.strip():
        try:
            parse_email(email)
        except EmailMalformed as error:
            yield error.problem(column="applicant.email", code="email_unreadable")


def _unprintable_problem(column: str) -> Problem:
    message = msgid("The text contains a character that cannot be stored. Enter it again.")
    return Problem(code="text_unprintable", message=message, column=column)


def is_of_today(received_at: datetime, *, now: datetime) -> bool:
    """Whether an instant lies on the local day of now, and not ahead of it."""
    if received_at.tzinfo is None or abs(received_at - now) > timedelta(days=1):
        return False
    is_same_day = local_day(received_at) == local_day(now)
    return is_same_day and received_at <= now + timedelta(minutes=1)


def _validate_time(received_at: datetime | None, *, now: datetime) -> Iterator[Problem]:
    """A receipt is entered on its day: neither ahead of time nor afterwards."""
    if received_at is not None and not is_of_today(received_at, now=now):
        yield Problem(
            code="received_at_not_today",
            message=msgid("The time of receipt must be today and not in the future."),
            column="received_at",
            advice=msgid("Leave it empty to use the time of entry."),
        )


def _validate_procedure(
    receipt: Receipt, procedure: DeskProcedure, *, form: CheckedForm
) -> Iterator[Problem]:
    cases = {kind.code for kind in procedure.case_kinds}
    if receipt.case_kind and receipt.case_kind not in cases:
        message, data = msgid("This procedure has no case “{case}”."), {"case": receipt.case_kind}
        yield Problem(code="case_kind_unknown", message=message, data=data, column="case_kind")
    if receipt.channel in CHANNELS and receipt.channel not in procedure.channels:
        message = msgid("This procedure does not accept this way of filing.")
        yield Problem(code="channel_not_offered", message=message, column="channel")
    yield from _validate_papers(receipt, procedure, form=form)


def _validate_papers(receipt: Receipt, procedure: DeskProcedure, *, form: CheckedForm) -> Iterator[Problem]:
    for handed_in in receipt.papers:
        if not all(
            0 <= count <= _MOST_COPIES
            for count in (handed_in.originals, handed_in.certified, handed_in.copies)
        ):
            message = msgid("Enter a number of copies from 0 to {maximum}.")
            data = {"maximum": _MOST_COPIES}
            yield Problem(
                code="count_out_of_range", message=message, data=data, column=f"papers.{handed_in.position}"
            )
    handed_in_positions = {paper.position for paper in receipt.papers} | {
        file.position for file in receipt.files
    }
    for paper in procedure.papers_for(receipt.case_kind):
        stands_for_it = paper.filled_online and form.is_filled_in
        if paper.is_required and paper.position not in handed_in_positions and not stands_for_it:
            yield Problem(
                code="paper_missing",
                message=msgid("Missing: {paper}"),
                data={"paper": paper.name, "position": paper.position},
                column=f"papers.{paper.position}",
                advice=msgid("Receive it when it is complete, or tell the applicant what is missing."),
            )
