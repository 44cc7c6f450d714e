"""The other side of the counter, for tests: two procedures, and a dossier brought as far as a test needs it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django.apps import apps

from congtam.dossiers.public import Applicant, HandedInPaper, Receipt, accept, hand_over, receive
from congtam.foundation.public import Actor, actor_for, console_actor
from congtam.procedures.public import (
    Amount,
    CataloguePaper,
    ChannelLimit,
    Content,
    TimeLimit,
    TimeUnit,
    enter_procedure_list,
)
from congtam.testing.cast import Cast

MARRIAGE: Final = "1.000894"
ClockLine: Any = apps.get_model("dossiers", "ClockLine")
DeskRecord: Any = apps.get_model("dossiers", "DeskRecord")
Dossier: Any = apps.get_model("dossiers", "Dossier")
Filing: Any = apps.get_model("dossiers", "Filing")
Outbox: Any = apps.get_model("foundation", "OutboxMessage")
Party: Any = apps.get_model("dossiers", "Party")


def enter_procedures() -> None:
    """Marriage at the commune: three working days, two papers."""
    limit = TimeLimit("03 ngày làm việc", Amount(Decimal(3), TimeUnit.WORKING_DAYS))
    content = Content(
        name="Đăng ký kết hôn",
        field_name="Hộ tịch",
        levels=("commune",),
        limits=tuple(ChannelLimit(channel=channel, limit=limit) for channel in ("desk", "online", "post")),
        papers=tuple(CataloguePaper(name=name, originals=1) for name in ("Tờ khai", "Giấy xác nhận")),
    )
    enter_procedure_list({MARRIAGE: content}, valid_from=None, source="test", actor=console_actor())


def received(cast: Cast) -> Any:
    """At the one-stop, held by the clerk."""
    receipt = Receipt(
        procedure_code=MARRIAGE,
        unit_code="024",
        applicant=Applicant(name="Vừ Thị Mỷ", phone="0912 345 678"),
        papers=(HandedInPaper(position=0, originals=1), HandedInPaper(position=1, originals=1)),
        is_duplicate_confirmed=True,
    )
    return receive(receipt, actor=part(cast, "clerk"))


def handled(cast: Cast) -> Any:
    """Accepted by the officer."""
    code = hand_over(received(cast).code, actor=part(cast, "clerk")).code
    return accept(code, actor=part(cast, "officer"))


def secret_of(dossier: Any) -> str:
    """What stands on the slip."""
    return str(DeskRecord.objects.values_list("lookup_secret", flat=True).get(dossier=dossier))


def part(cast: Cast, name: str) -> Actor:
    """A person of the cast as an actor."""
    return actor_for(getattr(cast, name))
