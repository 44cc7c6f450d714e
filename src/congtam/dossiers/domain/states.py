"""Where a dossier stands (trạng thái hồ sơ), and the closed lists a row may use.

The national portal numbers its states 1 to 11; ``NATIONAL_PORTAL`` is that list in our words. State 3 (refused at
receipt) is sent to the portal as 11, so both numbers mean the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from congtam.kernel.errors import msgid


class State(StrEnum):
    """Where a dossier stands (trạng thái hồ sơ)."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    AWAITING_PAYMENT = "awaiting_payment"
    FINISHED = "finished"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"


class Verdict(StrEnum):
    """How a dossier stands to its due date (trước hạn, đúng hạn, quá hạn)."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    RUNNING = "running"
    OVERDUE = "overdue"
    NO_LIMIT = "no_limit"


class LineKind(StrEnum):
    """What a line of the clock ledger says (dòng của sổ thời hạn)."""

    GIVEN = "given"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    EXTENDED = "extended"
    CALENDAR = "calendar"
    ENDED = "ended"
    REOPENED = "reopened"


class Channel(StrEnum):
    """How the application came in (hình thức nộp)."""

    DESK = "desk"
    ONLINE = "online"
    POST = "post"
    EMAIL = "email"
    INTERNAL = "internal"
    UNKNOWN = "unknown"


class PaymentWay(StrEnum):
    """How the fee was paid (hình thức thanh toán)."""

    NONE = "none"
    ONLINE = "online"
    CASH = "cash"
    UNKNOWN = "unknown"


class SuspensionGround(StrEnum):
    """Why the clock of a dossier stands still (lý do tạm dừng)."""

    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    OTHER_OFFICE = "other_office"
    REQUEST = "request"


STATE_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        State.RECEIVED: msgid("Received"),
        State.IN_PROGRESS: msgid("In progress"),
        State.AWAITING_SUPPLEMENT: msgid("Waiting for supplement"),
        State.AWAITING_PAYMENT: msgid("Waiting for payment"),
        State.FINISHED: msgid("Finished"),
        State.RETURNED: msgid("Result returned"),
        State.REFUSED: msgid("Refused at receipt"),
        State.WITHDRAWN: msgid("Withdrawn"),
        State.STOPPED: msgid("Stopped"),
    }
)
"""What the states are called, as msgids."""

OPEN: Final = frozenset(
    {State.RECEIVED, State.IN_PROGRESS, State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT},
)
"""Somebody still has to do something; such a dossier has no finish."""

WITH_RESULT: Final = frozenset({State.FINISHED, State.RETURNED})
"""Ended with a result; such a dossier must say when."""

NATIONAL_PORTAL: Final[Mapping[str, State]] = MappingProxyType(
    {
        "1": State.RECEIVED,  # Mới đăng ký
        "2": State.RECEIVED,  # Được tiếp nhận
        "3": State.REFUSED,  # Không được tiếp nhận
        "4": State.IN_PROGRESS,  # Đang xử lý
        "5": State.AWAITING_SUPPLEMENT,  # Yêu cầu bổ sung giấy tờ
        "6": State.AWAITING_PAYMENT,  # Yêu cầu thực hiện nghĩa vụ tài chính
        "7": State.WITHDRAWN,  # Công dân yêu cầu rút hồ sơ
        "8": State.STOPPED,  # Dừng xử lý
        "9": State.FINISHED,  # Đã xử lý xong
        "10": State.RETURNED,  # Đã trả kết quả
        "11": State.REFUSED,  # Không được tiếp nhận, as sent to the portal
    },
)


def state_from_dates(*, finished: bool, returned: bool) -> State:
    """The state a source's dates alone tell.

    >>> state_from_dates(finished=True, returned=False)
    <State.FINISHED: 'finished'>
    """
    if returned:
        return State.RETURNED
    return State.FINISHED if finished else State.IN_PROGRESS


PAYMENT_WAIVED: Final = "waived"
"""In the clock ledger, beside a pause that ended because the payment was no longer required."""
