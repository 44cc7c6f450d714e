"""What imports replaced, for as long as an import can be undone (phiên bản trước của hồ sơ nhập)."""

from __future__ import annotations

from django.db import models

from congtam.dossiers.models.dossier import Dossier


class ReplacedDossier(models.Model):
    """A dossier with its steps and suspensions as it was before an import changed it.

    ``content`` is the row as JSON, with the lists ``steps`` and ``suspensions``; it holds the same personal data as the
    dossier and is forgotten when the import can no longer be undone.
    """

    import_key = models.TextField()
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="replaced")
    replaced_at = models.DateTimeField()
    content = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["import_key", "dossier"], name="dossiers_replaced_once"),
        ]
        indexes = [models.Index(fields=["replaced_at"], name="dossiers_replaced_by_age")]

    def __str__(self) -> str:
        return f"{self.dossier_id} before {self.import_key}"
