"""A desk for tests: two procedures, an application, and a dossier brought as far as a test needs it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from congtam.dossiers.models import Dossier
from congtam.dossiers.public import Applicant, HandedInPaper, Receipt, accept, approve, hand_over, receive
from congtam.dossiers.record.domain.receipt import AttachedFile
from congtam.foundation.public import Actor, actor_for, console_actor
from congtam.procedures.public import (
    Amount,
    CatalogueFee,
    CataloguePaper,
    ChannelLimit,
    Content,
    TimeLimit,
    TimeUnit,
    enter_procedure_list,
)
from congtam.testing.cast import Cast

MARRIAGE: Final = "1.000894"
REGISTER: Final = "1.000656"
COPY: Final = "2.000635"


_FEE: Final = CatalogueFee(raw_text="8.000 đồng/bản sao", amount_dong=8000, name="Lệ phí bản sao")


def enter_procedures() -> None:
    """Marriage: three working days, two papers. Register: five days, no paper. Copy: one day, a fee, at any office."""
    contents = {
        MARRIAGE: _content("Đăng ký kết hôn", 3, ("Tờ khai", "Giấy xác nhận")),
        REGISTER: _content("Đăng ký khai tử", 5, ()),
        COPY: replace(_content("Cấp bản sao trích lục", 1, ()), fees=(_FEE,), any_office=True),
    }
    enter_procedure_list(contents, valid_from=None, source="test", actor=console_actor())


def _content(name: str, days: int, papers: tuple[str, ...]) -> Content:
    limit = TimeLimit(f"{days:02} ngày làm việc", Amount(Decimal(days), TimeUnit.WORKING_DAYS))
    return Content(
        name=name,
        field_name="Hộ tịch",
        levels=("commune",),
        limits=tuple(ChannelLimit(channel=channel, limit=limit) for channel in ("desk", "online", "post")),
        papers=tuple(CataloguePaper(name=paper, originals=1) for paper in papers),
    )


REQUEST: Final = AttachedFile(digest="1" * 64, name="đơn.pdf", media_type="application/pdf", size=10)
"""The applicant's request to withdraw or stop."""
RESULT: Final = AttachedFile(digest="2" * 64, name="kết quả.pdf", media_type="application/pdf", size=10)


def application(unit_code: str = "024", *, procedure: str = MARRIAGE) -> Receipt:
    """A complete application."""
    return Receipt(
        procedure_code=procedure,
        unit_code=unit_code,
        applicant=Applicant(name="Vừ Thị Mỷ", phone="0912 345 678"),
        papers=(HandedInPaper(position=0, originals=1), HandedInPaper(position=1, originals=1)),
        is_duplicate_confirmed=True,
    )


def receiving_page(**changes: Any) -> dict[str, Any]:
    """The receiving page as it is sent for a marriage with all its papers."""
    fields = {
        "token": "t-1",
        "procedure_code": MARRIAGE,
        "received_unit_code": "024",
        "channel": "desk",
        "return_way": "desk",
        "applicant.name": "Vừ Thị Mỷ",
        "ticked": ["0", "1"],
        "do": "receive",
    }
    return fields | changes


def filed_application(unit_code: str = "024") -> Receipt:
    """The same application, filed online with scans."""
    scans = tuple(
        AttachedFile(
            digest=str(position) * 64,
            name=f"{position}.pdf",
            media_type="application/pdf",
            size=9,
            position=position,
        )
        for position in (0, 1)
    )
    return replace(application(unit_code), channel="online", papers=(), files=scans, return_way="online")


def received(cast: Cast) -> Dossier:
    """At the one-stop, held by the clerk."""
    return receive(application(), actor=actor_for(cast.clerk))


def offered(cast: Cast) -> Dossier:
    """Handed over to the officers, accepted by nobody."""
    return hand_over(received(cast).code, actor=actor_for(cast.clerk))


def handled(cast: Cast) -> Dossier:
    """Accepted by the officer."""
    return accept(offered(cast).code, actor=actor_for(cast.officer))


def at_approval(cast: Cast) -> Dossier:
    """Accepted by the head for approval."""
    dossier = hand_over(handled(cast).code, actor=actor_for(cast.officer))
    return accept(dossier.code, actor=actor_for(cast.unit_head))


def decide(code: str, *, officer: Actor, head: Actor) -> Dossier:
    """From the officer over the head to the decision."""
    hand_over(code, actor=officer)
    accept(code, actor=head)
    return approve(code, file=RESULT, actor=head)


def approved(cast: Cast) -> Dossier:
    """Decided by the head."""
    return approve(at_approval(cast).code, file=RESULT, actor=actor_for(cast.unit_head))


def part(cast: Cast, name: str) -> Actor:
    """A person of the cast as an actor."""
    return actor_for(getattr(cast, name))
