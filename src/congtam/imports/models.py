"""An import: which file, read how, by whom, and what came of it (lượt nhập dữ liệu)."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """How far an import has come (tình trạng nhập)."""

    UPLOADED = "uploaded", _("Being checked")
    PREVIEWED = "previewed", _("Waiting for confirmation")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Refused")
    STOPPED = "stopped", _("Stopped before the end")
    UNDONE = "undone", _("Undone")


class ImportPhase(models.TextChoices):
    """What a running import is busy with (giai đoạn nhập)."""

    QUEUED = "", _("Waiting for the background worker")
    READING = "reading", _("Reading the file and checking every row")
    WAITING = "waiting", _("Waiting for another import to be stored")
    STORING = "storing", _("Storing data")


class OldFonts(models.TextChoices):
    """What becomes of texts written for the fonts from before Unicode (chữ theo bảng mã cũ)."""

    ASK = "ask", _("Ask")
    CONVERT = "convert", _("Convert the texts to Unicode")
    KEEP = "keep", _("Store the texts as they are")


PROGRESS: Final = frozenset(
    {
        "file_name", "file_size", "finished_at", "state", "phase", "progress", "stop_requested_by", "old_fonts",
        "undone_by", "undone_at", "report", "refused_digest", "absent_digest",
    }
)  # fmt: skip
"""What changes while an import runs; the rest says what was imported by which mapping, and is sealed."""


class SourcePrefix(models.Model):
    """What the codes of a source begin with, for the dossiers of one unit (tiền tố mã hồ sơ)."""

    source = models.TextField()
    unit_code = models.TextField()
    prefix = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "unit_code"], name="exchange_source_prefix_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.unit_code} {self.prefix}"


class Import(models.Model):
    """One import of one file for one unit."""

    key = models.TextField(unique=True)
    file_name = models.TextField()
    file_digest = models.TextField()
    file_size = models.BigIntegerField(default=0)
    mapping_name = models.TextField()
    mapping_text = models.TextField(default="", blank=True)
    unit_code = models.TextField(db_index=True)
    started_by = models.TextField()
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    state = models.TextField(choices=ImportState.choices, default=ImportState.UPLOADED)
    phase = models.TextField(choices=ImportPhase.choices, default=ImportPhase.QUEUED, blank=True)
    progress = models.IntegerField(default=0)
    stop_requested_by = models.TextField(default="", blank=True)
    old_fonts = models.TextField(choices=OldFonts.choices, default=OldFonts.ASK)
    undone_by = models.TextField(default="", blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    report = models.JSONField(default=dict, blank=True)
    refused_digest = models.TextField(default="", blank=True)
    absent_digest = models.TextField(default="", blank=True)
    """The file of the codes that earlier imports stored and this one lacks (mã hồ sơ vắng trong tệp)."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ImportState.values), name="exchange_import_state_valid"
            ),
        ]
        indexes = [models.Index(models.F("created_at").desc(), name="exchange_import_latest")]

    def __str__(self) -> str:
        return f"{self.key} {self.file_name}"
