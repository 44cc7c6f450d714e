"""The first page of the administration (trang quản trị): what needs an administrator, one number and one link each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from congtam.administration.permissions import is_administrator, may_manage_accounts, require_administrator
from congtam.administration.running.backups import last_backup
from congtam.administration.running.uncoded_units import units_lacking_agency_code
from congtam.administration.running.web.queues_page import worker_state
from congtam.administration.web.tabs import described_pages
from congtam.foundation import queues, storage
from congtam.foundation.public import Account, Actor, actor_of, real_clock
from congtam.foundation.queues import QueueState
from congtam.foundation.storage import Disk
from congtam.foundation.tokens import count_all_tokens
from congtam.org_units.public import unit_name
from congtam.ui.public import bytes_text, current_language, day, instant, number

_NAMED = 3
_SIGN_INS = 8


class _InstallationState:
    """Queues and disk, each read once for a page, and only where it is needed."""

    disk: cached_property[Disk] = cached_property(lambda _self: storage.disk_space())
    outbox: cached_property[QueueState] = cached_property(lambda _self: queues.outbox_state())
    jobs: cached_property[QueueState] = cached_property(lambda _self: queues.job_state())
    mails: cached_property[QueueState] = cached_property(lambda _self: queues.mail_state())


@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What needs attention, and how the installation stands; heads go on to the accounts of their unit."""
    actor = actor_of(request)
    if may_manage_accounts(actor) and not is_administrator(actor):
        return redirect("administration:accounts")
    require_administrator(actor)
    state = _InstallationState()
    context = {
        "needs": list(_needed_actions(state)),
        "tiles": _tiles(state, actor),
        "pages": described_pages(actor),
        "sign_ins": _latest_sign_ins(),
    }
    return render(request, "administration/overview.html", context)


def installation_needs(actor: Actor) -> list[dict[str, Any]]:
    """The same lines for the home page of administrators; nothing for others."""
    if not is_administrator(actor):
        return []
    return list(_needed_actions(_InstallationState()))


def installation_tiles(actor: Actor) -> list[dict[str, Any]]:
    """How the installation stands, for administrators; nothing for others."""
    return _tiles(_InstallationState(), actor) if is_administrator(actor) else []


def _tiles(state: _InstallationState, actor: Actor) -> list[dict[str, Any]]:
    return [
        *_account_tiles(),
        _token_tile(count_all_tokens(to=actor)),
        *_queue_tiles(outbox=state.outbox, jobs=state.jobs),
        _space_tile(state.disk),
    ]


def _latest_sign_ins() -> list[dict[str, str]]:
    """Who signed in last, the newest first."""
    accounts = Account.objects.exclude(last_login=None).order_by("-last_login")[:_SIGN_INS]
    return [
        {
            "name": str(one),
            "username": one.username,
            "position": one.position,
            "at": instant(one.last_login),
            "url": reverse("administration:account", args=[one.username]),
        }
        for one in accounts
    ]


def _needed_actions(state: _InstallationState) -> Iterator[dict[str, Any]]:
    """What somebody should do, the most pressing first."""
    if not worker_state()["is_running"]:
        text = gettext("No worker is running: figures, e-mails and imports wait")
        yield _need_item("bad", text, gettext("Start it with: congtam run, or congtam worker"), page="queues")
    yield from _failing_queues(state)
    if state.disk.is_low:
        detail = gettext("Make room: the database stops when the disk is full.")
        yield _need_item(
            "bad",
            gettext("Only {free} free on the disk").format(
                free=bytes_text(state.disk.free, current_language())
            ),
            detail,
            page="storage",
        )
    yield from _backup_need()
    yield from _agency_code_needs()


def _failing_queues(state: _InstallationState) -> Iterator[dict[str, Any]]:
    texts = (
        (state.outbox, gettext("{count} messages fail")),
        (state.jobs, gettext("{count} jobs failed")),
        (state.mails, gettext("{count} e-mails were given up")),
    )
    for queue, text in texts:
        if queue.failing:
            count = number(queue.failing, current_language())
            yield _need_item(
                "bad", text.format(count=count), gettext("See why, then retry or give up."), page="queues"
            )


def _backup_need() -> Iterator[dict[str, Any]]:
    backup = last_backup()
    if backup is None:
        detail = gettext(
            "Back up the data folder and the database, then record it here or by congtam note-backup."
        )
        yield _need_item("warn", gettext("No backup is recorded"), detail, page="storage")
    elif backup.is_old:
        text = gettext("The last recorded backup is of {day}").format(day=day(backup.at))
        yield _need_item(
            "warn",
            text,
            gettext("Back up now, or record the backups that were made since."),
            page="storage",
        )


def _agency_code_needs() -> Iterator[dict[str, Any]]:
    units = units_lacking_agency_code()
    if not units:
        return
    text = ngettext(
        "%(count)s unit that receives dossiers has no agency code",
        "%(count)s units that receive dossiers have no agency code",
        len(units),
    ) % {"count": len(units)}
    names = ", ".join(unit_name(one.unit_code) for one in units[:_NAMED]) + (
        " …" if len(units) > _NAMED else ""
    )
    yield _need_item("warn", text, names, page="agency_codes")


def _need_item(tone: str, text: str, detail: str, *, page: str) -> dict[str, Any]:
    icon = "alert-circle" if tone == "bad" else "alert-triangle"
    url = reverse(f"administration:{page}")
    return {"tone": tone, "icon": icon, "text": text, "detail": detail, "url": url}


def _account_tiles() -> Iterator[dict[str, Any]]:
    active = Q(is_active=True)
    counts = Account.objects.aggregate(
        active=Count("pk", filter=active),
        never=Count("pk", filter=active & Q(last_login=None)),
        closed=Count("pk", filter=Q(is_active=False)),
    )
    url, language = reverse("administration:accounts"), current_language()
    facts = [
        gettext("{count} never signed in").format(count=number(counts["never"], language)),
        gettext("{count} locked").format(count=number(counts["closed"], language)),
    ]
    value = number(counts["active"], language)
    yield {"label": gettext("Active accounts"), "value": value, "url": url, "tone": "", "facts": facts}


def _token_tile(count: int) -> dict[str, Any]:
    value = number(count, current_language())
    return {
        "label": gettext("API tokens"),
        "value": value,
        "url": reverse("administration:tokens"),
        "tone": "",
    }


def _queue_tiles(*, outbox: QueueState, jobs: QueueState) -> Iterator[dict[str, Any]]:
    labels = (
        (gettext("Messages waiting"), outbox),
        (gettext("Jobs waiting"), jobs),
    )
    for label, state in labels:
        facts = [gettext("{count} failing").format(count=state.failing)] if state.failing else []
        yield {
            "label": label,
            "value": number(state.waiting, current_language()),
            "url": reverse("administration:queues"),
            "tone": "bad" if state.failing else "",
            "facts": facts,
        }


def _space_tile(disk: Disk) -> dict[str, Any]:
    return {
        "label": gettext("Free space"),
        "value": bytes_text(disk.free, current_language()),
        "url": reverse("administration:storage"),
        "tone": "bad" if disk.is_low else "",
        "facts": [gettext("as of {day}").format(day=day(real_clock().now()))],
    }
