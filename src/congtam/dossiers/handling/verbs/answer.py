"""Recording the answer of another office (trả lời lấy ý kiến)."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from congtam.dossiers.domain.states import OPEN, SuspensionGround
from congtam.dossiers.handling.bodies import VerbBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.declaring import HANDLING, identity_transitions
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.subject import DeskVerb, HandledDossier
from congtam.dossiers.intake.rest.receipts import LongText
from congtam.dossiers.models import LetterKind
from congtam.dossiers.record.free_text import require_text
from congtam.dossiers.record.web.fields import reason_field
from congtam.foundation.lifecycle import Obstacle
from congtam.kernel.errors import DomainError, msgid


class NoOpenConsultation(DomainError):
    """No consultation is waiting for an answer."""

    code = "dossiers.no_open_consultation"
    message = msgid("No consultation on dossier {dossier} is waiting for an answer.")


class AnswerBody(VerbBody):
    """The answer to a question, by the sequence of its letter."""

    letter: int
    text: LongText


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


def must_have_open_consultation(subject: HandledDossier) -> Obstacle:
    """Some office was asked and has not answered."""
    return None if subject.open_consultations else NoOpenConsultation


def answer(change: DossierChange, *, letter: int, text: str) -> None:
    """Record the answer to a question, by its sequence within the dossier (trả lời lấy ý kiến)."""
    written = require_text(text, column="text")
    question = next((each for each in change.subject.open_consultations if each.sequence == letter), None)
    if question is None:
        raise NoOpenConsultation(dossier=change.dossier.code)
    question.answered_at, question.answered_by = change.now, change.actor.username
    question.answer = {"text": written}
    question.save(update_fields=["answered_at", "answered_by", "answer"])
    change.start_clock(ground=SuspensionGround.OTHER_OFFICE, note=question.number)
    change.data |= {"letter": question.number}


ANSWER: Final = DeskVerb(
    code="answer",
    name=msgid("Record the answer"),
    lead=msgid("Enter the answer of the consulted office."),
    done=msgid("Answer recorded"),
    icon="clipboard-list",
    order=130,
    transitions=identity_transitions(OPEN),
    roles=HANDLING,
    guards=(must_have_open_consultation,),
    apply=answer,
    body=AnswerBody,
    form=AnswerForm,
)
