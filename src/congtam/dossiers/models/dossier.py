"""A dossier, its steps and the times its clock stood still (hồ sơ, bước xử lý, tạm dừng)."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import MD5, Coalesce

from congtam.dossiers.domain.states import OPEN, WITH_RESULT, Channel, PaymentWay, State, SuspensionGround
from congtam.dossiers.models.reversed_endings import code_end

_OPEN = sorted(state.value for state in OPEN)
# A source may write only the day of finishing: its midnight precedes the hour of receipt on the same day.
_ONE_DAY = timedelta(days=1)
_WITH_RESULT = sorted(state.value for state in WITH_RESULT)
_WITHOUT_RESULT = sorted(state.value for state in (State.REFUSED, State.WITHDRAWN, State.STOPPED))


def _enum_values(kinds: type[StrEnum]) -> list[str]:
    return [kind.value for kind in kinds]


class Subject(models.Model):
    """What a dossier is about, as its source words it (nội dung hồ sơ).

    A million dossiers share a few thousand wordings: text is searched here, then dossiers are found by key.
    """

    procedure_code = models.TextField(default="", blank=True)
    procedure_name = models.TextField(default="", blank=True)
    field_name = models.TextField(default="", blank=True)
    search_key = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            # By digest: a wording may be longer than an index entry.
            models.UniqueConstraint(
                MD5("procedure_code"),
                MD5("procedure_name"),
                MD5("field_name"),
                name="dossiers_subject_one_wording",
            ),
        ]

    def __str__(self) -> str:
        return self.procedure_name or self.procedure_code


def stopped_in_time() -> Exists:
    """Whether the clock of a dossier stands still since before it was due (đang tạm dừng tính thời hạn)."""
    pauses = Suspension.objects.filter(
        dossier=OuterRef("pk"), ended_at__isnull=True, started_at__lte=OuterRef("due_at")
    )
    return Exists(pauses)


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Sets of dossiers worth a name; each takes the instant, none asks the clock."""

    def open(self) -> Self:
        """Somebody still has to act on them (đang xử lý)."""
        return self.filter(state__in=_OPEN, finished_at__isnull=True)

    def overdue(self, *, at: datetime) -> Self:
        """Still open after their due date (quá hạn chưa giải quyết); a clock that was stopped in time stands still."""
        return self.open().filter(~stopped_in_time(), due_at__lt=at)

    def finished_late(self) -> Self:
        """Finished after the due instant (giải quyết quá hạn)."""
        return self.filter(finished_at__gt=F("due_at"))


