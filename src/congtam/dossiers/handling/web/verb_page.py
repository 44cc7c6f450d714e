"""What the form of a step shows (trang thao tác)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from congtam.dossiers.deadlines.web.texts import moment
from congtam.dossiers.fees.domain.fees import OPEN
from congtam.dossiers.fees.web.fee_lines import fee_line
from congtam.dossiers.files.take_file import PREVIEWED
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.machine import can_see
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.handling.supplement_request import SENT_AT
from congtam.dossiers.handling.web.corrections import correction_panel
from congtam.dossiers.handling.wording import verb_labels
from congtam.dossiers.intake.web.form_data import FormData
from congtam.dossiers.intake.web.receive_page import carried_file_rows
from congtam.dossiers.models import Dossier, Letter
from congtam.dossiers.record.domain.checklist import Checklist
from congtam.dossiers.record.labels import STATES
from congtam.dossiers.record.permissions import may_see_person
from congtam.dossiers.record.web.fields import all_units
from congtam.dossiers.record.web.problems import problems_by_field, serialize_problems
from congtam.foundation.public import Actor
from congtam.kernel.errors import Problem
from congtam.payments.public import fee_requests
from congtam.ui.public import bytes_text, current_language, dong


def verb_context(
    form: VerbForm, *, verb: DeskVerb, entered: FormData, problems: Sequence[Problem], actor: Actor
) -> dict[str, Any]:
    """The values of the template."""
    by_field = problems_by_field(problems)
    letter = _supplement_letter(form) if form.has_papers else None
    missing = letter.content.get("missing", ()) if letter else ()
    return {
        "dossier": form.dossier,
        "state": STATES[form.dossier.state],
        "due": moment(form.dossier.due_at, form.dossier.time_zone),
        "back": dossier_page_url(form.dossier, actor=actor),
        "form": form,
        "verb": verb.code,
        "labels": verb_labels(verb),
        "version": form.desk.version,
        "problems": serialize_problems(problems),
        "problems_by_field": by_field,
        "file_field": form.takes_files[0] if form.takes_files else "",
        "many_files": form.takes_files == ("files",),
        "carried_files": carried_file_rows(entered, actor=actor),
        "file_label": gettext(form.file_label) if form.file_label else "",
        "papers": _paper_rows(form, entered, by_field, requested=missing) if form.has_papers else (),
        **(_supplement_request(letter) if letter else {}),
        "all_units": all_units() if form.asks_unit else (),
        "fees": _fee_context(form.dossier, actor=actor) if form.shows_fees else None,
        "results": list(_result_files(form.dossier, actor)) if form.shows_result else (),
    } | correction_panel(form, entered, problems=problems, actor=actor)


def dossier_page_url(dossier: Dossier, *, actor: Actor) -> str:
    """Where the actor sees the dossier: its page, or the slip of the counter that took it in."""
    return reverse("dossiers:detail" if can_see(actor, dossier) else "dossiers:slip", args=[dossier.code])


def _fee_context(dossier: Dossier, *, actor: Actor) -> dict[str, Any] | None:
    """What is to be taken: each open request, and their sum."""
    requests = [each for each in fee_requests([dossier.code], to=actor) if each.state == OPEN]
    if not requests:
        return None
    total = dong(sum(each.amount_dong for each in requests))
    return {"lines": [fee_line(each) for each in requests], "total": total}


def _result_files(dossier: Dossier, actor: Actor) -> Iterator[dict[str, str]]:
    """The result on file, for whoever may read the papers of the dossier."""
    if not may_see_person(actor, dossier.unit_code):
        return
    for paper in dossier.files.filter(kind="result"):
        url = reverse("dossiers:file", args=[dossier.code, paper.digest])
        opens = paper.media_type in PREVIEWED
        yield {
            "name": paper.name,
            "url": f"{url}?inline=1" if opens else url,
            "note": f"{bytes_text(paper.size, current_language())} · {moment(paper.added_at)}",
        }


def _paper_rows(
    form: VerbForm, entered: FormData, by_field: dict[str, list[Problem]], *, requested: Sequence[str]
) -> list[dict[str, Any]]:
    """The checklist; what the letter asked for is ticked until the page is sent."""
    names = {"originals": _("Originals"), "certified": _("Certified copies"), "copies": _("Photocopies")}
    return [
        {
            "position": position,
            "row": f"supplement-{position}",
            "name": paper,
            "is_required": True,
            "is_ticked": position in entered.ticked if form.is_bound else paper in requested,
            "problems": by_field.get(f"papers_{position}"),
            "problems_id": f"wrong-paper-{position}",
            "counts": [
                {"name": name, "label": label, "value": entered.counts(position)[name] or usual}
                for (name, label), usual in zip(names.items(), (1, 0, 0), strict=True)
            ],
        }
        for position, paper in Checklist.parse(form.desk.papers).names.items()
    ]


def _supplement_letter(form: VerbForm) -> Letter | None:
    """The letter that asked for the supplement."""
    return form.dossier.letters.filter(kind="supplement").order_by("-sequence").first()


def _supplement_request(letter: Letter) -> dict[str, Any]:
    """What the letter asked for, and when the applicant answered it online, if that waits to be looked at."""
    sent_at = letter.answer.get(SENT_AT)
    return {
        "missing": list(letter.content.get("missing", ())),
        "sent_online": moment(datetime.fromisoformat(sent_at)) if sent_at else "",
    }
