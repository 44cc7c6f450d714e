"""The forms of the page of posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from congtam.org_units.domain.signing import ANY_MATTER, Authority
from congtam.org_units.models import Appointment, Post, SigningPower
from congtam.org_units.posts.actions import InclusivePeriod
from congtam.org_units.posts.queries import PostOnDay
from congtam.ui.public import DayInput

AUTHORITIES: Final = {
    Authority.OWN: _("In its own right"),
    Authority.COLLECTIVE: _("On behalf of the collective (TM.)"),
    Authority.DEPUTY: _("For the head, as deputy (KT.)"),
    Authority.BY_ORDER: _("By order (TL.)"),
    Authority.AUTHORISED: _("By authorisation (TUQ.)"),
}
MATTERS: Final = {
    ANY_MATTER: _("Everything"),
    "documents": _("Official documents"),
    "dossier_results": _("Results of dossiers"),
    "inspection_conclusions": _("Inspection conclusions"),
}


class PeriodForm(forms.Form):
    """A first and a last day; without a last day it is open."""

    since = forms.DateField(label=_("First day"), widget=DayInput())
    until = forms.DateField(label=_("Last day"), required=False, widget=DayInput())

    @property
    def period(self) -> InclusivePeriod:
        """The period as the actions take it."""
        return InclusivePeriod(since=self.cleaned_data["since"], until=self.cleaned_data["until"])


class PostForm(PeriodForm):
    """A new post."""

    name = forms.CharField(label=_("Post"), max_length=200)
    code = forms.SlugField(
        label=_("Code"), max_length=50, help_text=_("Lower-case letters, digits and hyphens.")
    )
    is_head = forms.BooleanField(label=_("Head of the unit"), required=False)
    field_order = ("name", "code", "is_head", "since", "until")


class _OfPost(PeriodForm):
    """An entry about one of the posts of the unit; rests on a document."""

    post = forms.ChoiceField(label=_("Post"))
    legal_source = forms.CharField(label=_("Document (number, date)"), max_length=300)

    def __init__(self, *args: Any, posts: Sequence[PostOnDay], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.post.code, each.post.name) for each in posts]
        self.fields["post"].choices = choices  # type: ignore[attr-defined]
        if "granted_by" in self.fields:
            self.fields["granted_by"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]


class AppointmentForm(_OfPost):
    """Who holds a post."""

    person_name = forms.CharField(label=_("Person"), max_length=200)
    username = forms.CharField(label=_("Account (if any)"), max_length=150, required=False)
    field_order = ("post", "person_name", "username", "since", "until", "legal_source")


class PowerForm(_OfPost):
    """What a post may sign."""

    matter = forms.ChoiceField(label=_("What is signed"), choices=list(MATTERS.items()))
    authority = forms.ChoiceField(
        label=_("Signs as"), choices=[(each.value, label) for each, label in AUTHORITIES.items()]
    )
    granted_by = forms.ChoiceField(label=_("Power granted by"), required=False)
    field_order = ("post", "matter", "authority", "granted_by", "since", "until", "legal_source")


class EndForm(forms.Form):
    """What ends, and with which day."""

    entry = forms.ChoiceField(label=_("Item to end"))
    last_day = forms.DateField(label=_("Last day"), widget=DayInput())
    legal_source = forms.CharField(label=_("Document (number, date)"), max_length=300)

    def __init__(self, *args: Any, posts: Sequence[PostOnDay], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = {key: entry for each in posts for key, _label, entry in _endable_entries(each)}
        labels = [(key, label) for each in posts for key, label, _entry in _endable_entries(each)]
        self.fields["entry"].choices = labels  # type: ignore[attr-defined]

    @property
    def chosen_entry(self) -> Post | Appointment | SigningPower:
        """The entry that was chosen."""
        return self.entries[self.cleaned_data["entry"]]


def _endable_entries(post_on_day: PostOnDay) -> Iterator[tuple[str, str, Post | Appointment | SigningPower]]:
    """Key, label and row of everything about a post that can end."""
    post, holder = post_on_day.post, post_on_day.holder
    yield f"post/{post.code}", post.name, post
    if holder:
        yield f"appointment/{post.code}", f"{post.name}: {holder.person_name}", holder
    for power in post_on_day.powers:
        matter = MATTERS.get(power.matter, power.matter)
        label = f"{post.name}: {matter} · {AUTHORITIES[Authority(power.authority)]}"
        yield f"power/{post.code}/{power.matter}/{power.authority}", label, power
