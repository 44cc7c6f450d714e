from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """A file kept by the hash of its content (tệp lưu trữ): the same content is kept once and cannot be changed."""

    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=40)
    media_type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    stored_at = models.DateTimeField(auto_now_add=True)
    stored_by = models.CharField(max_length=150)

    class Meta:
        indexes = [
            models.Index(fields=["digest"], name="stored_file_digest"),
            models.Index(fields=["stored_by", "stored_at"], name="stored_file_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.digest[:12]}"


class InstallationNote(models.Model):
    """A fact about this installation as a whole, such as that its data are synthetic."""

    key = models.CharField(max_length=60, primary_key=True)
    value = models.JSONField()

    def __str__(self) -> str:
        return self.key
