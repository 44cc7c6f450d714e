"""What a person typed into the receiving page (nội dung nhập), kept as it was until it can be taken in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.core import signing
from django.http import QueryDict

from congtam.dossiers.domain.states import Channel
from congtam.dossiers.intake.receipt_problems import problems_of_contact
from congtam.dossiers.record.domain.receipt import Applicant, Attached, HandedIn, Receipt
from congtam.dossiers.record.web.fields import unit_meant
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.kernel.input.numbers import digits_or_none
from congtam.kernel.vietnamese import nfc

COUNTS: Final = ("originals", "certified", "copies")
APPLICANT: Final = ("name", "phone", "id_number", "email", "address", "submitter")
_SALT: Final = "dossiers.kept_file"
_LONGEST: Final = 500
_LAST_PLACE: Final = 999
_MOST_PIECES: Final = 999


@dataclass(frozen=True, kw_only=True)
class Typed:
    """The fields of the page by name; a field nobody typed is empty."""

    fields: Mapping[str, str]
    ticked: frozenset[int] = frozenset()
    kept: tuple[Attached, ...] = ()
    """Files that an earlier try already brought."""
    answers: Mapping[str, Any] = field(default_factory=dict)
    """What was typed into the electronic form, by name."""

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    def counts(self, place: int) -> dict[str, str]:
        """The counts of one paper as typed."""
        return {name: self[f"papers.{place}.{name}"] for name in COUNTS}


def typed_of(posted: QueryDict, *, username: str) -> Typed:
    """Read a page that was sent; files of an earlier try are believed only with our signature."""
    fields = {
        name: nfc(value).strip()[:_LONGEST]
        for name, value in posted.items()
        if isinstance(value, str) and name not in {"ticked", "kept", "csrfmiddlewaretoken"}
    }
    fields.setdefault("channel", Channel.DESK.value)
    fields.setdefault("return_way", "desk")
    ticked = frozenset(int(place) for place in posted.getlist("ticked") if is_place(place))
    return Typed(fields=fields, ticked=ticked, kept=tuple(_kept(posted.getlist("kept"), username)))


def is_place(text: str) -> bool:
    """Whether a text is a place in a checklist."""
    return digits_or_none(text, most=_LAST_PLACE) is not None


def blank(**fields: str) -> Typed:
    """An empty page."""
    return Typed(fields={"channel": Channel.DESK.value, "return_way": "desk"} | fields)


def ticket_of(file: Attached, *, username: str) -> str:
    """A file that was taken in already, to be carried along in the page until the dossier has it."""
    values = {"d": file.digest, "n": file.name, "t": file.media_type, "s": file.size, "p": file.place}
    return signing.dumps({"who": username, **values}, salt=_SALT, compress=True)


def _kept(tickets: list[str], username: str) -> Iterator[Attached]:
    for ticket in tickets:
        try:
            told = signing.loads(ticket, salt=_SALT, max_age=86_400)
        except signing.BadSignature:
            continue
        if told["who"] == username:
            yield Attached(
                digest=told["d"], name=told["n"], media_type=told["t"], size=told["s"], place=told["p"]
            )


def receipt_of(typed: Typed, *, received_unit: str) -> Receipt:
    """The application that was typed; raises InputRefused where a field cannot be read."""
    problems: list[Problem] = [*_unreadable(typed)]
    papers = tuple(handed_in(typed, problems))
    if problems:
        raise InputRefused(problems)
    applicant: dict[str, Any] = {name: typed[f"applicant.{name}"] for name in APPLICANT}
    return Receipt(
        procedure_code=typed["procedure_code"],
        unit_code=unit_meant(typed["unit_code"]) or received_unit,
        received_unit_code=received_unit,
        applicant=Applicant(kind=typed["applicant.kind"] or "citizen", **applicant),
        channel=typed["channel"],
        case_kind=typed["case_kind"],
        papers=papers,
        files=typed.kept,
        form={"request": typed["request"]} if typed["request"] else {},
        id_number_confirmed=bool(typed["applicant.id_number"])
        and typed["id_number_confirmed"] == typed["applicant.id_number"],
        return_way=typed["return_way"],
        parent_code=typed["parent_code"],
    )


def handed_in(typed: Typed, problems: list[Problem]) -> Iterator[HandedIn]:
    """The papers that were ticked, with their counts; what cannot be read is added to ``problems``."""
    for place in sorted(typed.ticked):
        counts = typed.counts(place)
        if all(
            value == "" or digits_or_none(value, most=_MOST_PIECES) is not None for value in counts.values()
        ):
            yield HandedIn(place=place, **{name: int(value or 0) for name, value in counts.items()})
        else:
            message = msgid("How many pieces of a paper there are must be a number from 0 to 999.")
            problems.append(Problem(code="paper_count_unreadable", message=message, column=f"papers.{place}"))


def _unreadable(typed: Typed) -> Iterator[Problem]:
    if not typed["procedure_code"]:
        yield Problem(
            code="procedure_missing",
            message=msgid("Choose the procedure."),
            column="procedure_code",
            advice=msgid("Type a few letters of its name, without diacritics if you like, then Enter."),
        )
    yield from problems_of_contact(phone=typed["applicant.phone"], email=typed["applicant.email"])
    if typed["return_way"] not in {"desk", "post", "online"}:
        message = msgid("Choose how the result is to be returned.")
        yield Problem(code="return_way_unknown", message=message, column="return_way")