class Dossier(models.Model):
    """One applicant's case through a procedure (hồ sơ thủ tục hành chính).

    ``unit_code`` is the unit responsible at the time; it is never rewritten when units merge. Whether a dossier is late
    is never stored: it follows from ``due_at``.
    """

    code = models.TextField(unique=True, db_collation="C")
    unit_code = models.TextField()
    # Not checked by the database: a million rows would lock the same few subjects a million times over. Subjects are
    # written only by the store, in the same transaction, and never removed.
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, db_index=False, db_constraint=False, related_name="dossiers"
    )
    procedure_code = models.TextField(default="", blank=True)
    procedure_name = models.TextField(default="", blank=True)
    field_name = models.TextField(default="", blank=True)
    channel = models.TextField(default=Channel.UNKNOWN.value)
    applicant = models.TextField(default="", blank=True)
    applicant_kind = models.TextField(default="", blank=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    state = models.TextField(default=State.IN_PROGRESS.value)
    payment = models.TextField(default=PaymentWay.UNKNOWN.value)
    fee_dong = models.BigIntegerField(null=True, blank=True)
    result_digitised = models.BooleanField(null=True, blank=True)
    supplement_count = models.IntegerField(default=0)
    suspended_seconds = models.BigIntegerField(default=0)
    limit_text = models.TextField(default="", blank=True)
    officer = models.TextField(default="", blank=True)
    time_zone = models.TextField(default="Asia/Ho_Chi_Minh")
    source = models.TextField()
    source_code = models.TextField(default="", db_default="", blank=True)
    """The code the source itself uses, where ``code`` is that with a prefix (mã tại hệ thống nguồn)."""
    source_row = models.IntegerField(null=True, blank=True)
    import_key = models.TextField(default="", blank=True)
    row_digest = models.TextField()
    """Of the content without the person; part of the ledger and of receipts (``record.domain.rows``)."""
    person_digest = models.TextField(default="", db_default="", blank=True)
    """Of the person, under the person's key; empty where nothing is said of one, and once they were erased."""
    attributes = models.JSONField(default=dict, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(F("unit_code"), F("received_at").desc(), F("id").desc(), name="dossiers_of_unit"),
            models.Index(F("received_at").desc(), F("id").desc(), name="dossiers_latest"),
            models.Index(F("subject"), F("received_at").desc(), F("id").desc(), name="dossiers_of_subject"),
            models.Index(F("import_key"), name="dossiers_of_import"),
            models.Index(F("source_code"), name="dossiers_by_source_code", condition=~Q(source_code="")),
            # Each row of a unit by its code; together with the unique index also what a code begins with.
            models.Index(F("unit_code"), F("code"), F("id"), name="dossiers_codes_of_unit"),
            # Most dossiers are returned: the others are found by their state.
            models.Index(
                F("state"),
                F("received_at").desc(),
                F("id").desc(),
                F("unit_code"),
                name="dossiers_not_returned",
                condition=~Q(state=State.RETURNED.value),
            ),
            models.Index(
                F("due_at"),
                F("id"),
                F("unit_code"),
                name="dossiers_open_by_due",
                condition=Q(finished_at__isnull=True, state__in=_OPEN),
            ),
            models.Index(F("due_at"), F("id"), name="dossiers_by_due"),
            models.Index(
                F("officer"),
                F("received_at").desc(),
                F("id").desc(),
                name="dossiers_of_officer",
                condition=~Q(officer=""),
            ),
            models.Index(OpClass(code_end(), name="text_pattern_ops"), name="dossiers_by_end_of_code"),
            # What ended without a result, to find a dossier that was handed in again soon after.
            models.Index(
                F("subject"),
                F("unit_code"),
                Coalesce("finished_at", "due_at", "received_at"),
                name="dossiers_given_back",
                condition=Q(state__in=_WITHOUT_RESULT),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="dossiers_code_given"),
            models.CheckConstraint(condition=~Q(unit_code=""), name="dossiers_unit_given"),
            models.CheckConstraint(condition=Q(state__in=_enum_values(State)), name="dossiers_state_known"),
            models.CheckConstraint(
                condition=Q(channel__in=_enum_values(Channel)), name="dossiers_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(payment__in=_enum_values(PaymentWay)), name="dossiers_payment_known"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("received_at") - _ONE_DAY),
                name="dossiers_finished_after_received",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | Q(returned_at__gte=F("received_at") - _ONE_DAY),
                name="dossiers_returned_after_received",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_WITH_RESULT) | Q(finished_at__isnull=False),
                name="dossiers_result_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_OPEN) | Q(finished_at__isnull=True),
                name="dossiers_open_has_no_finish",
            ),
            models.CheckConstraint(
                condition=Q(fee_dong__isnull=True) | Q(fee_dong__gte=0),
                name="dossiers_fee_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(supplement_count__gte=0, suspended_seconds__gte=0),
                name="dossiers_counts_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Step(models.Model):
    """One step of a dossier (bước xử lý hồ sơ)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, db_index=False, related_name="steps")
    sequence = models.IntegerField()
    code = models.TextField(default="", blank=True)
    name = models.TextField(default="", blank=True)
    office = models.TextField(default="", blank=True)
    officer = models.TextField(default="", blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    attributes = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "sequence"], name="dossiers_step_once"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True)
                | Q(started_at__isnull=True)
                | Q(finished_at__gte=F("started_at") - _ONE_DAY),
                name="dossiers_step_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.name or self.code}"


class Suspension(models.Model):
    """A time during which a dossier's clock stood still (tạm dừng tính thời hạn)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="suspensions")
    ground = models.TextField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(default="", blank=True)

    class Meta:
        ordering = ["started_at"]
        indexes = [
            models.Index(F("dossier"), name="dossiers_suspension_open", condition=Q(ended_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ground__in=_enum_values(SuspensionGround)),
                name="dossiers_suspension_ground_known",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="dossiers_suspension_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ground} {self.started_at:%Y-%m-%d}"
