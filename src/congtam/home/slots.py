"""What other rooms tell on the home page (việc cần chú ý của phân hệ khác)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from congtam.foundation.slots import Slot

Tone = Literal["bad", "warn", ""]


@dataclass(frozen=True, kw_only=True)
class Need:
    """One line of what needs a person: what it is, something about it, and the page to open.

    ``code`` names a notification that the person can put away.
    """

    text: str
    url: str
    detail: str = ""
    icon: str = "info-circle"
    tone: Tone = ""
    code: str = ""


HOME_NEEDS: Final[Slot[None, Need]] = Slot(name="home.needs")
"""Lines for the person, the most pressing first; rooms beside this one are registered in ``config/slots.py``."""
