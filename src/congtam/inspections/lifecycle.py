"""The life of a preparation (vòng đời chuẩn bị kiểm tra): draft → announced → open; a mistake is withdrawn.

Who may: those who prepare for the office of the pack. The content never changes on the way; each verb is a line of the
ledger and a message of the outbox.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, Final

from congtam.foundation.lifecycle import ChangeNotice, Machine, Port, Verb
from congtam.foundation.public import Actor, clock
from congtam.inspections.domain.states import STATE_NAMES, PackState
from congtam.inspections.models import InspectionPack
from congtam.inspections.notices import notify_heads, withdraw_notices
from congtam.inspections.permissions import MAY_PREPARE
from congtam.inspections.visibility import is_preparer, packs_visible_to
from congtam.kernel.errors import DomainError, msgid

MOST_REASON: Final = 500


class ReasonMissing(DomainError):
    """A withdrawal says why (thiếu lý do thu hồi)."""

    code = "inspections.reason_missing"
    message = msgid("Say why the pack is withdrawn, in at most {most} characters.")


@dataclass(frozen=True, kw_only=True)
class PackSubject:
    """A pack as one actor meets it."""

    actor: Actor
    pack: InspectionPack

    @cached_property
    def is_team(self) -> bool:
        """Whether the actor is of those who prepare the inspection."""
        return is_preparer(self.pack, self.actor)


@dataclass(kw_only=True)
class PackChange:
    """A pack under change."""

    actor: Actor
    pack: InspectionPack
    reason: str = ""


class PackPort(Port[PackSubject, PackChange]):
    """The adapter of the packs."""

    kind: ClassVar[str] = "inspection_pack"
    topic: ClassVar[str] = "inspections.changed"
    states = STATE_NAMES

    def find(self, key: str, *, actor: Actor) -> PackSubject | None:
        """By its key, through what the actor may see."""
        pack = packs_visible_to(actor).filter(key=key).first()
        return PackSubject(actor=actor, pack=pack) if pack else None

    def may(self, subject: PackSubject, verb: Verb[PackSubject]) -> bool:
        """Those who prepare; the program does what is automatic."""
        return verb.is_automatic or subject.is_team

    def lock(self, subject: PackSubject) -> PackSubject:
        """The row itself."""
        return replace(subject, pack=InspectionPack.objects.select_for_update().get(pk=subject.pack.pk))

    def version(self, subject: PackSubject) -> int:
        """A column."""
        return subject.pack.version

    def state(self, subject: PackSubject) -> str:
        """A column."""
        return subject.pack.state

    def key(self, subject: PackSubject) -> str:
        """Its key."""
        return subject.pack.key

    def begin(self, subject: PackSubject, *, verb: Verb[PackSubject], state: str) -> PackChange:  # noqa: ARG002 - of the port
        """State, time and person are set at once."""
        pack = subject.pack
        pack.state, pack.state_at = state, clock().now()
        pack.state_by_name = subject.actor.name or subject.actor.username
        return PackChange(actor=subject.actor, pack=pack)

    def store(self, change: PackChange) -> ChangeNotice:
        """The columns of the state; the content stays as it was written."""
        pack = change.pack
        pack.version += 1
        pack.state_reason = change.reason
        pack.save(update_fields=["state", "version", "state_at", "state_by_name", "state_reason"])
        data = {"state": pack.state, **({"reason": change.reason} if change.reason else {})}
        payload = {"key": pack.key, "unit": pack.unit_code, "state": pack.state}
        return ChangeNotice(
            key=pack.key, unit_code=pack.unit_code, payload=payload, data=data, after=pack.digest
        )


def _no_side_effect(_change: PackChange) -> None:
    """The state says it all."""


def _announce_pack(change: PackChange) -> None:
    """The head of the unit is notified in the same transaction."""
    notify_heads(change.pack)


def _withdraw_pack(change: PackChange, *, reason: str = "") -> None:
    """Raises ReasonMissing without a reason of a fair length."""
    change.reason = " ".join(reason.split())
    if not change.reason or len(change.reason) > MOST_REASON:
        raise ReasonMissing(most=MOST_REASON)
    withdraw_notices(change.pack)


def _pack_verb(code: str, **declared: Any) -> Verb[PackSubject]:
    return Verb[PackSubject](code=code, roles=MAY_PREPARE, **declared)


ANNOUNCE: Final = _pack_verb(
    "announce",
    name=msgid("Announce to the unit"),
    done=msgid("Announced to the unit"),
    lead=msgid(
        "The unit learns of the inspection: period, seed and its own figures. It sees neither flags nor the sample yet."
    ),
    icon="bell",
    needs_confirmation=True,
    transitions={PackState.DRAFT.value: PackState.ANNOUNCED.value},
    apply=_announce_pack,
    order=10,
)
OPEN: Final = _pack_verb(
    "open",
    name=msgid("Open to the unit"),
    done=msgid("Opened to the unit"),
    lead=msgid(
        "The unit gets the sample, the flagged dossiers it must explain, and the report. "
        "Reasons of the sample stay with the team."
    ),
    icon="eye",
    needs_confirmation=True,
    transitions={PackState.ANNOUNCED.value: PackState.OPEN.value},
    apply=_no_side_effect,
    order=20,
)
WITHDRAW: Final = _pack_verb(
    "withdraw",
    name=msgid("Withdraw the pack"),
    done=msgid("Pack withdrawn"),
    lead=msgid(
        "For a pack made by mistake: it leaves all lists, the unit no longer sees it, the ledger keeps it."
    ),
    icon="archive",
    style="danger",
    transitions={
        PackState.DRAFT.value: PackState.WITHDRAWN.value,
        PackState.ANNOUNCED.value: PackState.WITHDRAWN.value,
        PackState.OPEN.value: PackState.WITHDRAWN.value,
    },
    apply=_withdraw_pack,
    order=30,
)
PREPARE_AGAIN: Final = _pack_verb(
    "prepare_again",
    name=msgid("Prepare again"),
    done=msgid("Prepared again"),
    icon="refresh",
    transitions={PackState.WITHDRAWN.value: PackState.DRAFT.value},
    apply=_no_side_effect,
    is_automatic=True,
)
PACKS: Final = Machine(PackPort(), [ANNOUNCE, OPEN, WITHDRAW, PREPARE_AGAIN])


def available_verbs(subject: PackSubject) -> list[Verb[PackSubject]]:
    """What the actor may do with the pack now, in the order of the buttons."""
    return sorted(PACKS.available(subject), key=lambda verb: verb.order)
