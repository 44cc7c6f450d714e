"""What the verbs of the ledger are called (diễn giải thao tác trong nhật ký)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congtam.foundation.lifecycle import done_text

_VERBS: Final[Mapping[str, Any]] = {
    "account.opened": _("Account opened"),
    "account.closed": _("Account locked"),
    "token.issued": _("API token created"),
    "token.revoked": _("API token revoked"),
    "ledger.searched": _("Ledger searched"),
    "ledger.exported": _("Ledger exported"),
    "outbox.retried": _("Message tried again"),
    "outbox.given_up": _("Message given up"),
    "mail.retried": _("E-mail sent again"),
    "mail.given_up": _("E-mail given up"),
    "job.retried": _("Job run again"),
    "job.given_up": _("Job given up"),
    "backup.noted": _("Backup recorded"),
    "agency_code.set": _("Agency code set"),
    "number_rule.set": _("Rule of dossier numbers set"),
    "file.forgotten": _("Unused file removed"),
}


def verb_text(verb: str) -> str:
    """The verb in words: those of its life cycle, or those above; else the verb itself."""
    kind, _dot, code = verb.partition(".")
    if (words := done_text(kind, code)) is not None:
        return gettext(words)
    return str(_VERBS.get(verb, verb))
