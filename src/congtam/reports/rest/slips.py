"""Hand-over slips of many dossiers over the API (phiếu bàn giao)."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from congtam.foundation.public import actor_of
from congtam.reports.actions.forms import MOST_ON_A_SLIP, print_slip
from congtam.reports.web.forms import file_response

router = Router(tags=["files"])


class SlipQuery(Schema):
    """Which dossiers stand on it, in their order."""

    code: list[str] = Field(min_length=1, max_length=MOST_ON_A_SLIP)


@router.get("/{form}.{extension}")
def read_slip(
    request: HttpRequest,
    *,
    form: Literal["handover", "results"],
    extension: Literal["pdf", "docx"],
    query: Annotated[SlipQuery, Query()],
) -> HttpResponse:
    """A slip of the dossiers that change hands: papers on hand-over, or results for the desk."""
    codes = list(dict.fromkeys(query.code))
    return file_response(print_slip(codes, form, extension, actor=actor_of(request)))
