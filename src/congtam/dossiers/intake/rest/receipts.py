"""What a caller of the API hands in with a dossier."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

from congtam.dossiers.files.rest.uploads import FileIn, attached_files
from congtam.dossiers.record.domain.receipt import Applicant, HandedInPaper, Receipt
from congtam.foundation.public import Actor

ShortText = Annotated[str, Field(max_length=200)]
LongText = Annotated[str, Field(max_length=4000)]


class StrictSchema(Schema, extra="forbid"):
    """A body in which an unknown field is a mistake."""


class ApplicantIn(StrictSchema):
    """Who applies (người nộp)."""

    name: ShortText = Field(examples=["Vừ Thị Mỷ"])
    kind: Literal["citizen", "organisation", "enterprise"] = "citizen"
    phone: ShortText = Field("", examples=["0912 345 678"])
    email: ShortText = ""
    id_number: ShortText = ""
    address: LongText = ""
    submitter: ShortText = ""

    def to_applicant(self) -> Applicant:
        """As the actions take it."""
        return Applicant(**self.model_dump())


class HandedInIn(StrictSchema):
    """A paper of the checklist that was handed in, by its place there."""

    position: Annotated[int, Field(ge=0, le=1000)]
    originals: Annotated[int, Field(ge=0, le=1000)] = 0
    certified: Annotated[int, Field(ge=0, le=1000)] = 0
    copies: Annotated[int, Field(ge=0, le=1000)] = 0

    def to_paper(self) -> HandedInPaper:
        """As the actions take it."""
        return HandedInPaper(**self.model_dump())


class ReceiptIn(StrictSchema):
    """An application to be received (tiếp nhận)."""

    procedure_code: ShortText = Field(examples=["1.000894"])
    unit_code: ShortText = Field(examples=["00694"])
    applicant: ApplicantIn
    channel: Literal["desk", "online", "post"] = "desk"
    case_kind: ShortText = ""
    papers: Annotated[list[HandedInIn], Field(max_length=200)] = Field(
        [],
        examples=[
            [{"position": 0, "originals": 1}, {"position": 1, "originals": 1}, {"position": 3, "copies": 2}]
        ],
    )
    files: Annotated[list[FileIn], Field(max_length=40)] = Field([], description="Files that were uploaded.")
    form: dict[str, Any] = Field(
        {},
        description="The answers to the form of the procedure (`GET /procedures/{code}`), by name: a text, a list of "
        "texts, or a list of rows. Unknown names are refused; left out, the form comes on paper.",
    )
    is_id_number_confirmed: bool = Field(
        default=False, description="An identity or tax number of unusual shape really stands on the paper."
    )
    is_duplicate_confirmed: bool = Field(
        default=False,
        description="The person has an open dossier of this procedure (`open_dossier_exists`), and this is another "
        "application.",
    )
    return_way: Literal["desk", "post", "online"] = "desk"
    received_unit_code: ShortText = Field("", description="Where it is handed in, when that is another unit.")
    received_at: AwareDatetime | None = Field(
        None, description="Only for what was received earlier today; else now."
    )
    parent_code: ShortText = ""

    def to_receipt(self, *, actor: Actor) -> Receipt:
        """As the action takes it."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        papers = tuple(paper.to_paper() for paper in self.papers)
        files = attached_files(self.files, actor=actor)
        return Receipt(
            **{**values, "applicant": self.applicant.to_applicant(), "papers": papers, "files": files}
        )


class ReceivedOut(Schema):
    """A dossier as it was received; the secret is printed on the slip and asked for at the look-up."""

    code: str = Field(examples=["H22.24.08-260302-0007"])
    version: int
    state: str
    received_at: datetime
    due_at: datetime | None
    limit_text: str
    fee_dong: int | None
    lookup_secret: str
