from __future__ import annotations

from django.db import models


class PersonKey(models.Model):
    """The key under which everything that is never erased holds what names one person (khóa của một người).

    ``ref`` is opaque: the kind and the code of what the person has to do with, such as ``dossier/H24.26``. A key that
    was destroyed has no bytes any more; its row stays, so that the person does not come back with the next import.
    """

    ref = models.CharField(max_length=160, primary_key=True)
    key = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(key__isnull=False, destroyed_at__isnull=True)
                | models.Q(key__isnull=True, destroyed_at__isnull=False),
                name="person_key_or_destroyed",
            )
        ]

    def __str__(self) -> str:
        return self.ref
