"""Erasing a person (trang xóa dữ liệu cá nhân): who is meant, what goes and what stays, and the erasure itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from congtam.administration.permissions import require_eraser
from congtam.dossiers.applicant.public import (
    FILING_KIND,
    ErasureSubject,
    Obstacle,
    dossier_subjects,
    erase_filing_person,
    erase_person,
    find_filings,
    get_subject,
)
from congtam.dossiers.lists.public import find_by_code_or_person
from congtam.foundation.person_keys import GROUNDS
from congtam.foundation.public import Actor, actor_of
from congtam.kernel.errors import DomainError
from congtam.org_units.public import unit_name

_MOST: Final = 50
_LONGEST: Final = 200
_GROUND_LABELS: Final = {
    "request": _("At the request of the person"),
    "court_order": _("By order of a court or an authority"),
    "retention_ended": _("The retention period has ended"),
    "mistake": _("The data should not have been stored"),
}
_OBSTACLES: Final = {
    Obstacle.OPEN: _("The dossier is still open"),
    Obstacle.WAITING: _("The filing was not answered yet"),
    Obstacle.ERASED: _("Erased before"),
}


class ErasureForm(forms.Form):
    """Why, and that it is meant."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=[("", "—"), *((ground, _GROUND_LABELS[ground]) for ground in GROUNDS)]
    )
    code = forms.CharField(
        label=_("Code, typed once more"),
        max_length=100,
        help_text=_("The erasure cannot be undone. Enter the code above to confirm it."),
    )

    def __init__(self, *data: Any, subject: ErasureSubject) -> None:
        super().__init__(*data)
        self.subject = subject

    def clean_code(self) -> str:
        """The code of the one on the page, so that nobody erases another by a slip."""
        code: str = self.cleaned_data["code"].strip()
        if code.upper() != self.subject.code.upper():
            raise forms.ValidationError(gettext("Enter the code exactly as shown above."))
        return code


@require_safe
def erasures(request: HttpRequest) -> HttpResponse:
    """Persons whose data the actor may erase, by a code, a name or a phone number."""
    actor = actor_of(request)
    require_eraser(actor)
    text = request.GET.get("q", "").strip()[:_LONGEST]
    context = {"text": text, "rows": [_row(one) for one in _find(text, actor)]}
    return render(request, "administration/erasures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """What would be erased and what stays; with POST it is erased, after the person confirmed who they are."""
    actor = actor_of(request)
    require_eraser(actor)
    subject = get_subject(kind, code, to=actor)
    form = ErasureForm(*([request.POST] if request.method == "POST" else []), subject=subject)
    refusal = ""
    if form.is_bound and form.is_valid():
        try:
            _erase(subject, form.cleaned_data["reason"], actor)
        except DomainError as error:
            refusal = error.format_message(gettext)
        else:
            messages.success(request, gettext("Personal data of {code} erased.").format(code=subject.code))
            return redirect("administration:erasures")
    context = {"subject": _row(subject), "form": form, "refusal": refusal, "goes": list(_what_goes(subject))}
    return render(request, "administration/erase.html", context, status=400 if form.is_bound else 200)


def _erase(subject: ErasureSubject, reason: str, actor: Actor) -> None:
    erase_it = erase_filing_person if subject.kind == FILING_KIND else erase_person
    erase_it(subject.code, reason=reason, actor=actor)


def _find(text: str, actor: Actor) -> list[ErasureSubject]:
    if not text:
        return []
    dossiers = find_by_code_or_person(text, most=_MOST, to=actor)
    return [*dossier_subjects(dossiers, to=actor), *find_filings(text, to=actor)][:_MOST]


def _row(subject: ErasureSubject) -> dict[str, Any]:
    return {
        "subject": subject,
        "unit": unit_name(subject.unit_code),
        "obstacle": _OBSTACLES[subject.obstacle] if subject.obstacle else "",
    }


def _what_goes(subject: ErasureSubject) -> Iterator[str]:
    yield gettext("name, phone number, e-mail, identity number and address of the applicant")
    yield gettext("answers of the electronic form, and what was filed online")
    if subject.files:
        yield ngettext("{count} file", "{count} files", subject.files).format(count=subject.files)
    if subject.kind == FILING_KIND:
        yield gettext("the reason why it was declined")
        return
    if subject.letters:
        text = ngettext("the text of {count} letter", "the texts of {count} letters", subject.letters)
        yield text.format(count=subject.letters)
    yield gettext("notes, reasons beside fees and pauses, supplements and the words of ratings")
    if subject.earlier_contents:
        yield gettext("earlier contents that imports replaced")
