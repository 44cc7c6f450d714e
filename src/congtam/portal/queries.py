"""What is read in the portal: drafts by their own browser, what staff see through their units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, QuerySet
from django.utils.crypto import constant_time_compare

from congtam.foundation.notify import Notification
from congtam.foundation.public import Actor, Role, real_clock
from congtam.kernel.errors import NotAllowed, NotFound
from congtam.kernel.statistics.intervals import wilson
from congtam.org_units.public import VisibleUnits, visible_units
from congtam.portal.models import Draft, Overall, Rating, SupplementOffer, browser_digest
from congtam.portal.notices.notices import KIND
from congtam.portal.ratings.domain.questions import LEAST_FOR_A_RATE

MAY_ANSWER: Final = (Role.CLERK,)
"""May take in what applicants send."""
MAY_READ_COMMENTS: Final = tuple(role for role in Role if role is not Role.OBSERVER)
SHOWN: Final = 100


def get_draft(key: str, *, browser: str) -> Draft:
    """The application being written, for the browser that began it; NotFound for everybody else and when expired."""
    draft = Draft.objects.filter(key=key, expires_at__gt=real_clock().now()).first()
    digest = browser_digest(browser)
    if not constant_time_compare(draft.browser_digest if draft else "", digest) or draft is None:
        raise NotFound(kind="draft", key="…")
    return draft


def drafts_of(browser: str) -> QuerySet[Draft]:
    """What a browser has begun and not sent, latest first."""
    if not browser:
        return Draft.objects.none()
    own = Draft.objects.filter(browser_digest=browser_digest(browser), filing_code="")
    return own.filter(expires_at__gt=real_clock().now()).order_by("-changed_at")


def get_visible_offer(key: str, *, to: Actor, must_answer: bool = False) -> SupplementOffer:
    """A supplement sent in online, or NotFound; ``must_answer`` raises NotAllowed without the right to take it."""
    offer = visible_offers(to).filter(key=key).first()
    if offer is None:
        raise NotFound(kind="supplement", key="…")
    if must_answer and offer.unit_code not in visible_units(to, *MAY_ANSWER):
        raise NotAllowed(right="dossiers.receive_supplement", unit=offer.unit_code)
    return offer


def get_supplement_file(key: str, digest: str, *, to: Actor) -> Mapping[str, Any]:
    """A file of a supplement the actor may read, or NotFound."""
    for file in get_visible_offer(key, to=to).files:
        if file["digest"] == digest:
            return dict(file)
    raise NotFound(kind="file", key=digest)


def visible_offers(actor: Actor) -> QuerySet[SupplementOffer]:
    """Supplements sent in for the units the actor works in; papers of applicants are not for observers."""
    return _filter_units(SupplementOffer.objects.all(), visible_units(actor, *MAY_READ_COMMENTS))


def offers_of(code: str) -> list[SupplementOffer]:
    """What was sent in for a dossier, latest first; the caller has shown to hold its slip."""
    return list(SupplementOffer.objects.filter(dossier_code=code).order_by("-sent_at"))


def is_rated(code: str) -> bool:
    """Whether a dossier was rated."""
    return Rating.objects.filter(dossier_code=code).exists()


def visible_ratings(actor: Actor) -> QuerySet[Rating]:
    """The ratings of the units an actor may see."""
    return _filter_units(Rating.objects.all(), visible_units(actor))


def visible_notices(actor: Actor) -> QuerySet[Notification]:
    """Notices and how they fared, for administrators; they hold addresses of persons."""
    if not actor.has_role(Role.ADMINISTRATOR):
        raise NotAllowed(right="portal.notices")
    return _filter_units(
        Notification.objects.filter(kind=KIND), visible_units(actor, Role.ADMINISTRATOR)
    ).order_by("-pk")


def _filter_units(rows: QuerySet[Any], units: VisibleUnits) -> QuerySet[Any]:
    return rows if units.everything else rows.filter(unit_code__in=units.codes)


@dataclass(frozen=True, kw_only=True)
class UnitRatings:
    """How people rated one unit (kết quả đánh giá)."""

    unit_code: str
    count: int
    very_satisfied: int
    satisfied: int
    not_satisfied: int

    @property
    def content_count(self) -> int:
        """Who was satisfied or very satisfied."""
        return self.very_satisfied + self.satisfied

    @property
    def rate(self) -> float | None:
        """The share of satisfied people; None where so few answered that it would say little."""
        return self.content_count / self.count if self.count >= LEAST_FOR_A_RATE else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the rate (khoảng tin cậy)."""
        return wilson(self.content_count, self.count) if self.rate is not None else None


def ratings_by_unit(actor: Actor) -> list[UnitRatings]:
    """Counts per visible unit, in the order of unit codes."""
    counted: dict[str, dict[str, int]] = {}
    rows = visible_ratings(actor).values_list("unit_code", "overall").annotate(Count("pk"))
    for unit_code, overall, count in rows.order_by("unit_code", "overall"):
        counted.setdefault(unit_code, {})[overall] = count
    return [
        UnitRatings(
            unit_code=unit_code,
            count=sum(counts.values()),
            very_satisfied=counts.get(Overall.VERY_SATISFIED, 0),
            satisfied=counts.get(Overall.SATISFIED, 0),
            not_satisfied=counts.get(Overall.NOT_SATISFIED, 0),
        )
        for unit_code, counts in counted.items()
    ]
