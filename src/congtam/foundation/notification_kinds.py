"""The kinds of notifications (loại thông báo): each room declares its own, with the function that writes the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from congtam.foundation.models import Notification


@dataclass(frozen=True, kw_only=True)
class NotificationText:
    """What a person reads: one line, and for a mail the whole text; ``url`` is the page to open from the desk."""

    subject: str
    body: str = ""
    url: str = ""


Render = Callable[[Notification], NotificationText]
_kinds: dict[str, Render] = {}


def declare_notification(kind: str, *, render: Render) -> None:
    """Declare a kind when the program starts; ``render`` is called at the time of sending, so the text is true then."""
    _kinds[kind] = render


def is_declared(kind: str) -> bool:
    """Whether a room has declared this kind."""
    return kind in _kinds


def render_notification(notification: Notification) -> NotificationText:
    """The text of a notification as things stand now; KeyError for a kind nobody declared."""
    return _kinds[notification.kind](notification)
