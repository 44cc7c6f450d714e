"""The verbs of the desk (thao tác trên hồ sơ): one file each, collected here in the order of the docs and the API."""

from typing import Final

from congtam.dossiers.handling.verbs.accept import ACCEPT
from congtam.dossiers.handling.verbs.answer import ANSWER
from congtam.dossiers.handling.verbs.apologise import APOLOGISE
from congtam.dossiers.handling.verbs.approve import APPROVE
from congtam.dossiers.handling.verbs.ask_payment import ASK_PAYMENT
from congtam.dossiers.handling.verbs.assign import ASSIGN
from congtam.dossiers.handling.verbs.attach import ATTACH
from congtam.dossiers.handling.verbs.cancel_receipt import CANCEL_RECEIPT
from congtam.dossiers.handling.verbs.confirm_payment import CONFIRM_PAYMENT
from congtam.dossiers.handling.verbs.consult import CONSULT
from congtam.dossiers.handling.verbs.hand_over import HAND_OVER
from congtam.dossiers.handling.verbs.issue_result import ISSUE_RESULT
from congtam.dossiers.handling.verbs.lapse import LAPSE
from congtam.dossiers.handling.verbs.note_payment import NOTE_PAYMENT
from congtam.dossiers.handling.verbs.open_linked import OPEN_LINKED
from congtam.dossiers.handling.verbs.receive_supplement import RECEIVE_SUPPLEMENT
from congtam.dossiers.handling.verbs.refuse import REFUSE
from congtam.dossiers.handling.verbs.reopen import REOPEN
from congtam.dossiers.handling.verbs.request_supplement import REQUEST_SUPPLEMENT
from congtam.dossiers.handling.verbs.resume import RESUME
from congtam.dossiers.handling.verbs.return_result import RETURN_RESULT
from congtam.dossiers.handling.verbs.send_back import SEND_BACK
from congtam.dossiers.handling.verbs.stop import STOP
from congtam.dossiers.handling.verbs.take_back import TAKE_BACK
from congtam.dossiers.handling.verbs.waive_payment import WAIVE_PAYMENT
from congtam.dossiers.handling.verbs.withdraw import WITHDRAW

VERBS: Final = (
    HAND_OVER,
    ACCEPT,
    TAKE_BACK,
    SEND_BACK,
    ASSIGN,
    CONSULT,
    ANSWER,
    REQUEST_SUPPLEMENT,
    RECEIVE_SUPPLEMENT,
    LAPSE,
    ASK_PAYMENT,
    CONFIRM_PAYMENT,
    WAIVE_PAYMENT,
    NOTE_PAYMENT,
    APOLOGISE,
    STOP,
    WITHDRAW,
    CANCEL_RECEIPT,
    REFUSE,
    APPROVE,
    ISSUE_RESULT,
    RETURN_RESULT,
    REOPEN,
    ATTACH,
    OPEN_LINKED,
    RESUME,
)

__all__ = [
    "ACCEPT",
    "ANSWER",
    "APOLOGISE",
    "APPROVE",
    "ASK_PAYMENT",
    "ASSIGN",
    "ATTACH",
    "CANCEL_RECEIPT",
    "CONFIRM_PAYMENT",
    "CONSULT",
    "HAND_OVER",
    "ISSUE_RESULT",
    "LAPSE",
    "NOTE_PAYMENT",
    "OPEN_LINKED",
    "RECEIVE_SUPPLEMENT",
    "REFUSE",
    "REOPEN",
    "REQUEST_SUPPLEMENT",
    "RESUME",
    "RETURN_RESULT",
    "SEND_BACK",
    "STOP",
    "TAKE_BACK",
    "VERBS",
    "WAIVE_PAYMENT",
    "WITHDRAW",
]
