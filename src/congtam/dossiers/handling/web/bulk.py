"""Doing the same with many dossiers (xử lý hàng loạt): choose, look once more and confirm, see what became of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congtam.dossiers.handling.bulk import MOST, BulkOutcome, perform_bulk
from congtam.dossiers.handling.forms import VerbForm, build_verb_form
from congtam.dossiers.handling.machine import DESK, available_verbs
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.handling.wording import verb_labels
from congtam.dossiers.models import Dossier
from congtam.dossiers.record.people import display_names
from congtam.dossiers.record.visibility import visible_to
from congtam.foundation.public import Actor, actor_of
from congtam.kernel.errors import DomainError, InputRefused, Problem, fill, msgid
from congtam.kernel.vietnamese import nfc


def bulk_verb_options(actor: Actor) -> list[dict[str, Any]]:
    """What a person with these roles may do with many dossiers at once."""
    return [
        {"code": verb.code, "text": verb_labels(verb).button}
        for verb in DESK.bulk_verbs()
        if actor.has_role(*verb.roles)
    ]


@dataclass(frozen=True, kw_only=True)
class _Chosen:
    """The dossiers that were ticked and can be seen, and those of them the step can be taken with."""

    verb: DeskVerb
    codes: tuple[str, ...]
    ready: tuple[Dossier, ...]
    other: tuple[Dossier, ...]


@require_POST
def bulk_page(request: HttpRequest) -> HttpResponse:
    """First what will happen, with the fields it needs; then, confirmed, what did."""
    actor = actor_of(request)
    chosen = _parse_choice(request, actor)
    form = _bulk_form(chosen, request.POST if "confirmed" in request.POST else None)
    refused: Sequence[Problem] = ()
    if form is not None and form.is_bound and form.is_valid():
        try:
            outcome = _perform_bulk(chosen, form, request, actor=actor)
        except InputRefused as error:
            refused = error.problems
        else:
            return render(request, "dossiers/work_bulk_done.html", _outcome_context(outcome, chosen, request))
    context = _confirmation_context(chosen, form, request) | {"problems": refused}
    return render(request, "dossiers/work_bulk.html", context, status=400 if form and form.errors else 200)


def _perform_bulk(chosen: _Chosen, form: VerbForm, request: HttpRequest, *, actor: Actor) -> BulkOutcome:
    codes = [each.code for each in chosen.ready]
    return perform_bulk(
        codes, chosen.verb, actor=actor, versions=_posted_versions(request), **form.arguments()
    )


def _parse_choice(request: HttpRequest, actor: Actor) -> _Chosen:
    """What was ticked; raises InputRefused where nothing, too much or no known step was chosen."""
    verb = DESK.find_verb(request.POST.get("verb", ""))
    if verb is None or verb.bulk is None:
        raise InputRefused([Problem(code="verb_missing", message=msgid("Choose an action."), column="verb")])
    codes = tuple(dict.fromkeys(nfc(code) for code in request.POST.getlist("code")))
    if not 0 < len(codes) <= MOST:
        message = msgid("Choose between 1 and {maximum} dossiers.")
        raise InputRefused(
            [Problem(code="bulk_count", message=message, data={"maximum": MOST}, column="code")]
        )
    by_code = {each.code: each for each in visible_to(actor).filter(code__in=codes).select_related("desk")}
    visible = [by_code[code] for code in codes if code in by_code]
    ready = [each for each in visible if verb in available_verbs(each, actor=actor)]
    other = [each for each in visible if each not in ready]
    return _Chosen(verb=verb, codes=codes, ready=tuple(ready), other=tuple(other))


def _bulk_form(chosen: _Chosen, posted: Any) -> VerbForm | None:
    """The fields of the step, as the first dossier offers them; None when it can be taken with none of them."""
    if not chosen.ready:
        return None
    first = chosen.ready[0]
    return build_verb_form(chosen.verb, first, first.desk, posted=posted)


def _posted_versions(request: HttpRequest) -> dict[str, int]:
    """The versions the person saw on the page of confirmation."""
    pairs = zip(request.POST.getlist("code"), request.POST.getlist("version"), strict=False)
    return {nfc(code): int(version) for code, version in pairs if version.isdecimal() and len(version) < 10}


def _confirmation_context(chosen: _Chosen, form: VerbForm | None, request: HttpRequest) -> dict[str, Any]:
    labels = verb_labels(chosen.verb)
    return {
        "verb": chosen.verb.code,
        "labels": labels,
        "form": form,
        "ready": _dossier_lines(chosen.ready),
        "other": _dossier_lines(chosen.other),
        "back": _list_query(request),
    }


def _dossier_lines(dossiers: Sequence[Dossier]) -> list[dict[str, Any]]:
    """A line for each, with the names of those who hold them."""
    people = display_names(desk.holder for each in dossiers if (desk := getattr(each, "desk", None)))
    return [_dossier_line(each, people) for each in dossiers]


def _dossier_line(dossier: Dossier, people: Mapping[str, str]) -> dict[str, Any]:
    desk = getattr(dossier, "desk", None)
    return {
        "code": dossier.code,
        "procedure": dossier.procedure_name or dossier.procedure_code,
        "version": desk.version if desk else "",
        "office": desk.office if desk else "",
        "holder": people.get(desk.holder, desk.holder) if desk else "",
    }


def _outcome_context(outcome: BulkOutcome, chosen: _Chosen, request: HttpRequest) -> dict[str, Any]:
    refused = [{"code": each.key, "reason": _error_text(each.error)} for each in outcome.refused]
    refused += [
        {"code": each.code, "reason": _("This action is not possible for the dossier now.")}
        for each in chosen.other
    ]
    return {
        "labels": verb_labels(outcome.verb),
        "done": _dossier_lines(outcome.done),
        "refused": refused,
        "back": _list_query(request),
        "slip": getattr(outcome.verb.form, "slip", ""),
        "handed_over": [each.code for each in outcome.done],
    }


def _error_text(error: DomainError) -> str:
    """An error in the reader's language."""
    if isinstance(error, InputRefused):
        return "; ".join(fill(_(problem.message), problem.data) for problem in error.problems)
    return error.format_message(_)


def _list_query(request: HttpRequest) -> str:
    """The list the person came from, as a query of our own pages and nothing else."""
    query = request.POST.get("query", "")[:2000]
    return query if all(sign.isprintable() for sign in query) else ""
