"""A figure in one sentence (một câu cho mỗi số liệu): rank, change, and the months that made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, Literal

from django.utils.formats import date_format
from django.utils.translation import gettext

from congtam.home.domain.movement import Movement, Standing
from congtam.kernel.periods import Period
from congtam.ui.public import current_language, number, signed

Measure = Literal["share", "count"]
_ORDINALS: Final = {1: "st", 2: "nd", 3: "rd"}
_TEENS: Final = range(11, 14)


def standing_sentence(
    standing: Standing | None, movement: Movement | None, *, measure: Measure = "share"
) -> str:
    """Such as “10th of 11; −0.39 points; September and December pulled it down”; empty where nothing can be said."""
    parts = [*_standing_texts(standing), *_movement_text(movement, measure)]
    return "; ".join(parts)


def _standing_texts(standing: Standing | None) -> Iterator[str]:
    if standing is None:
        return
    text = gettext("joint {rank} of {ranked}") if standing.is_tied else gettext("{rank} of {ranked}")
    text = text.format(rank=ordinal(standing.position), ranked=number(standing.ranked, current_language()))
    if not standing.is_clear:
        between = gettext("could be {best} to {worst}")
        text += f" ({between.format(best=ordinal(standing.best), worst=ordinal(standing.worst))})"
    yield text


def _movement_text(movement: Movement | None, measure: Measure) -> Iterator[str]:
    if movement is None:
        return
    language = current_language()
    if measure == "share":
        changed = signed(movement.difference * 100, language)
        is_still = not changed.startswith(("+", "\u2212"))
        text = gettext("{change} points").format(change=changed)
    else:
        is_still = not movement.difference
        text = signed(movement.difference, language, decimals=0)
    if is_still:
        yield gettext("unchanged")
        return
    yield text
    if movement.months:
        pulled = (
            gettext("{months} pulled it down")
            if movement.difference < 0
            else gettext("{months} pulled it up")
        )
        yield pulled.format(months=month_names(movement.months))


def month_span(first: Period, last: Period) -> str:
    """What a small trend shows, for those who do not see it."""
    language = current_language()
    return gettext("{first} to {last}").format(first=first.label(language), last=last.label(language))


def month_names(months: Sequence[int]) -> str:
    """Such as “September and December”, in the reader's language."""
    names = [_month_name(month) for month in months]
    if len(names) == 1:
        return names[0]
    return gettext("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])


def _month_name(month: int) -> str:
    if current_language().startswith("en"):
        return date_format(date(2000, month, 1), "F")
    return gettext("month {number}").format(number=month)


def ordinal(value: int) -> str:
    """A position in a list: 10th; in Vietnamese the number alone, for “xếp thứ” stands before it."""
    language = current_language()
    text = number(value, language)
    if not language.startswith("en"):
        return text
    return text + ("th" if value % 100 in _TEENS else _ORDINALS.get(value % 10, "th"))
