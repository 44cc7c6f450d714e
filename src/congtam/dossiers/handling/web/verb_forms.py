"""The small forms of the steps (biểu mẫu thao tác): each gives the words its action needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from congtam.dossiers.deadlines.ledgers import due_as_it_runs
from congtam.dossiers.domain.lifecycle import Verb
from congtam.dossiers.models import DeskRecord, Dossier, LetterKind
from congtam.dossiers.record.desk_queries import lost_parent
from congtam.dossiers.record.labels import PAYMENTS, RETURN_WAYS
from congtam.dossiers.record.people import people_with
from congtam.dossiers.record.web.fields import (
    PARENT_GONE,
    REFUSAL_GROUNDS,
    SIGNATURES,
    WAIVER_GROUNDS,
    DayInput,
    reason_field,
    suggested_field,
    unit_field,
)
from congtam.foundation.public import clock
from congtam.kernel.clock import LOCAL
from congtam.work_calendar.public import working_calendar

_USUAL_EXTENSION: Final = 5


class VerbForm(forms.Form):
    """A step that needs nothing said. ``arguments`` are those of the action."""

    takes_files: tuple[str, ...] = ()
    has_papers = False
    corrects_form = False

    def __init__(self, *args: Any, dossier: Dossier, desk: DeskRecord, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier, self.desk = dossier, desk
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the dossier."""

    def arguments(self) -> dict[str, Any]:
        """What the action is called with."""
        return dict(self.cleaned_data)

    @property
    def lists(self) -> list[tuple[str, tuple[str, ...]]]:
        """The words offered beside free text."""
        return [words for field in self.fields.values() if (words := getattr(field, "words", None))]


class WithReason(VerbForm):
    """A step that needs a reason."""

    reason = reason_field(_("Reason"))


class EndingForm(WithReason):
    """Why it ends; where the dossier it was opened for ended without a result, that stands in the field at first."""

    def prepare(self) -> None:
        """The letter is Vietnamese, whoever writes it, and names no dossier of another office."""
        if lost_parent(self.dossier, self.desk):
            self.fields["reason"].initial = PARENT_GONE


