"""What a person typed into the receiving page (nội dung nhập), kept as it was until it can be taken in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.core import signing
from django.http import QueryDict

from congtam.dossiers.domain.states import Channel
from congtam.dossiers.intake.receipt_validation import validate_contact
from congtam.dossiers.record.domain.receipt import Applicant, AttachedFile, HandedInPaper, Receipt
from congtam.dossiers.record.web.fields import unit_code_from_text
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.kernel.input.numbers import digits_or_none
from congtam.kernel.vietnamese import nfc

COUNTS: Final = ("originals", "certified", "copies")
APPLICANT: Final = ("name", "phone", "id_number", "email", "address", "submitter")
_SALT: Final = "dossiers.carried_file"
_LONGEST: Final = 500
_LAST_POSITION: Final = 999
_MOST_COPIES: Final = 999


@dataclass(frozen=True, kw_only=True)
class FormData:
    """The fields of the page by name; a field nobody typed is empty."""

    fields: Mapping[str, str]
    ticked: frozenset[int] = frozenset()
    carried_files: tuple[AttachedFile, ...] = ()
    """Files that an earlier try already brought."""
    answers: Mapping[str, Any] = field(default_factory=dict)
    """What was typed into the electronic form, by name."""

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    @property
    def person_and_procedure(self) -> str:
        """What a confirmation that this is no second application is about: typed anew, it is asked again."""
        names = ("procedure_code", "applicant.name", "applicant.phone", "applicant.id_number")
        return "|".join(self[name] for name in names)

    def counts(self, position: int) -> dict[str, str]:
        """The counts of one paper as typed."""
        return {name: self[f"papers.{position}.{name}"] for name in COUNTS}


def parse_form_data(posted: QueryDict, *, username: str) -> FormData:
    """Read a page that was sent; files of an earlier try are believed only with our signature."""
    fields = {
        name: nfc(value).strip()[:_LONGEST]
        for name, value in posted.items()
        if isinstance(value, str) and name not in {"ticked", "carried_file", "csrfmiddlewaretoken"}
    }
    fields.setdefault("channel", Channel.DESK.value)
    fields.setdefault("return_way", "desk")
    ticked = frozenset(int(position) for position in posted.getlist("ticked") if is_position(position))
    return FormData(
        fields=fields,
        ticked=ticked,
        carried_files=tuple(_parse_tickets(posted.getlist("carried_file"), username)),
    )


def is_position(text: str) -> bool:
    """Whether a text is a place in a checklist."""
    return digits_or_none(text, most=_LAST_POSITION) is not None


def blank_form_data(**fields: str) -> FormData:
    """An empty page."""
    return FormData(fields={"channel": Channel.DESK.value, "return_way": "desk"} | fields)


def file_ticket(file: AttachedFile, *, username: str) -> str:
    """A file that was taken in already, to be carried along in the page until the dossier has it."""
    values = {"d": file.digest, "n": file.name, "t": file.media_type, "s": file.size, "p": file.position}
    return signing.dumps({"who": username, **values}, salt=_SALT, compress=True)


def _parse_tickets(tickets: list[str], username: str) -> Iterator[AttachedFile]:
    for ticket in tickets:
        try:
            values = signing.loads(ticket, salt=_SALT, max_age=86_400)
        except signing.BadSignature:
            continue
        if values["who"] == username:
            yield AttachedFile(
                digest=values["d"],
                name=values["n"],
                media_type=values["t"],
                size=values["s"],
                position=values["p"],
            )


def parse_receipt(form_data: FormData, *, received_unit: str) -> Receipt:
    """The application that was typed; raises InputRefused where a field cannot be read."""
    problems: list[Problem] = [*_validate_fields(form_data)]
    papers = tuple(parse_papers(form_data, problems))
    if problems:
        raise InputRefused(problems)
    applicant: dict[str, Any] = {name: form_data[f"applicant.{name}"] for name in APPLICANT}
    return Receipt(
        procedure_code=form_data["procedure_code"],
        unit_code=unit_code_from_text(form_data["unit_code"]) or received_unit,
        received_unit_code=received_unit,
        applicant=Applicant(kind=form_data["applicant.kind"] or "citizen", **applicant),
        channel=form_data["channel"],
        case_kind=form_data["case_kind"],
        papers=papers,
        files=form_data.carried_files,
        form={"request": form_data["request"]} if form_data["request"] else {},
        is_id_number_confirmed=bool(form_data["applicant.id_number"])
        and form_data["id_number_confirmed"] == form_data["applicant.id_number"],
        is_duplicate_confirmed=form_data["duplicate_confirmed"] == form_data.person_and_procedure,
        return_way=form_data["return_way"],
        parent_code=form_data["parent_code"],
    )


def parse_papers(form_data: FormData, problems: list[Problem]) -> Iterator[HandedInPaper]:
    """The papers that were ticked, with their counts; what cannot be read is added to ``problems``."""
    for position in sorted(form_data.ticked):
        counts = form_data.counts(position)
        if all(
            value == "" or digits_or_none(value, most=_MOST_COPIES) is not None for value in counts.values()
        ):
            yield HandedInPaper(
                position=position, **{name: int(value or 0) for name, value in counts.items()}
            )
        else:
            message = msgid("Enter a number from 0 to 999 for each paper.")
            problems.append(
                Problem(code="paper_count_unreadable", message=message, column=f"papers.{position}")
            )


def _validate_fields(form_data: FormData) -> Iterator[Problem]:
    if not form_data["procedure_code"]:
        yield Problem(
            code="procedure_missing",
            message=msgid("Choose the procedure."),
            column="procedure_code",
            advice=msgid("Type part of its name, with or without diacritics, then press Enter."),
        )
    yield from validate_contact(phone=form_data["applicant.phone"], email=form_data["applicant.email"])
    if form_data["return_way"] not in {"desk", "post", "online"}:
        message = msgid("Choose how the result is to be returned.")
        yield Problem(code="return_way_unknown", message=message, column="return_way")
