"""What other rooms tell on the home page (việc cần chú ý của phân hệ khác)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

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


@dataclass(frozen=True, kw_only=True)
class Overview:
    """How something stands that is no unit, such as the installation: tiles, and its pages in a sentence each."""

    title: str
    url: str
    tiles: Sequence[Mapping[str, Any]]
    """Of ``ui/part/stat.html``."""
    pages: Sequence[Mapping[str, Any]]
    """Each with ``url``, ``label``, ``icon`` and ``text``."""


HOME_OVERVIEWS: Final[Slot[None, Overview]] = Slot(name="home.overviews")
"""What stands on the home page in the place of units, for who looks after something else."""
