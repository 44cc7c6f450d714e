"""What the desk keeps of a dossier beyond the facts every source has (hồ sơ tại Bộ phận Một cửa)."""

from __future__ import annotations

from enum import StrEnum

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from congtam.dossiers.domain.states import LineKind, SuspensionGround
from congtam.dossiers.models.dossier import Dossier
from congtam.dossiers.models.reversed_endings import phone_end


def _enum_values(kinds: type[StrEnum]) -> list[str]:
    return [kind.value for kind in kinds]


class LetterKind(StrEnum):
    """What the office writes about a dossier (phiếu, văn bản phát hành)."""

    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    STOP = "stop"
    WITHDRAWAL = "withdrawal"
    PAYMENT = "payment"
    CONSULTATION = "consultation"
    MISTAKE = "mistake"


class DeskRecord(models.Model):
    """Where a dossier received here lies now and what it was received under; one for each such dossier.

    ``role`` and ``holder`` say whose move it is; both are empty once nobody has to act. ``is_offered`` means that it
    was handed over and nobody has accepted it yet.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, primary_key=True, related_name="desk")
    version = models.IntegerField(default=1)
    """Rises by one with every change; the ETag of the API and the guard of every form."""
    received_unit_code = models.TextField()
    received_by = models.TextField()
    procedure_digest = models.TextField(default="", blank=True)
    """The digest of the version of the procedure in force at receipt, by which the dossier is judged."""
    case_kind = models.TextField(default="", blank=True)
    online_level = models.TextField(default="", blank=True)
    """Of the online service at receipt (toàn trình, một phần): full, partial, or empty where nothing is said."""
    limit_value = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    limit_unit = models.TextField(default="", blank=True)
    latest_receipt = models.TimeField(null=True, blank=True)
    legal = models.JSONField(default=list, blank=True)
    process = models.JSONField(default=list, blank=True)
    """The internal process as it was at receipt: [{position, code, name, office, role, hours}]."""
    papers = models.JSONField(default=list, blank=True)
    """The checklist as received: [{position, name, originals, certified, copies, is_required}]."""
    form = models.JSONField(default=dict, blank=True)
    unit_code = models.TextField()
    """The responsible unit once more, so that a work list needs no join to find its rows."""
    role = models.TextField(default="", blank=True)
    holder = models.TextField(default="", blank=True)
    office = models.TextField(default="", blank=True)
    is_offered = models.BooleanField(default=False)
    position = models.IntegerField(default=0)
    step_due_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    """The due date once more while the dossier is open, to order work lists; null once it has ended."""
    supplement_due_at = models.DateTimeField(null=True, blank=True)
    apology_count = models.IntegerField(default=0)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.TextField(default="", blank=True)
    result = models.JSONField(default=dict, blank=True)
    """The result as issued: {number, issued_on, summary, digest, name, signature}."""
    return_way = models.TextField(default="desk")
    lookup_secret = models.TextField()
    """Printed on the slip; with the code it lets the applicant look the dossier up."""
    parent_code = models.TextField(default="", blank=True)
    """The dossier this one was opened for, in linked procedures (liên thông)."""
    numbered_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(apology_count__in=[0, 1]), name="dossiers_desk_one_apology"),
            models.CheckConstraint(
                condition=Q(return_way__in=["desk", "post", "online"]), name="dossiers_desk_return_way_known"
            ),
            models.CheckConstraint(
                condition=~Q(role="") | Q(holder="", is_offered=False),
                name="dossiers_desk_idle_has_no_holder",
            ),
        ]
        indexes = [
            models.Index(F("holder"), F("due_at"), name="dossiers_desk_mine", condition=~Q(holder="")),
            models.Index(
                F("unit_code"), F("role"), F("due_at"), name="dossiers_desk_office", condition=~Q(role="")
            ),
            models.Index(F("received_unit_code"), F("dossier"), name="dossiers_desk_received_here"),
            models.Index(F("parent_code"), name="dossiers_desk_children", condition=~Q(parent_code="")),
            models.Index(
                F("step_due_at"),
                F("dossier"),
                name="dossiers_desk_step_due",
                condition=Q(step_due_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.role}"


class Party(models.Model):
    """Who applies (người nộp, chủ hồ sơ): personal data, kept apart from the facts that everybody may count."""

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, primary_key=True, related_name="party")
    name = models.TextField()
    name_key = models.TextField()
    """The name folded (lower case, no diacritics), for search."""
    phone = models.TextField(default="", blank=True)
    """As `kernel.input.phones` stores it; before version 0.2 the digits as they were typed, with 0 or with 84."""
    email = models.TextField(default="", blank=True)
    id_number = models.TextField(default="", blank=True)
    address = models.TextField(default="", blank=True)
    submitter = models.TextField(default="", blank=True)
    """Who handed it in, when that is not the applicant (người được ủy quyền)."""
    account = models.TextField(default="", blank=True)
    """The account it was filed with online; empty at the desk."""

    class Meta:
        indexes = [
            GinIndex(OpClass(F("name_key"), name="gin_trgm_ops"), name="dossiers_party_name"),
            models.Index(
                OpClass(phone_end(), name="text_pattern_ops"),
                name="dossiers_party_phone_end",
                condition=~Q(phone=""),
            ),
            models.Index(F("id_number"), name="dossiers_party_id", condition=~Q(id_number="")),
        ]

    def __str__(self) -> str:
        return self.name


class ClockLine(models.Model):
    """One line of the ledger the due date follows from (dòng sổ thời hạn); never changed, only added to."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, db_index=False, related_name="clock_lines")
    sequence = models.IntegerField()
    kind = models.TextField()
    at = models.DateTimeField()
    ground = models.TextField(default="", blank=True)
    until = models.DateTimeField(null=True, blank=True)
    legal = models.TextField(default="", blank=True)
    note = models.TextField(default="", blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    """The due date after this line, as it was computed when the line was written."""
    actor = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "sequence"], name="dossiers_clock_line_once"),
            models.CheckConstraint(
                condition=Q(kind__in=_enum_values(LineKind)), name="dossiers_clock_line_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(ground="") | Q(ground__in=_enum_values(SuspensionGround)),
                name="dossiers_clock_line_ground_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind} {self.at:%Y-%m-%d}"


class Paper(models.Model):
    """A file of a dossier (tệp đính kèm): a scan, a filled form, the applicant's request to end it, or the result."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="files")
    position = models.IntegerField(null=True, blank=True)
    """The place in the checklist; empty for what was not asked for."""
    kind = models.TextField(default="scan")
    name = models.TextField()
    digest = models.CharField(max_length=64)
    media_type = models.TextField()
    size = models.BigIntegerField()
    is_reused = models.BooleanField(default=False)
    """Taken over from an earlier dossier or a database instead of being handed in again."""
    added_at = models.DateTimeField()
    added_by = models.TextField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["scan", "form", "supplement", "result", "request"]),
                name="dossiers_paper_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Letter(models.Model):
    """What the office wrote about a dossier, and the answer (phiếu yêu cầu bổ sung, từ chối, xin lỗi, lấy ý kiến)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="letters")
    sequence = models.IntegerField()
    kind = models.TextField()
    number = models.TextField()
    issued_at = models.DateTimeField()
    issued_by = models.TextField()
    to_unit_code = models.TextField(default="", blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    content = models.JSONField(default=dict, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.TextField(default="", blank=True)
    answer = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "sequence"], name="dossiers_letter_once"),
            models.CheckConstraint(
                condition=Q(kind__in=_enum_values(LetterKind)), name="dossiers_letter_kind_known"
            ),
            # A supplement may be asked for once, a due date put off once (NĐ 118/2025 Điều 6, 11).
            models.UniqueConstraint(
                fields=["dossier", "kind"],
                condition=Q(kind__in=["supplement", "apology"]),
                name="dossiers_letter_only_once",
            ),
        ]
        indexes = [
            models.Index(
                F("to_unit_code"),
                F("due_at"),
                name="dossiers_letter_waiting",
                condition=~Q(to_unit_code="") & Q(answered_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
