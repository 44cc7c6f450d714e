"""The list of packs as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page
from django.utils.translation import gettext as _

from congtam.inspections.models import InspectionPack
from congtam.inspections.web.state_view import state_name, state_tone
from congtam.kernel.periods import Period
from congtam.ui.public import number


@dataclass(frozen=True, kw_only=True)
class PackRow:
    """One pack in the list."""

    key: str
    unit: str
    period: str
    seed: str
    prepared_by: str
    prepared_at: datetime
    state: str
    tone: str


@dataclass(frozen=True, kw_only=True)
class ListView:
    """One page of the list."""

    rows: tuple[PackRow, ...]
    has_pages: bool
    summary: str
    first_url: str
    next_url: str


def list_view(page: Page[InspectionPack], language: str) -> ListView:
    """Build the view in the reader's language."""
    return ListView(
        rows=tuple(_pack_row(pack, language) for pack in page.object_list),
        has_pages=page.has_other_pages(),
        summary=_("%(first)s–%(last)s of %(count)s")
        % {
            "first": number(page.start_index(), language),
            "last": number(page.end_index(), language),
            "count": number(page.paginator.count, language),
        },
        first_url="?page=1" if page.has_previous() else "",
        next_url=f"?page={page.next_page_number()}" if page.has_next() else "",
    )


def _pack_row(pack: InspectionPack, language: str) -> PackRow:
    return PackRow(
        key=pack.key,
        unit=pack.unit_name,
        period=Period(pack.period_start, pack.period_end).label(language),
        seed=str(pack.seed),
        prepared_by=pack.prepared_by_name or pack.prepared_by,
        prepared_at=pack.prepared_at,
        state=state_name(pack.state),
        tone=state_tone(pack.state),
    )
