"""The action of each verb a person may perform (thao tác trên hồ sơ)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from congtam.dossiers.domain.lifecycle import Verb
from congtam.dossiers.handling import (
    consultations,
    endings,
    hand_overs,
    linked,
    papers,
    payments,
    results,
    supplements,
)
from congtam.dossiers.models import Dossier

ACTIONS: Final[Mapping[Verb, Callable[..., Dossier]]] = {
    Verb.HAND_OVER: hand_overs.hand_over,
    Verb.ACCEPT: hand_overs.accept,
    Verb.TAKE_BACK: hand_overs.take_back,
    Verb.SEND_BACK: hand_overs.send_back,
    Verb.ASSIGN: hand_overs.assign,
    Verb.CONSULT: consultations.consult,
    Verb.ANSWER: consultations.answer,
    Verb.ASK_SUPPLEMENT: supplements.ask_supplement,
    Verb.RECEIVE_SUPPLEMENT: supplements.receive_supplement,
    Verb.LAPSE: supplements.lapse,
    Verb.ASK_PAYMENT: payments.ask_payment,
    Verb.CONFIRM_PAYMENT: payments.confirm_payment,
    Verb.WAIVE_PAYMENT: payments.waive_payment,
    Verb.APOLOGISE: endings.apologise,
    Verb.STOP: endings.stop,
    Verb.WITHDRAW: endings.withdraw,
    Verb.REFUSE: endings.refuse,
    Verb.REOPEN: endings.reopen,
    Verb.APPROVE: results.approve,
    Verb.ISSUE_RESULT: results.issue_result,
    Verb.RETURN_RESULT: results.return_result,
    Verb.OPEN_LINKED: linked.open_linked,
    Verb.ATTACH: papers.attach,
}
