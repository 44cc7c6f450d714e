"""Templates of forms, each from a day on."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q


class FormTemplateQuerySet(models.QuerySet["FormTemplate"]):
    """Named sets of templates."""

    def of_form(self, form: str) -> Self:
        return self.filter(form=form)

    def since(self, day: date) -> Self:
        """Those begun by a day, the one in force first: of one day the one set last."""
        return self.filter(valid_from__lte=day).order_by("-valid_from", "-pk")


class FormTemplate(models.Model):
    """Which .docx a form has from a day on (mẫu của tỉnh); written once, followed by the next.

    Without a digest the form goes back to the standard layout.
    """

    form = models.CharField(max_length=40)
    valid_from = models.DateField()
    digest = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=255, blank=True)
    set_by = models.CharField(max_length=150)
    set_at = models.DateTimeField()

    objects = FormTemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reports_template_named_with_file",
                condition=Q(digest="", name="") | (~Q(digest="") & ~Q(name="")),
            ),
        ]
        indexes = [models.Index(fields=["form", "-valid_from"], name="reports_template_form")]

    def __str__(self) -> str:
        return f"{self.form} {self.valid_from}"
