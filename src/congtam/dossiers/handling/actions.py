"""The verbs as functions (thao tác gọi từ mã): ``hand_over(code, actor=…, version=…, note=…)``."""

from __future__ import annotations

from congtam.dossiers.handling import verbs
from congtam.dossiers.handling.machine import DeskAction

hand_over = DeskAction(verbs.HAND_OVER)
accept = DeskAction(verbs.ACCEPT)
take_back = DeskAction(verbs.TAKE_BACK)
send_back = DeskAction(verbs.SEND_BACK)
assign = DeskAction(verbs.ASSIGN)
consult = DeskAction(verbs.CONSULT)
answer = DeskAction(verbs.ANSWER)
request_supplement = DeskAction(verbs.REQUEST_SUPPLEMENT)
receive_supplement = DeskAction(verbs.RECEIVE_SUPPLEMENT)
lapse = DeskAction(verbs.LAPSE)
ask_payment = DeskAction(verbs.ASK_PAYMENT)
confirm_payment = DeskAction(verbs.CONFIRM_PAYMENT)
waive_payment = DeskAction(verbs.WAIVE_PAYMENT)
apologise = DeskAction(verbs.APOLOGISE)
stop = DeskAction(verbs.STOP)
withdraw = DeskAction(verbs.WITHDRAW)
cancel_receipt = DeskAction(verbs.CANCEL_RECEIPT)
refuse = DeskAction(verbs.REFUSE)
approve = DeskAction(verbs.APPROVE)
issue_result = DeskAction(verbs.ISSUE_RESULT)
return_result = DeskAction(verbs.RETURN_RESULT)
reopen = DeskAction(verbs.REOPEN)
attach = DeskAction(verbs.ATTACH)
open_linked = DeskAction(verbs.OPEN_LINKED)