class HandOverForm(VerbForm):
    """To whom of the next office, and a note for the control slip."""

    to_officer = forms.ChoiceField(label=_("Given to"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def prepare(self) -> None:
        """The people of the next step."""
        following = next((step for step in self.desk.process if step["place"] > self.desk.place), None)
        office = f"{following['office']} – {following['name']}" if following else "—"
        people = people_with(following["role"], self.dossier.unit_code) if following else []
        self.fields["to_officer"].choices = [("", _("Anybody of: {office}").format(office=office)), *people]  # type: ignore[attr-defined]


class AssignForm(VerbForm):
    """To whom."""

    officer = forms.ChoiceField(label=_("Officer"))

    def prepare(self) -> None:
        """The people who may take the step."""
        people = people_with(self.desk.role, self.dossier.unit_code)
        others = [each for each in people if each[0] != self.desk.holder]
        self.fields["officer"].choices = others  # type: ignore[attr-defined]
        if not others:
            self.fields["officer"].help_text = _("Nobody else has the role of this step here.")


class ConsultForm(VerbForm):
    """Which office is asked what, and until when."""

    to_unit = unit_field(_("Office asked (code or name)"))
    question = reason_field(_("Question"))
    hours = forms.DecimalField(
        label=_("Office hours to answer"),
        min_value=Decimal("0.5"),
        max_value=2000,
        decimal_places=1,
        initial=16,
    )
    stops_clock = forms.BooleanField(label=_("The clock stands still until the answer comes"), required=False)


class AnswerForm(VerbForm):
    """Which question is answered, and how."""

    letter = forms.TypedChoiceField(label=_("Question"), coerce=int)
    text = reason_field(_("Answer"))

    def prepare(self) -> None:
        """The questions that wait."""
        waiting = self.dossier.letters.filter(kind=LetterKind.CONSULTATION, answered_at__isnull=True)
        self.fields["letter"].choices = [  # type: ignore[attr-defined]
            (letter.sequence, f"{letter.number}: {letter.content.get('question', '')[:80]}")
            for letter in waiting
        ]


class SupplementForm(VerbForm):
    """What is missing: papers of the checklist, and others in free lines."""

    missing = forms.MultipleChoiceField(
        label=_("Papers of the checklist"), widget=forms.CheckboxSelectMultiple, required=False
    )
    others = forms.CharField(
        label=_("Others, one a line"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=4000,
    )
    reason = reason_field(_("Why it is needed"))

    def prepare(self) -> None:
        """The checklist of the dossier."""
        self.fields["missing"].choices = [(paper["name"], paper["name"]) for paper in self.desk.papers]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """One list of both."""
        given = self.cleaned_data
        lines = [line.strip() for line in given["others"].splitlines() if line.strip()]
        return {"missing": [*given["missing"], *lines], "reason": given["reason"]}


class ReceiveSupplementForm(VerbForm):
    """The papers and files that came; the papers are read beside the form."""

    takes_files = ("files",)
    has_papers = True
    corrects_form = True


class AskPaymentForm(VerbForm):
    """How much and for what."""

    amount_dong = forms.IntegerField(label=_("Amount asked (đồng)"), min_value=1, max_value=10**12)
    reason = reason_field(_("For what"))

    def prepare(self) -> None:
        """The fee of the catalogue stands in the field at first."""
        self.fields["amount_dong"].initial = self.dossier.fee_dong or None


class ConfirmPaymentForm(VerbForm):
    """How it was paid."""

    way = forms.ChoiceField(
        label=_("How it was paid"), choices=[(way, PAYMENTS[way].text) for way in ("cash", "online")]
    )


class WaivePaymentForm(WithReason):
    """Why, and on which ground in law."""

    legal = suggested_field(_("Legal ground, if there is one"), WAIVER_GROUNDS, name="legal", required=False)


class ApologyForm(VerbForm):
    """The new date and why."""

    new_due_on = forms.DateField(label=_("New date"), widget=DayInput())
    reason = reason_field(_("Reason, as it will stand in the letter"))

    def prepare(self) -> None:
        """The due date as the clock runs and five working days stand in the field at first."""
        now = clock().now()
        due_on = (due_as_it_runs(self.dossier, self.desk, now=now) or now).astimezone(LOCAL).date()
        self.fields["new_due_on"].initial = working_calendar().add_working_days(due_on, _USUAL_EXTENSION)
        self.fields["new_due_on"].widget.attrs["min"] = str(due_on + timedelta(days=1))


class RefusalForm(VerbForm):
    """The ground in law and the reason."""

    ground = suggested_field(_("Ground"), REFUSAL_GROUNDS, name="ground")
    reason = reason_field(_("Reason, as it will stand in the letter"))


class ApproveForm(VerbForm):
    """A note, if any."""

    note = forms.CharField(label=_("Note"), required=False, max_length=500)


class ResultForm(VerbForm):
    """What was decided, under which number, and the file with its signature."""

    takes_files = ("file",)
    summary = forms.CharField(label=_("Result, in a few words"), max_length=1000)
    number = forms.CharField(label=_("Number and sign"), required=False, max_length=100)
    issued_on = forms.DateField(label=_("Date of the document"), widget=DayInput(), required=False)
    signature = suggested_field(_("How it is signed"), SIGNATURES, name="signature", required=False)

    def prepare(self) -> None:
        """Dated today, unless said otherwise."""
        today: date = clock().now().astimezone(LOCAL).date()
        self.fields["issued_on"].initial = today
        self.fields["issued_on"].widget.attrs |= {"min": str(self.desk.numbered_on), "max": str(today)}


class ReturnForm(VerbForm):
    """How, and to whom."""

    way = forms.ChoiceField(
        label=_("Result is returned"), choices=[(code, label.text) for code, label in RETURN_WAYS.items()]
    )
    receiver = forms.CharField(label=_("Who takes it, if not the applicant"), required=False, max_length=200)

    def prepare(self) -> None:
        """As the applicant wished."""
        self.fields["way"].initial = self.desk.return_way


class AttachForm(VerbForm):
    """The file, and which paper of the checklist it is a scan of."""

    takes_files = ("file",)
    place = forms.TypedChoiceField(
        label=_("Paper of the checklist"), required=False, coerce=int, empty_value=None
    )

    def prepare(self) -> None:
        """The checklist of the dossier."""
        papers = [(paper["place"], paper["name"]) for paper in self.desk.papers]
        self.fields["place"].choices = [("", _("None of them")), *papers]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """The place goes with the file."""
        return {}


class LinkedForm(VerbForm):
    """Which procedure, in which office."""

    procedure_code = forms.CharField(label=_("Code of the procedure"), max_length=60)
    unit_code = unit_field(_("Responsible unit"))
    stops_clock = forms.BooleanField(
        label=_("This dossier's clock stands still until the linked one ends"), required=False
    )


FORMS: Final[Mapping[Verb, type[VerbForm]]] = {
    Verb.HAND_OVER: HandOverForm,
    Verb.ACCEPT: VerbForm,
    Verb.TAKE_BACK: VerbForm,
    Verb.SEND_BACK: WithReason,
    Verb.ASSIGN: AssignForm,
    Verb.CONSULT: ConsultForm,
    Verb.ANSWER: AnswerForm,
    Verb.ASK_SUPPLEMENT: SupplementForm,
    Verb.RECEIVE_SUPPLEMENT: ReceiveSupplementForm,
    Verb.LAPSE: VerbForm,
    Verb.ASK_PAYMENT: AskPaymentForm,
    Verb.CONFIRM_PAYMENT: ConfirmPaymentForm,
    Verb.WAIVE_PAYMENT: WaivePaymentForm,
    Verb.APOLOGISE: ApologyForm,
    Verb.STOP: EndingForm,
    Verb.WITHDRAW: EndingForm,
    Verb.REFUSE: RefusalForm,
    Verb.APPROVE: ApproveForm,
    Verb.ISSUE_RESULT: ResultForm,
    Verb.RETURN_RESULT: ReturnForm,
    Verb.REOPEN: WithReason,
    Verb.ATTACH: AttachForm,
    Verb.OPEN_LINKED: LinkedForm,
}
