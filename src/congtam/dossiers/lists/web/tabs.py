"""The tabs over the lists (thẻ danh sách): work lists with their counts, all dossiers, saved views."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from congtam.dossiers.lists.queries import COUNTED_TO
from congtam.dossiers.lists.queries.saved_views import saved_views
from congtam.dossiers.lists.queries.work import SOON, WAITING_ROLES, WorkKind
from congtam.dossiers.record.permissions import MAY_RECEIVE
from congtam.foundation.public import Actor
from congtam.ui.public import current_language, number

NAMES: Final[Mapping[WorkKind, str | Promise]] = {
    WorkKind.MINE: gettext_lazy("Mine"),
    WorkKind.TO_ACCEPT: gettext_lazy("To accept"),
    WorkKind.OFFICE: gettext_lazy("My office's"),
    WorkKind.DUE_TODAY: gettext_lazy("Due today"),
    WorkKind.DUE_SOON: gettext_lazy("Due soon"),
    WorkKind.OVERDUE: gettext_lazy("Overdue now"),
    WorkKind.WAITING_APPLICANT: gettext_lazy("With the applicant"),
    WorkKind.TO_RETURN: gettext_lazy("Results to return"),
    WorkKind.FILINGS: gettext_lazy("Online filings"),
}
_OF_THE_DESK: Final = frozenset({WorkKind.MINE, WorkKind.TO_ACCEPT, WorkKind.OFFICE})
_OF_THE_ONE_STOP: Final = frozenset({WorkKind.TO_RETURN, WorkKind.FILINGS})


def kinds_for(actor: Actor) -> list[WorkKind]:
    """The work lists that can hold something for this person."""
    hidden: set[WorkKind] = set()
    if not actor.has_role(*WAITING_ROLES):
        hidden |= _OF_THE_DESK
    if not actor.has_role(*MAY_RECEIVE):
        hidden |= _OF_THE_ONE_STOP
    return [kind for kind in WorkKind if kind not in hidden]


def work_tabs(
    actor: Actor, *, current: str, days: int, counts: Mapping[WorkKind, int] | None = None
) -> list[dict[str, Any]]:
    """The work lists as tabs, with their counts where they are known."""
    return [
        {
            "label": NAMES[kind],
            "url": address,
            "is_current": kind == current,
            "count": count_label(counts[kind]) if counts is not None else "",
            "is_alarm": kind is WorkKind.OVERDUE and bool(counts and counts[kind]),
        }
        for kind in kinds_for(actor)
        if (address := list_address(kind, days))
    ]


def view_tabs(actor: Actor, *, current: str) -> list[dict[str, Any]]:
    """All dossiers, then the person's saved views; ``current`` is the address shown, without a place."""
    tabs = [{"label": _("All dossiers"), "url": reverse("dossiers:list"), "query": ""}]
    tabs += [{"label": view.name, "url": view.url, "query": view.query} for view in saved_views(actor)]
    return [{**tab, "is_current": tab["query"] == current} for tab in tabs]


def due_soon_label(days: int) -> str:
    """The heading of "due soon" with its days."""
    label = ngettext("Due within {count} working day", "Due within {count} working days", days)
    return label.format(count=number(days, current_language()))


def list_address(kind: WorkKind, days: int = SOON) -> str:
    """The page of a work list."""
    if kind is WorkKind.FILINGS:
        return reverse("dossiers:filings")
    ahead = f"&days={days}" if kind is WorkKind.DUE_SOON else ""
    return f"{reverse('dossiers:work')}?list={kind.value}{ahead}"


def count_label(count: int) -> str:
    """How much is in a list, as far as it was counted."""
    language = current_language()
    return f"{number(COUNTED_TO, language)}+" if count > COUNTED_TO else number(count, language)
