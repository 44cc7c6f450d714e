"""Deciding, issuing the result and returning it (phê duyệt, ban hành kết quả, trả kết quả)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from congtam.dossiers.domain.lifecycle import Verb
from congtam.dossiers.handling.assignment import HandledBySame, has_handled
from congtam.dossiers.handling.changing import changing
from congtam.dossiers.handling.papers import add_files
from congtam.dossiers.models import Dossier
from congtam.dossiers.record.domain.receipt import Attached
from congtam.dossiers.record.reasons import noted, said
from congtam.dossiers.steps.stepping import end_step, open_step
from congtam.foundation.public import Actor
from congtam.kernel.clock import LOCAL
from congtam.kernel.errors import InputRefused, Problem, msgid

RETURN_WAYS = ("desk", "post", "online")


def approve(code: str, *, actor: Actor, note: str = "", version: int | None = None) -> Dossier:
    """Decide that the result is to be issued (phê duyệt); who handled the dossier may not."""
    written = noted(note)
    with changing(code, Verb.APPROVE, actor=actor, version=version) as change:
        if has_handled(change.dossier, actor):
            raise HandledBySame(dossier=code)
        change.desk.decided_at, change.desk.decided_by = change.now, actor.username
        if written and (step := open_step(change.dossier)):
            step.attributes = {**step.attributes, "approval_note": written}
            step.save(update_fields=["attributes"])
    return change.dossier


def issue_result(
    code: str,
    *,
    summary: str,
    actor: Actor,
    number: str = "",
    issued_on: date | None = None,
    file: Attached | None = None,
    signature: str = "",
    version: int | None = None,
) -> Dossier:
    """Issue the result: handling ends, the one-stop returns it (ban hành kết quả).

    ``signature`` says in words how the file is signed.
    """
    told = {
        "summary": said(summary, column="summary"),
        "number": noted(number, column="number", longest=200),
        "signature": noted(signature, column="signature"),
    }
    with changing(code, Verb.ISSUE_RESULT, actor=actor, version=version) as change:
        today = change.now.astimezone(LOCAL).date()
        if issued_on and not change.desk.numbered_on <= issued_on <= today:
            message = msgid("The result must bear a date from the day of receipt until today.")
            raise InputRefused([Problem(code="issued_on_impossible", message=message, column="issued_on")])
        change.desk.result = {
            **told,
            "issued_on": (issued_on or today).isoformat(),
            "digest": file.digest if file else "",
            "name": file.name if file else "",
        }
        change.dossier.result_digitised = file is not None
        if file:
            add_files(change, [replace(file, kind="result")])
        change.data |= {"number": told["number"], "file": file.digest if file else ""}
    return change.dossier


def return_result(
    code: str, *, way: str, actor: Actor, receiver: str = "", version: int | None = None
) -> Dossier:
    """Return the result: fetched at the desk, sent by post or online (trả kết quả)."""
    if way not in RETURN_WAYS:
        message = msgid("A result is returned at the desk, by post or online.")
        raise InputRefused([Problem(code="return_way_unknown", message=message, column="way")])
    taker = noted(receiver, column="receiver", longest=500)
    with changing(code, Verb.RETURN_RESULT, actor=actor, version=version) as change:
        end_step(change, "done")
        change.dossier.returned_at = change.now
        change.desk.return_way = way
        change.desk.result = {**change.desk.result, "receiver": taker}
        change.idle()
        change.data |= {"way": way}
    return change.dossier
