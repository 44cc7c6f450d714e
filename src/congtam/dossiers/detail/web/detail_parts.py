"""What the page of a dossier shows when it is handled here (chi tiết hồ sơ tại Một cửa)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.dossiers.deadlines.web.letters import letter_row
from congtam.dossiers.deadlines.web.texts import moment
from congtam.dossiers.detail.web.whose_move import Viewer, current_holder_context
from congtam.dossiers.fees.web.fee_lines import fee_line
from congtam.dossiers.files.take_file import PREVIEWED
from congtam.dossiers.form.answers import readable_form
from congtam.dossiers.handling.web.counter import buttons
from congtam.dossiers.handling.wording import ledger_label
from congtam.dossiers.models import DeskRecord, Dossier, Letter, LetterKind
from congtam.dossiers.printing.application import has_application
from congtam.dossiers.record.desk_queries import positions_with_file, visible_children, visible_parent
from congtam.dossiers.record.domain.checklist import Checklist
from congtam.dossiers.record.people import display_names
from congtam.dossiers.slots import PRINTED_FORM, PRINTED_SLIP
from congtam.foundation.public import Actor, LedgerLine, lines_about
from congtam.payments.public import fee_requests
from congtam.ui.public import bytes_text, current_language, number

FORM_OF_LETTER: Final[Mapping[str, str]] = {
    LetterKind.SUPPLEMENT: "supplement",
    LetterKind.REFUSAL: "refusal",
    LetterKind.APOLOGY: "apology",
    LetterKind.STOP: "stop",
    LetterKind.WITHDRAWAL: "withdrawal",
    LetterKind.MISTAKE: "mistake",
}
_SHOWN: Final = frozenset({"reason", "to", "way", "amount_dong", "note"})


def desk_context(
    dossier: Dossier, desk: DeskRecord, *, actor: Actor, with_person: bool, now: datetime
) -> dict[str, Any]:
    """The values of the template for one dossier of the desk."""
    letters = list(dossier.letters.all())
    ledger = lines_about("dossier", dossier.code)
    names = display_names(
        [desk.holder, *(line.actor for line in ledger), *(letter.issued_by for letter in letters)]
    )
    return {
        "desk": desk,
        "move": current_holder_context(dossier, desk, viewer=Viewer(actor=actor, names=names, now=now)),
        "verbs": list(buttons(dossier, actor=actor)),
        "letters": [letter_row(letter, names, with_person=with_person) for letter in letters],
        "files": list(_file_rows(dossier, desk)) if with_person else [],
        "papers": list(_paper_rows(dossier, desk)),
        "form_parts": readable_form(desk.form, language=current_language()) if with_person else [],
        "party": list(_applicant_facts(dossier)) if with_person else [],
        "fees": [fee_line(request) for request in fee_requests([dossier.code], to=actor)],
        "linked": list(_linked_items(dossier, desk, actor)),
        "ledger": [_ledger_line(line, names) for line in ledger],
        "prints": list(_printable_forms(desk, letters)) if with_person else [],
        "result": _result_rows(dossier, desk) if with_person else [],
        "slip_url": reverse("dossiers:slip", args=[dossier.code]),
    }


def _paper_rows(dossier: Dossier, desk: DeskRecord) -> Iterator[dict[str, Any]]:
    """The checklist; a paper that was sent online has no copies, but a file."""
    with_file = positions_with_file(dossier)
    for paper in Checklist.parse(desk.papers).papers:
        on_paper = paper.originals or paper.certified or paper.copies
        is_file = paper.position in with_file and not on_paper and not paper.is_filled_online
        yield {**asdict(paper), "is_electronic": is_file}


def _file_rows(dossier: Dossier, desk: DeskRecord) -> Iterator[dict[str, Any]]:
    kinds = {
        "scan": _("Scan"),
        "form": _("Form"),
        "supplement": _("Supplement"),
        "result": _("Result"),
        "request": _("Applicant's request"),
    }
    papers = Checklist.parse(desk.papers).names
    for paper in dossier.files.all():
        url = reverse("dossiers:file", args=[dossier.code, paper.digest])
        yield {
            "name": paper.name,
            "kind": kinds.get(paper.kind, paper.kind),
            "size": bytes_text(paper.size, current_language()),
            "when": moment(paper.added_at),
            "url": url,
            "preview": f"{url}?inline=1" if paper.media_type in PREVIEWED else "",
            "paper": papers.get(paper.position, "") if paper.position is not None else "",
            "is_reused": paper.is_reused,
        }


def _applicant_facts(dossier: Dossier) -> Iterator[dict[str, Any]]:
    party = getattr(dossier, "party", None)
    if party is None:
        return
    labels = {
        "phone": _("Telephone"),
        "email": _("E-mail"),
        "id_number": _("Identity or tax number"),
        "address": _("Address"),
        "submitter": _("Submitted by"),
    }
    for name, label in labels.items():
        if value := getattr(party, name):
            yield {"label": label, "value": value}


def _linked_items(dossier: Dossier, desk: DeskRecord, actor: Actor) -> Iterator[dict[str, Any]]:
    """The dossier it was opened for and those opened for it; of what the actor may not see not even the code."""
    if desk.parent_code:
        parent = visible_parent(desk.parent_code, to=actor)
        yield (
            _linked_dossier_row(_("Opened for the dossier"), parent)
            if parent
            else {
                "label": _("Opened for the dossier"),
                "value": _("a dossier of another office"),
            }
        )
    children, hidden = visible_children(dossier.code, to=actor)
    for child in children:
        yield _linked_dossier_row(_("Linked dossiers opened"), child)
    if hidden:
        yield {"label": _("In other offices"), "value": number(hidden, current_language())}


def _linked_dossier_row(label: str, linked: Dossier) -> dict[str, Any]:
    url = reverse("dossiers:detail", args=[linked.code])
    return {"label": label, "value": f"{linked.code} · {linked.procedure_name}", "url": url}


def _ledger_line(line: LedgerLine, names: Mapping[str, str]) -> dict[str, Any]:
    """Reasons may name people and are told by the letters; here only what was done, by whom, when."""
    return {
        "when": moment(line.domain_at),
        "who": names.get(line.actor, line.actor),
        "what": ledger_label(line.verb),
    }


def _printable_forms(desk: DeskRecord, letters: Sequence[Letter]) -> Iterator[dict[str, str]]:
    """The forms that can be printed now; nothing where the room of reports is not installed."""
    dossier = desk.dossier
    titles = {"receipt": _("Receipt with due date"), "control": _("Control slip")}
    if has_application(desk):
        titles["application"] = _("Filled-in form")
    for form, title in titles.items():
        yield from _form_print(dossier, form, title)
    yield from _handover_print(dossier)
    named = {
        LetterKind.SUPPLEMENT: _("Request for supplement"),
        LetterKind.REFUSAL: _("Refusal"),
        LetterKind.APOLOGY: _("Apology and revised due date"),
        LetterKind.STOP: _("Notice of stopping"),
        LetterKind.WITHDRAWAL: _("Withdrawal"),
        LetterKind.MISTAKE: _("Notice of a mistaken receipt"),
    }
    for letter in letters:
        if letter.kind in FORM_OF_LETTER:
            title = f"{named[LetterKind(letter.kind)]} {letter.number}"
            yield from _form_print(
                dossier, FORM_OF_LETTER[letter.kind], title, query=f"?letter={letter.sequence}"
            )


def _handover_print(dossier: Dossier) -> Iterator[dict[str, str]]:
    query = "?" + urlencode({"code": dossier.code})
    pdf, docx = (PRINTED_SLIP.url("handover", extension) for extension in ("pdf", "docx"))
    if pdf and docx:
        yield {"title": _("Hand-over slip"), "pdf": f"{pdf}{query}", "docx": f"{docx}{query}"}


def _form_print(dossier: Dossier, form: str, title: str, *, query: str = "") -> Iterator[dict[str, str]]:
    pdf = PRINTED_FORM.url(dossier.code, form, "pdf")
    docx = PRINTED_FORM.url(dossier.code, form, "docx")
    if pdf and docx:
        yield {"title": title, "pdf": f"{pdf}{query}", "docx": f"{docx}{query}"}


def _result_rows(dossier: Dossier, desk: DeskRecord) -> list[dict[str, Any]]:
    if not desk.result:
        return []
    result = desk.result
    url = reverse("dossiers:file", args=[dossier.code, result["digest"]]) if result.get("digest") else ""
    rows = [
        {"label": _("Result"), "value": result.get("summary", "")},
        {"label": _("Number and symbol"), "value": result.get("number", "")},
        {"label": _("Date of the document"), "value": _format_day(result.get("issued_on", ""))},
        {"label": _("File"), "value": result.get("name", ""), "url": url},
        {"label": _("Signature status"), "value": result.get("signature", "")},
        {"label": _("Collected by"), "value": result.get("receiver", "")},
    ]
    return [row for row in rows if row["value"]]


def _format_day(written: str) -> str:
    """An ISO date as people write it."""
    return "/".join(reversed(written[:10].split("-"))) if written else ""
