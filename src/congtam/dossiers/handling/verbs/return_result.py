"""Returning the result to the applicant (trả kết quả)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal

from django import forms
from django.utils.translation import gettext_lazy as _

from congtam.dossiers.domain.states import State
from congtam.dossiers.handling.bodies import VerbBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.counter import find_at_counter
from congtam.dossiers.handling.declaring import transitions_to_state
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.intake.rest.receipts import ShortText
from congtam.dossiers.record.domain.issued_result import IssuedResult
from congtam.dossiers.record.free_text import clean_text
from congtam.dossiers.record.labels import RETURN_WAYS
from congtam.dossiers.steps.stepping import end_step
from congtam.foundation.public import Role
from congtam.kernel.errors import InputRefused, Problem, msgid


class ReturnResultBody(VerbBody):
    """How it was given to the applicant."""

    way: Literal["desk", "post", "online"]
    receiver: ShortText = ""


class ReturnResultForm(VerbForm):
    """How, and to whom."""

    way = forms.ChoiceField(
        label=_("Return of the result"), choices=[(code, label.text) for code, label in RETURN_WAYS.items()]
    )
    receiver = forms.CharField(label=_("Collected by (if not the applicant)"), required=False, max_length=200)

    def prepare(self) -> None:
        """As the applicant wished."""
        self.fields["way"].initial = self.desk.return_way


def return_result(change: DossierChange, *, way: str, receiver: str = "") -> None:
    """Return the result: fetched at the desk, sent by post or online (trả kết quả)."""
    if way not in RETURN_WAYS:
        message = msgid("Choose whether the result is returned at the desk, by post or online.")
        raise InputRefused([Problem(code="return_way_unknown", message=message, column="way")])
    taker = clean_text(receiver, column="receiver", longest=500)
    end_step(change, "done")
    change.dossier.returned_at = change.now
    change.desk.return_way = way
    result = IssuedResult.parse(change.desk.result)
    change.desk.result = replace(result, content=replace(result.content, receiver=taker)).serialize()
    change.clear_assignment()
    change.data |= {"way": way}


RETURN_RESULT: Final = DeskVerb(
    code="return_result",
    name=msgid("Return the result"),
    lead=msgid("The applicant has received the result; the dossier is closed."),
    done=msgid("Result returned to the applicant"),
    icon="circle-check",
    style="primary",
    order=50,
    transitions=transitions_to_state([State.FINISHED], State.RETURNED),
    roles=(Role.CLERK,),
    also_reached=find_at_counter,
    apply=return_result,
    body=ReturnResultBody,
    form=ReturnResultForm,
    notify="return_result",
    bulk=4,
)
