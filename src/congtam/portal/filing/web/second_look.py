"""A second look before an application is sent (bước xác nhận khi nộp): what a program does is asked about, not refused.

Programs fill every field, also the one people do not see, and send at once. So do some browsers and their password
managers for people. Whoever is in doubt is asked on the same page, and sends with one more press of a button.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.core import signing

from congtam.foundation.public import real_clock
from congtam.portal.models import Draft

TRAP: Final = "leave_blank"
"""The field people do not see; its name is none that browsers or password managers have a value for."""
ANSWER: Final = "second_look"
FASTEST: Final = timedelta(seconds=5)
"""Nobody fills in six pages in less; a program does."""
_READING: Final = timedelta(seconds=2)
"""A person needs as long to read the question; a program answers at once."""
_LONGEST: Final = timedelta(hours=12)
_SALT: Final = "congtam.portal.second_look"


def needs_human_check(draft: Draft, posted: Mapping[str, str]) -> bool:
    """True if the page was filled in as programs do, and the question was not yet answered by a person."""
    if ANSWER in posted:
        return not _is_valid_human_check(draft, posted[ANSWER])
    return bool(posted.get(TRAP)) or real_clock().now() - draft.begun_at < FASTEST


def human_check_token(draft: Draft) -> str:
    """What the question carries, so that the answer belongs to this draft and says when the question was shown."""
    return signing.dumps({"draft": draft.key, "shown_at": real_clock().now().isoformat()}, salt=_SALT)


def _is_valid_human_check(draft: Draft, ticket: str) -> bool:
    try:
        values = signing.loads(ticket, salt=_SALT)
    except signing.BadSignature:
        return False
    waited = real_clock().now() - datetime.fromisoformat(values["shown_at"])
    return values["draft"] == draft.key and _READING <= waited <= _LONGEST
