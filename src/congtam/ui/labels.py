"""What stands in a badge (nhãn): the one value for closed lists and for what is computed."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise


class Label(NamedTuple):
    """A few words and the tone of their badge (nhãn hiển thị)."""

    text: str | Promise
    tone: str = "neutral"
