"""What the reports keep: the templates of a province."""

from congtam.reports.models.templates import FormTemplate

__all__ = ["FormTemplate"]
