"""The mails to applicants (thư thông báo): what happened, what it means, what to do, until when, and where.

A mail names offices, days and amounts; it never names the person, the matter or a bank account, and asks for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congtam.dossiers.public import MailFacts, State, mail_facts
from congtam.org_units.public import unit_name
from congtam.payments.public import payment_link
from congtam.portal.models import Notice
from congtam.ui.public import dong, instant

Words = str | Promise

SUBJECTS: Final[Mapping[str, Words]] = {
    "filing.submitted": _("We have your application"),
    "filing.declined": _("Your application was not taken in"),
    "supplement.declined": _("The papers you sent are not enough yet"),
    "received": _("received"),
    "ask_supplement": _("further papers are needed"),
    "receive_supplement": _("further papers received"),
    "lapse": _("ended, because the papers did not come"),
    "ask_payment": _("a fee must be paid"),
    "confirm_payment": _("payment received"),
    "waive_payment": _("the fee need not be paid any more"),
    "note_payment": _("news about the fee"),
    "apologise": _("apology and new date for the result"),
    "recomputed": _("new date for the result"),
    "supplement_recomputed": _("longer time to hand in the papers"),
    "stop": _("handling was stopped"),
    "withdraw": _("withdrawn at your wish"),
    "refuse": _("not accepted"),
    "issue_result": _("the result is ready"),
    "return_result": _("the result was returned"),
    "reopen": _("taken up again"),
}
_BY_STATE: Final[Mapping[str, Words]] = {
    State.IN_PROGRESS: _("is being handled"),
    State.FINISHED: _("the result is ready"),
    State.RETURNED: _("the result was returned"),
}
Said = Callable[[MailFacts], Iterator[str]]


def mail_of(notice: Notice) -> EmailMessage:
    """The mail, in plain Vietnamese text."""
    with translation.override("vi"):
        subject = gettext("Dossier {code}: {what}").format(code=notice.dossier_code, what=_subject(notice))
        body = "\n\n".join(_paragraphs(notice))
    domain = settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].strip("> ")
    return EmailMessage(
        subject=subject,
        body=body,
        to=[notice.recipient],
        headers={"Message-ID": f"<notice-{notice.pk}@{domain}>", "Auto-Submitted": "auto-generated"},
    )


def _subject(notice: Notice) -> str:
    return str(SUBJECTS.get(notice.verb) or _BY_STATE.get(notice.dossier_state) or gettext("there is news"))


def _paragraphs(notice: Notice) -> Iterator[str]:
    facts = mail_facts(notice.dossier_code)
    yield gettext("Dear Sir or Madam,")
    yield " ".join(_news(notice, facts))
    yield gettext("Look it up, with all letters and dates: {link}").format(link=_look_up(notice))
    yield gettext(
        "You need the dossier code and the look-up code on your slip. We never ask for them by e-mail."
    )
    if facts is not None:
        yield unit_name(facts.unit_code)
    yield gettext("This message was sent automatically; please do not answer it.")


def _news(notice: Notice, facts: MailFacts | None) -> Iterator[str]:
    """What happened; of a dossier that went on since, no more than that."""
    if facts is None or (facts.state != notice.dossier_state and notice.verb not in _WHATEVER_STATE):
        yield gettext("Dossier {code}: {what}.").format(code=notice.dossier_code, what=_subject(notice))
        yield gettext("Since then there has been further news.") if facts else ""
        return
    say = SAID.get(notice.verb) or _IN_STATE.get(notice.dossier_state, _handled)
    for sentence in say(facts):
        yield sentence.replace("{code}", notice.dossier_code)


def _look_up(notice: Notice) -> str:
    query = urlencode({"code": notice.dossier_code})
    return f"{settings.CONGTAM_SITE_URL}{reverse('portal:lookup')}?{query}"


def _counter(facts: MailFacts) -> str:
    return gettext("the one-stop shop of {office}").format(office=unit_name(facts.counter_unit_code))


def _until(facts: MailFacts) -> Iterator[str]:
    if facts.due_at:
        yield gettext("You get the result by {due}.").format(due=instant(facts.due_at))


def _filed(facts: MailFacts) -> Iterator[str]:
    yield gettext("Your application {code} has reached {office}.").format(
        code="{code}", office=unit_name(facts.unit_code)
    )
    if facts.answer_due_at:
        yield gettext(
            "By {until} it is taken in, with a number and a date for the result, or you learn what is missing."
        ).format(until=instant(facts.answer_due_at))


def _declined(_facts: MailFacts) -> Iterator[str]:
    yield gettext("Your application {code} was not taken in. The reason stands at the address below.")
    yield gettext("You may mend it and send it again.")


def _received(facts: MailFacts) -> Iterator[str]:
    if facts.filing_code:
        yield gettext("Your application {filing} was taken in; it is now dossier {code}.").format(
            filing=facts.filing_code, code="{code}"
        )
        yield gettext("The look-up code stays the same.")
    else:
        yield gettext("Dossier {code} was received on {at} at {counter}.").format(
            code="{code}", at=instant(facts.received_at), counter=_counter(facts)
        )
    yield from _until(facts)
    if facts.owed_dong:
        yield from _how_to_pay(facts)


def _handled(facts: MailFacts) -> Iterator[str]:
    yield gettext("Dossier {code} is being handled by {office}. You need do nothing.").format(
        code="{code}", office=unit_name(facts.unit_code)
    )
    yield from _until(facts)


def _supplement(facts: MailFacts) -> Iterator[str]:
    yield gettext("For dossier {code} further papers are needed; which ones, stands at the address below.")
    if facts.supplement_due_at:
        yield gettext("Hand them in by {until}, there or at {counter}; otherwise the dossier ends.").format(
            until=instant(facts.supplement_due_at), counter=_counter(facts)
        )
    yield gettext("Until the papers are here the time for handling stands still.")


def _not_enough(facts: MailFacts) -> Iterator[str]:
    yield gettext(
        "The papers you sent for dossier {code} are not enough yet; why, stands at the address below."
    )
    if facts.supplement_due_at:
        yield gettext("You may send them again until {until}.").format(until=instant(facts.supplement_due_at))


def _supplemented(_facts: MailFacts) -> Iterator[str]:
    yield gettext("The further papers for dossier {code} are here; the time for handling runs on.")
    yield from _until(_facts)


def _pay(facts: MailFacts) -> Iterator[str]:
    yield gettext("For dossier {code} a fee must be paid; until then the time for handling stands still.")
    yield from _how_to_pay(facts)


def _how_to_pay(facts: MailFacts) -> Iterator[str]:
    yield gettext("To pay: {amount}.").format(amount=dong(facts.owed_dong))
    ways = {
        True: _("Pay online or by the QR code at the address below, or in cash at {counter}."),
        False: _("Pay by the QR code at the address below, where there is one, or in cash at {counter}."),
    }
    is_online = any(payment_link(code) for code in facts.request_codes)
    yield str(ways[is_online]).format(counter=_counter(facts))
    yield gettext("Never pay to an account that was sent to you by e-mail or telephone.")


def _paid(facts: MailFacts) -> Iterator[str]:
    yield gettext("The fee of dossier {code} has been paid. Thank you.")
    if facts.state == State.IN_PROGRESS:
        yield from _until(facts)


def _waived(facts: MailFacts) -> Iterator[str]:
    yield gettext("The fee that was asked for in dossier {code} need not be paid any more; handling goes on.")
    yield from _until(facts)


def _fee_news(_facts: MailFacts) -> Iterator[str]:
    yield gettext("The fee of dossier {code} was paid, cancelled or given back; see the address below.")


def _put_off(facts: MailFacts) -> Iterator[str]:
    yield gettext("Dossier {code} could not be finished in time; we apologise.")
    yield from _new_date(facts)


def _recomputed(facts: MailFacts) -> Iterator[str]:
    yield gettext("The date of dossier {code} was worked out anew because the days off changed.")
    yield from _new_date(facts)


def _longer(facts: MailFacts) -> Iterator[str]:
    yield gettext(
        "The days off changed: there is longer to hand in the papers of dossier {code}, listed at the address below."
    )
    if facts.supplement_due_at:
        yield gettext("Hand them in by {until}, there or at {counter}; otherwise the dossier ends.").format(
            until=instant(facts.supplement_due_at), counter=_counter(facts)
        )


def _new_date(facts: MailFacts) -> Iterator[str]:
    if facts.due_at:
        yield gettext("The new date for the result: {due}.").format(due=instant(facts.due_at))


def _ended(text: Words) -> Said:
    def say(_facts: MailFacts) -> Iterator[str]:
        yield str(text)
        yield gettext("The letter with the reason, and what you can do, stands at the address below.")

    return say


def _withdrawn(_facts: MailFacts) -> Iterator[str]:
    yield gettext("Dossier {code} was withdrawn at your wish. Nobody works on it any more.")


def _ready(facts: MailFacts) -> Iterator[str]:
    ways = {
        "desk": _("Fetch it at {counter}; bring your slip and your identity card."),
        "post": _("It is sent to you by public post."),
        "online": _("You will find it at the address below as soon as it is returned."),
    }
    yield gettext("The result of dossier {code} is ready.")
    yield str(ways.get(facts.return_way, ways["desk"])).format(counter=_counter(facts))
    if facts.owed_dong:
        yield from _how_to_pay(facts)


def _returned(_facts: MailFacts) -> Iterator[str]:
    yield gettext("The result of dossier {code} was returned to you.")
    yield gettext("Please tell us how you were served: rate it at the address below.")


def _again(facts: MailFacts) -> Iterator[str]:
    yield gettext("Dossier {code} was taken up again; it is handled by {office}.").format(
        code="{code}", office=unit_name(facts.unit_code)
    )
    yield from _until(facts)


SAID: Final[Mapping[str, Said]] = {
    "filing.submitted": _filed,
    "filing.declined": _declined,
    "supplement.declined": _not_enough,
    "received": _received,
    "ask_supplement": _supplement,
    "receive_supplement": _supplemented,
    "lapse": _ended(_("Dossier {code} has ended, because the further papers did not come in time.")),
    "ask_payment": _pay,
    "confirm_payment": _paid,
    "waive_payment": _waived,
    "note_payment": _fee_news,
    "apologise": _put_off,
    "recomputed": _recomputed,
    "supplement_recomputed": _longer,
    "stop": _ended(_("Handling of dossier {code} was stopped.")),
    "withdraw": _withdrawn,
    "refuse": _ended(_("Dossier {code} was not accepted.")),
    "issue_result": _ready,
    "return_result": _returned,
    "reopen": _again,
}
_IN_STATE: Final[Mapping[str, Said]] = {State.FINISHED: _ready, State.RETURNED: _returned}
_WHATEVER_STATE: Final = frozenset({"confirm_payment", "note_payment"})
"""News that stays true when the dossier has gone on."""
