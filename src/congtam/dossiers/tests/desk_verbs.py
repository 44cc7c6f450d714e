"""Every verb of the desk with the way to where it may be done, who does it, and a call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from congtam.dossiers.handling import actions, verbs
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.models import Dossier
from congtam.dossiers.record.domain.receipt import AttachedFile
from congtam.dossiers.tests import desk
from congtam.kernel.clock import FixedClock
from congtam.testing.cast import Cast

WHEN_LAPSED: Final = datetime(2026, 5, 4, 2, 0, tzinfo=UTC)
SCAN: Final = AttachedFile(digest="0" * 64, name="ảnh.pdf", media_type="application/pdf", size=10)


@dataclass(frozen=True)
class Case:
    """How to come to a verb: bring a dossier there, who may then do it, with which fields."""

    ready: Callable[[Cast], Dossier]
    part: str
    act: Callable[..., Any]
    fields: dict[str, Any]
    others: tuple[str, ...] = ()
    """Who else of unit 024 may do it; the head may where the table of rights names the head."""
    at: datetime | None = None


def _supplement_asked(cast: Cast) -> Dossier:
    code = desk.handled(cast).code
    officer = desk.part(cast, "officer")
    return actions.request_supplement(code, missing=["Căn cước"], reason="Thiếu", actor=officer)


def _payment_asked(cast: Cast) -> Dossier:
    code = desk.handled(cast).code
    officer = desk.part(cast, "officer")
    return actions.ask_payment(code, amount_dong=50_000, reason="Lệ phí", actor=officer)


def _consulted(cast: Cast) -> Dossier:
    code = desk.handled(cast).code
    officer = desk.part(cast, "officer")
    return actions.consult(
        code, to_unit="H22.09", question="?", answer_within_hours=8, actor=officer, stops_clock=True
    )


def _issued(cast: Cast) -> Dossier:
    code = desk.approved(cast).code
    return actions.issue_result(code, summary="Giấy chứng nhận", actor=desk.part(cast, "unit_head"))


def _refused(cast: Cast) -> Dossier:
    clerk = desk.part(cast, "clerk")
    return actions.refuse(desk.received(cast).code, ground="Điều 7", reason="Sai", actor=clerk)


_WHY: Final = {"reason": "Theo đề nghị của người nộp"}
_REQUESTED: Final = {**_WHY, "request": desk.REQUEST}
_NEW_DATE: Final = {"reason": "Đông hồ sơ", "new_due_on": date(2026, 3, 12)}
_QUESTION: Final = {"to_unit": "H22.09", "question": "Có đúng không?", "answer_within_hours": 8}
_LINKED: Final = {"procedure_code": desk.REGISTER, "unit_code": "026"}

CASES: Final[dict[DeskVerb, Case]] = {
    verbs.HAND_OVER: Case(desk.received, "clerk", actions.hand_over, {}, ("unit_head",)),
    verbs.ACCEPT: Case(desk.offered, "officer", actions.accept, {}, ("unit_head",)),
    verbs.TAKE_BACK: Case(desk.offered, "clerk", actions.take_back, {}, ("unit_head",)),
    verbs.SEND_BACK: Case(desk.handled, "officer", actions.send_back, _WHY, ("unit_head",)),
    verbs.ASSIGN: Case(desk.handled, "unit_head", actions.assign, {"officer": "officer"}),
    verbs.CONSULT: Case(desk.handled, "officer", actions.consult, _QUESTION, ("unit_head",)),
    verbs.ANSWER: Case(_consulted, "officer", actions.answer, {"letter": 1, "text": "Đúng"}, ("unit_head",)),
    verbs.REQUEST_SUPPLEMENT: Case(
        desk.handled,
        "officer",
        actions.request_supplement,
        {"missing": ["Ảnh"], "reason": ""},
        ("unit_head",),
    ),
    verbs.RECEIVE_SUPPLEMENT: Case(_supplement_asked, "clerk", actions.receive_supplement, {}),
    verbs.LAPSE: Case(_supplement_asked, "clerk", actions.lapse, {}, at=WHEN_LAPSED),
    verbs.ASK_PAYMENT: Case(
        desk.handled, "officer", actions.ask_payment, {"amount_dong": 1000, **_WHY}, ("unit_head",)
    ),
    verbs.CONFIRM_PAYMENT: Case(_payment_asked, "clerk", actions.confirm_payment, {"way": "cash"}),
    verbs.WAIVE_PAYMENT: Case(_payment_asked, "officer", actions.waive_payment, _WHY, ("unit_head",)),
    verbs.APOLOGISE: Case(desk.handled, "officer", actions.apologise, _NEW_DATE, ("unit_head",)),
    verbs.STOP: Case(desk.handled, "clerk", actions.stop, _REQUESTED, ("officer", "unit_head")),
    verbs.WITHDRAW: Case(desk.handled, "clerk", actions.withdraw, _REQUESTED),
    verbs.CANCEL_RECEIPT: Case(
        desk.handled, "clerk", actions.cancel_receipt, {"mistake": "Nhầm thủ tục"}, ("unit_head",)
    ),
    verbs.REFUSE: Case(desk.handled, "officer", actions.refuse, {"ground": "Điều 7", **_WHY}, ("unit_head",)),
    verbs.APPROVE: Case(desk.at_approval, "unit_head", actions.approve, {"file": desk.RESULT}),
    verbs.ISSUE_RESULT: Case(desk.approved, "unit_head", actions.issue_result, {"summary": "Giấy"}),
    verbs.RETURN_RESULT: Case(_issued, "clerk", actions.return_result, {"way": "desk"}),
    verbs.REOPEN: Case(_refused, "unit_head", actions.reopen, _WHY),
    verbs.ATTACH: Case(desk.received, "clerk", actions.attach, {"file": SCAN}, ("officer", "unit_head")),
    verbs.OPEN_LINKED: Case(desk.handled, "officer", actions.open_linked, _LINKED, ("unit_head",)),
}
"""RESUME and NOTE_PAYMENT are the program's own and have no case."""


def ready(verb: DeskVerb, cast: Cast, clock: FixedClock) -> Dossier:
    """A dossier with which the verb may be done now."""
    dossier = CASES[verb].ready(cast)
    if at := CASES[verb].at:
        clock.instant = at
    return dossier


def do(verb: DeskVerb, code: str, *, cast: Cast, part: str = "", version: int | None = None) -> Any:
    """Do it as somebody; the proper person unless told otherwise."""
    case = CASES[verb]
    return case.act(code, actor=desk.part(cast, part or case.part), version=version, **case.fields)
