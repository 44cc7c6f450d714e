"""What waits and what fails (trang hàng đợi): messages, jobs, e-mails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from congtam.administration.permissions import require_administrator
from congtam.foundation import queues
from congtam.foundation.public import Actor, actor_of, real_clock
from congtam.foundation.queues import FailingItem, QueueState
from congtam.kernel.errors import NotFound
from congtam.kernel.input.numbers import digits_or_none
from congtam.ui.public import current_language, number

Change = Callable[..., None]
_QUEUES: Final[Mapping[str, Mapping[str, Any]]] = {
    "outbox": {
        "title": _("Messages between parts of the system"),
        "lead": _(
            "Each change is passed on to figures, notices and other systems. Failed messages are retried."
        ),
        "state": queues.outbox_state,
        "items": queues.failing_messages,
        "consequence": _("Figures and notices will not reflect this change."),
    },
    "jobs": {
        "title": _("Background jobs"),
        "lead": _(
            "Imports, exports and nightly work. A failed job is not retried automatically; its error is in the log."
        ),
        "state": queues.job_state,
        "items": queues.failing_jobs,
        "consequence": _("The job will not be run."),
    },
    "mails": {
        "title": _("E-mails"),
        "lead": _("Failed e-mails are retried up to nine times."),
        "state": queues.mail_state,
        "items": queues.failing_mails,
        "consequence": _("The person will not get this e-mail."),
    },
}
_CHANGES: Final[Mapping[tuple[str, str], Change]] = {
    ("outbox", "retry"): queues.retry_message,
    ("outbox", "give_up"): queues.give_up_message,
    ("jobs", "retry"): queues.retry_job,
    ("jobs", "give_up"): queues.give_up_job,
    ("mails", "retry"): queues.retry_mail,
    ("mails", "give_up"): queues.give_up_mail,
}


@never_cache
@require_safe
def queues_page(request: HttpRequest) -> HttpResponse:
    """Every queue with what fails in it."""
    actor = actor_of(request)
    require_administrator(actor)
    context = {
        "queues": [_queue_context(name, queue) for name, queue in _QUEUES.items()],
        "worker": worker_state(),
    }
    return render(request, "administration/queues.html", context)


@never_cache
@require_POST
def queue_act(request: HttpRequest, queue: str, action: str) -> HttpResponse:
    """Try one thing again, or give it up."""
    actor: Actor = actor_of(request)
    require_administrator(actor)
    change = _CHANGES.get((queue, action))
    if change is None:
        raise NotFound(kind="verb", key=action)
    change(digits_or_none(request.POST.get("id", ""), most=10**18) or 0, actor=actor)
    texts = {"retry": gettext("It will be tried again now."), "give_up": gettext("It was given up.")}
    messages.success(request, texts[action])
    return redirect("administration:queues")


def worker_state() -> dict[str, Any]:
    """Whether a worker runs."""
    seen = queues.worker_seen_at()
    is_running = (
        seen is not None and (real_clock().now() - seen).total_seconds() < queues.WORKER_SILENT_SECONDS
    )
    return {"seen": seen, "is_running": is_running}


def _queue_context(name: str, queue: Mapping[str, Any]) -> dict[str, Any]:
    state: QueueState = queue["state"]()
    items: list[FailingItem] = queue["items"]()
    language = current_language()
    return {
        "name": name,
        "title": queue["title"],
        "lead": queue["lead"],
        "consequence": queue["consequence"],
        "state": state,
        "marks": [
            {"label": gettext("Waiting"), "value": number(state.waiting, language), "tone": "neutral"},
            {
                "label": gettext("Failing"),
                "value": number(state.failing, language),
                "tone": "bad" if state.failing else "good",
            },
        ],
        "items": items,
    }
