"""The forms of subscriptions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from congtam.webhooks.delivering import TOPICS
from congtam.webhooks.targets import LONGEST

TOPIC_LABELS = {
    "dossiers.changed": _("Every change of a dossier"),
    "dossiers.filing_changed": _("Every change of an online filing"),
}


class WebhookForm(forms.Form):
    """What to be told of, and where."""

    name = forms.CharField(label=_("Receiving system"), max_length=100)
    url = forms.CharField(
        label=_("Address"),
        max_length=LONGEST,
        help_text=_("Messages are sent to this address by POST, signed with a secret that is shown once."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=[(topic, TOPIC_LABELS[topic]) for topic in TOPICS],
        initial=list(TOPICS),
        widget=forms.CheckboxSelectMultiple,
    )
    unit_code = forms.CharField(
        label=_("Unit code"),
        max_length=40,
        required=False,
        help_text=_("This unit and all units below it; leave empty for all."),
    )


class HostForm(forms.Form):
    """A host to be allowed."""

    host = forms.CharField(label=_("External host"), max_length=255)
    may_be_private = forms.BooleanField(
        label=_("Allow a private address (inside our own network)"), required=False
    )
