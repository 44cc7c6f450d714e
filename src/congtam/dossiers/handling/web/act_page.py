"""What the form of a step shows (trang thao tác)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.dossiers.deadlines.web.texts import moment
from congtam.dossiers.fees.domain.fees import OPEN
from congtam.dossiers.fees.web.fee_lines import fee_of
from congtam.dossiers.handling.demand import SENT_AT
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.machine import sees
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.handling.web.corrections import correction_panel
from congtam.dossiers.handling.wording import words_of
from congtam.dossiers.intake.web.receive_page import kept_files
from congtam.dossiers.intake.web.typed import Typed
from congtam.dossiers.models import Dossier
from congtam.dossiers.record.domain.checklist import Checklist
from congtam.dossiers.record.labels import STATES
from congtam.dossiers.record.web.fields import all_units
from congtam.dossiers.record.web.problems import beside, told
from congtam.foundation.public import Actor
from congtam.kernel.errors import Problem
from congtam.payments.public import fee_requests
from congtam.ui.public import dong


def act_context(
    form: VerbForm, *, verb: DeskVerb, typed: Typed, problems: Sequence[Problem], actor: Actor
) -> dict[str, Any]:
    """The values of the template."""
    wrong = beside(problems)
    return {
        "dossier": form.dossier,
        "state": STATES[form.dossier.state],
        "due": moment(form.dossier.due_at, form.dossier.time_zone),
        "back": back_to(form.dossier, actor=actor),
        "form": form,
        "verb": verb.code,
        "words": words_of(verb),
        "version": form.desk.version,
        "problems": told(problems),
        "wrong": wrong,
        "file_field": form.takes_files[0] if form.takes_files else "",
        "many_files": form.takes_files == ("files",),
        "kept": kept_files(typed, actor=actor),
        "papers": _papers(form, typed, wrong) if form.has_papers else (),
        **(_asked(form) if form.has_papers else {}),
        "all_units": all_units() if form.asks_unit else (),
        "fees": _fees(form.dossier, actor=actor) if form.shows_fees else None,
    } | correction_panel(form, typed, problems=problems, actor=actor)


def back_to(dossier: Dossier, *, actor: Actor) -> str:
    """Where the actor sees the dossier: its page, or the slip of the counter that took it in."""
    return reverse("dossiers:detail" if sees(actor, dossier) else "dossiers:slip", args=[dossier.code])


def _fees(dossier: Dossier, *, actor: Actor) -> dict[str, Any] | None:
    """What is to be taken: each open request, and their sum."""
    requests = [each for each in fee_requests([dossier.code], to=actor) if each.state == OPEN]
    if not requests:
        return None
    total = dong(sum(each.amount_dong for each in requests))
    return {"lines": [fee_of(each) for each in requests], "total": total}


def _papers(form: VerbForm, typed: Typed, wrong: dict[str, list[Problem]]) -> list[dict[str, Any]]:
    names = {"originals": _("Originals"), "certified": _("Certified copies"), "copies": _("Photocopies")}
    return [
        {
            "place": position,
            "row": f"supplement-{position}",
            "name": paper,
            "is_required": True,
            "is_ticked": position in typed.ticked,
            "wrong": wrong.get(f"papers_{position}"),
            "wrong_id": f"wrong-paper-{position}",
            "counts": [
                {"name": name, "label": label, "value": typed.counts(position)[name] or usual}
                for (name, label), usual in zip(names.items(), (1, 0, 0), strict=True)
            ],
        }
        for position, paper in Checklist.parse(form.desk.papers).names.items()
    ]


def _asked(form: VerbForm) -> dict[str, Any]:
    """What the letter asked for, and when the applicant answered it online, if that waits to be looked at."""
    asked = form.dossier.letters.filter(kind="supplement").order_by("-sequence").first()
    if asked is None:
        return {}
    sent_at = asked.answer.get(SENT_AT)
    return {
        "missing": list(asked.content.get("missing", ())),
        "sent_online": moment(datetime.fromisoformat(sent_at)) if sent_at else "",
    }
