"""The payments context: fee requests, payments, refunds, reconciliation (phí, lệ phí)."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaymentsConfig(AppConfig):
    """Nothing happens at start."""

    name = "congtam.payments"
    label = "payments"
    verbose_name = _("Payments")
    default_auto_field = "django.db.models.BigAutoField"
