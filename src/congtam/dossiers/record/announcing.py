"""Telling others what happened to a dossier (thông báo thay đổi): one message, one line in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from congtam.dossiers.models import Dossier
from congtam.dossiers.record.digests import person_of
from congtam.dossiers.record.domain.rows import is_former
from congtam.dossiers.record.seals import ERASED_EDITION, keyed_former_digest, seals
from congtam.foundation import lifecycle
from congtam.foundation.lifecycle import ChangeNotice
from congtam.foundation.person_keys import PersonErased, keys_of
from congtam.foundation.public import Actor
from congtam.foundation.sealing import SEAL

KIND: Final = "dossier"
TOPIC: Final = "dossiers.changed"
ERASED_VERB: Final = "person_erased"


def announce(
    dossier: Dossier,
    verb: str,
    *,
    actor: Actor,
    data: Mapping[str, Any] | None = None,
    before: str = "",
    seal: str = "",
) -> None:
    """Publish the change and append it to the ledger; the last thing an action does, for the ledger is locked by it."""
    announcement = build_announcement(dossier, verb, data=data, before=before, seal=seal)
    lifecycle.publish_change(announcement, kind=KIND, topic=TOPIC, verb=verb, actor=actor)


def build_announcement(
    dossier: Dossier,
    verb: str,
    *,
    data: Mapping[str, Any] | None = None,
    before: str = "",
    seal: str = "",
) -> ChangeNotice:
    """What is told of a change.

    The message names no person: who may know more asks for the dossier. ``data`` goes to the ledger only, with the
    seal of what the desk keeps, which is worked out unless it is known. Raises PersonErased: nothing is done any more
    with a dossier whose applicant was erased.
    """
    seal = seal or seals([dossier.pk])[dossier.pk]
    if seal.startswith(ERASED_EDITION) and verb != ERASED_VERB:
        raise PersonErased(ref=dossier.code)
    payload = {"codes": [dossier.code], "verb": verb, "state": dossier.state, "unit": dossier.unit_code}
    return ChangeNotice(
        key=dossier.code,
        unit_code=dossier.unit_code,
        payload=payload,
        data={"state": dossier.state, **(data or {}), SEAL: seal},
        before=_ledger_digest(dossier.code, before) or None,
        after=_ledger_digest(dossier.code, dossier.row_digest),
    )


def _ledger_digest(code: str, digest: str) -> str:
    """A row digest as the ledger may hold it: one of the first edition is of the applicant too, so under their key."""
    if not digest or not is_former(digest):
        return digest
    key = keys_of([person_of(code)]).get(person_of(code))  # made with the seal
    return keyed_former_digest(key, digest) if key else ""
