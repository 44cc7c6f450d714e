"""A dossier as one person meets it at the desk (hồ sơ đang xem xét): what the guards of the verbs look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from congtam.dossiers.deadlines.ledgers import due_as_it_runs
from congtam.dossiers.fees.open_fees import has_pending_fee
from congtam.dossiers.handling.errors import NotOfTheDesk
from congtam.dossiers.models import DeskRecord, Dossier, Letter, LetterKind
from congtam.dossiers.record.desk_queries import find_desk_record
from congtam.dossiers.record.internal_process import DossierProcess
from congtam.foundation.lifecycle import Verb
from congtam.foundation.public import Actor


@dataclass(frozen=True, kw_only=True)
class HandledDossier:
    """A dossier, who looks at it and when; what costs a query is read once, when a guard first asks."""

    actor: Actor
    dossier: Dossier
    now: datetime
    prefetched_desk: DeskRecord | None = None
    """Its record of the desk, where that was read already."""
    is_at_counter: bool = False
    """The actor does not see the dossier, but took it in for another unit (phi địa giới)."""

    @cached_property
    def desk(self) -> DeskRecord:
        """Where it lies; raises NotOfTheDesk for a dossier of another system."""
        desk = self.prefetched_desk or find_desk_record(self.dossier)
        if desk is None:
            raise NotOfTheDesk(dossier=self.dossier.code)
        return desk

    @cached_property
    def process(self) -> DossierProcess:
        """The internal process it was received under."""
        return DossierProcess.parse(self.desk.process)

    @property
    def is_decided(self) -> bool:
        """Whether a decision has been made (đã phê duyệt)."""
        return self.desk.decided_at is not None

    @property
    def needs_approval(self) -> bool:
        """Whether the process has a step of approval and no decision has been made."""
        return not self.is_decided and self.process.has_approval

    @property
    def is_at_approval(self) -> bool:
        """Whether it lies at the step of approval."""
        return self.process.is_approval_at(self.desk.position)

    @cached_property
    def owes_fee(self) -> bool:
        """Whether a fee is open, or one was paid that the dossier does not know of yet."""
        return has_pending_fee(self.dossier)

    @cached_property
    def open_consultations(self) -> list[Letter]:
        """The questions to other offices that wait for an answer."""
        letters = self.dossier.letters.filter(kind=LetterKind.CONSULTATION, answered_at__isnull=True)
        return list(letters)

    @cached_property
    def was_handled_by_actor(self) -> bool:
        """Whether the actor held a step in which the dossier was worked on."""
        steps = self.dossier.steps.filter(officer=self.actor.username, attributes__role="officer")
        return steps.exists()

    @cached_property
    def due_at(self) -> datetime | None:
        """The due date as the clock runs: while it stands still, the date does not pass.

        The ledger is only read where the date has passed and it may still be put off.
        """
        dossier, desk = self.dossier, self.desk
        if dossier.due_at is None or self.now <= dossier.due_at or desk.apology_count:
            return dossier.due_at
        return due_as_it_runs(dossier, desk, now=self.now)


DeskVerb = Verb[HandledDossier]
"""A verb of the desk (thao tác trên hồ sơ)."""
