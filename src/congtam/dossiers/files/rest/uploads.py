"""Files over the API: uploaded first, then named by a handle wherever a file is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Any, BinaryIO, Final, cast

from django.core import signing
from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import Field, File, Router, Schema
from ninja.files import UploadedFile

from congtam.api.idempotency import idempotent
from congtam.api.responses import json_response
from congtam.dossiers.files.take_file import IncomingFile, take_file
from congtam.dossiers.record.desk_queries import get_file, get_filing_file
from congtam.dossiers.record.domain.receipt import AttachedFile
from congtam.foundation.files import open_file
from congtam.foundation.public import Actor, actor_of
from congtam.kernel.errors import InputRefused, Problem, msgid

SALT: Final = "congtam.dossiers.upload"
LIVES_SECONDS: Final = 24 * 3600
uploads = Router(tags=["files"])
files = Router(tags=["files"])
filing_files = Router(tags=["filings"])


class UploadOut(Schema):
    """A file that was checked and kept; the handle works for a day, for whoever uploaded it."""

    handle: str
    digest: str = Field(description="SHA-256 of the content.")
    name: str
    media_type: str
    size: int


class FileIn(Schema, extra="forbid"):
    """A file that was uploaded, and the place in the checklist it belongs to."""

    handle: Annotated[str, Field(max_length=2000)]
    position: Annotated[int, Field(ge=0, le=1000)] | None = None

    def to_attached_file(self, *, actor: Actor, column: str = "file") -> AttachedFile:
        """The file; InputRefused for a handle that is not the actor's, or too old. ``column`` names it in the body."""
        try:
            values = signing.loads(self.handle, salt=f"{SALT}:{actor.username}", max_age=LIVES_SECONDS)
        except signing.BadSignature:
            message = msgid("You did not upload this file within the last day. Upload it again.")
            raise InputRefused(
                [Problem(code="handle_unknown", message=message, column=f"{column}.handle")]
            ) from None
        return AttachedFile(**{**values, "position": self.position})


def attached_files(files: Sequence[FileIn], *, actor: Actor) -> tuple[AttachedFile, ...]:
    """The files of a body; InputRefused with every handle that is not known."""
    problems: list[Problem] = []
    attached: list[AttachedFile] = []
    for number, file in enumerate(files):
        try:
            attached.append(file.to_attached_file(actor=actor, column=f"files.{number}"))
        except InputRefused as refused:
            problems += refused.problems
    if problems:
        raise InputRefused(problems)
    return tuple(attached)


@uploads.post("", response={201: UploadOut})
@idempotent
def upload_file(request: HttpRequest, file: Annotated[UploadedFile, File()]) -> HttpResponse:
    """Upload a scan or a result: pdf, jpg, png, docx or xlsx, at most 20 MiB; the content must be of its type."""
    actor = actor_of(request)
    taken = take_file(
        IncomingFile(content=cast("BinaryIO", file), name=file.name or "", column="file"), actor=actor
    )
    return json_response(_serialize_upload(taken, actor), status=HTTPStatus.CREATED)


def _serialize_upload(taken: AttachedFile, actor: Actor) -> dict[str, Any]:
    values = asdict(taken)
    handle = signing.dumps(values, salt=f"{SALT}:{actor.username}")
    return {"handle": handle, **{name: values[name] for name in ("digest", "name", "media_type", "size")}}


@files.get("/{code}/files/{digest}")
def read_file(request: HttpRequest, code: str, digest: str) -> FileResponse:
    """The content of a file of a dossier, for whoever may see the dossier and the person."""
    paper = get_file(code, digest, to=actor_of(request))
    answer = FileResponse(
        open_file(paper.digest), as_attachment=True, filename=paper.name, content_type=paper.media_type
    )
    answer.headers["ETag"] = f'"{paper.digest}"'
    return answer


@filing_files.get("/{code}/files/{digest}")
def read_filing_file(request: HttpRequest, code: str, digest: str) -> FileResponse:
    """The content of a file of an online filing, for whoever receives for its unit."""
    file = get_filing_file(code, digest, to=actor_of(request))
    answer = FileResponse(
        open_file(digest), as_attachment=True, filename=file["name"], content_type=file["media_type"]
    )
    answer.headers["ETag"] = f'"{digest}"'
    return answer
