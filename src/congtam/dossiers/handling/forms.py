"""The form of a verb (biểu mẫu thao tác): it asks what the action needs; a verb's own form stands in its file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.models import DeskRecord, Dossier
from congtam.dossiers.record.desk_queries import is_parent_ended
from congtam.dossiers.record.domain.receipt import AttachedFile
from congtam.dossiers.record.web.fields import UnitField, reason_field
from congtam.kernel.errors import msgid

PARENT_GONE = (
    "Hồ sơ liên thông gốc đã kết thúc mà không có kết quả nên không còn căn cứ giải quyết hồ sơ này."
)
"""Why a dossier is ended whose parent ended without a result."""


class VerbForm(forms.Form):
    """A verb that asks nothing. ``arguments`` are those of the action."""

    takes_files: ClassVar[tuple[str, ...]] = ()
    """The field of the files: ``file`` for one, ``files`` for several."""
    file_label: ClassVar[str] = ""
    """What the file is, a msgid; empty where it may be anything."""
    has_papers: ClassVar[bool] = False
    corrects_form: ClassVar[bool] = False
    shows_fees: ClassVar[bool] = False
    """Whether the page lists what is to be taken."""
    shows_result: ClassVar[bool] = False
    """Whether the page links to the result that is attached: nobody decides on what they have not read."""
    slip: ClassVar[str] = ""
    """The paper that is printed after doing it with many dossiers."""

    def __init__(self, *args: Any, dossier: Dossier, desk: DeskRecord, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier, self.desk = dossier, desk
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the dossier."""

    def arguments(self) -> dict[str, Any]:
        """What the action is called with."""
        return dict(self.cleaned_data)

    def file_arguments(self, files: Sequence[AttachedFile]) -> dict[str, Any]:
        """The files as the action takes them: several, or the last one, if there is one."""
        if self.takes_files == ("files",):
            return {"files": tuple(files)}
        return {"file": files[-1] if files else None} if self.takes_files else {}

    @property
    def suggestion_lists(self) -> list[tuple[str, tuple[str, ...]]]:
        """The words offered beside free text."""
        return [
            suggestions
            for field in self.fields.values()
            if (suggestions := getattr(field, "suggestions", None))
        ]

    @property
    def asks_unit(self) -> bool:
        """Whether the list of all units stands beside a field."""
        return any(isinstance(field, UnitField) for field in self.fields.values())


def build_verb_form(verb: DeskVerb, dossier: Dossier, desk: DeskRecord, *, posted: Any = None) -> VerbForm:
    """The form of a verb that has one, for one dossier."""
    form_class: type[VerbForm] = verb.form or VerbForm
    return form_class(posted, dossier=dossier, desk=desk)


class ReasonForm(VerbForm):
    """A verb that needs a reason."""

    reason = reason_field(_("Reason"))


class EndingForm(ReasonForm):
    """Why it ends, and the applicant's request; where the dossier it was opened for ended without a result, that stands
    in the field at first.
    """

    takes_files = ("file",)
    file_label = msgid("The applicant's request (signed paper or message)")

    def prepare(self) -> None:
        """The letter is Vietnamese, whoever writes it, and names no dossier of another office."""
        if is_parent_ended(self.dossier, self.desk):
            self.fields["reason"].initial = PARENT_GONE

    def file_arguments(self, files: Sequence[AttachedFile]) -> dict[str, Any]:
        """The request that was sent with the form."""
        return {"request": files[-1] if files else None}
