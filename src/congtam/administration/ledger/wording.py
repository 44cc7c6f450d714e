"""What the verbs and subjects of the ledger are called (diễn giải thao tác trong nhật ký)."""

from __future__ import annotations

from django.utils.translation import gettext

from congtam.administration.ledger.verb_names import KINDS, VERBS
from congtam.foundation.lifecycle import done_text


def verb_text(verb: str) -> str:
    """The verb in words: those of its life cycle, or those of other records; else the verb itself."""
    kind, _dot, code = verb.partition(".")
    if (words := done_text(kind, code)) is not None:
        return gettext(words)
    return str(VERBS.get(verb, verb))


def kind_text(kind: str) -> str:
    """What a line is about, in words; else the code itself."""
    return str(KINDS.get(kind, kind))
