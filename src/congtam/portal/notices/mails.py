"""The mails to applicants (thư thông báo): what happened, what it means, what to do, until when, and where.

One template for each mail, ``portal/mails/<key>.txt``; the key is what a verb or an event of a dossier declares as
``notify``. Of a change without a key the mail of the new state is sent. A mail names offices, days and
amounts; it never names the person, the matter or a bank account, and asks for nothing.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import select_template
from django.urls import reverse
from django.utils import translation

from congtam.dossiers.applicant.public import MailFacts, mail_facts
from congtam.foundation.notify import Notification, NotificationText
from congtam.org_units.public import unit_name
from congtam.payments.public import ONLINE_PAYMENT


def render_mail(notification: Notification) -> NotificationText:
    """Subject and body, in plain Vietnamese text, true as the dossier stands now."""
    key, state = notification.data["key"], notification.data["state"]
    names = (f"portal/mails/{name}.txt" for name in (key, f"state.{state}", "news"))
    template, code = select_template(list(names)), notification.subject_code
    context = _mail_context(code, mail_facts(code), state)
    with translation.override("vi"):
        what = _unwrap_text(template.render({**context, "part": "what"}))
        subject = _unwrap_text(template.render({**context, "part": "subject", "what": what}))
        body = _unwrap_text(template.render({**context, "part": "body", "what": what}))
    return NotificationText(subject=subject, body=body)


def _mail_context(code: str, facts: MailFacts | None, state: str) -> dict[str, Any]:
    return {
        "code": code,
        "facts": facts,
        "is_superseded": facts is None or facts.state != state,
        "link": f"{settings.CONGTAM_SITE_URL}{reverse('portal:lookup')}?{urlencode({'code': code})}",
        "office": unit_name(facts.unit_code) if facts else "",
        "counter_office": unit_name(facts.counter_unit_code) if facts else "",
        "can_pay_online": facts is not None and any(ONLINE_PAYMENT.url(each) for each in facts.request_codes),
    }


def _unwrap_text(text: str) -> str:
    """The text as a mail has it: a line for each paragraph, and an empty line between them."""
    paragraphs = (" ".join(part.split()) for part in text.split("¶"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
