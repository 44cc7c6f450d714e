"""The payments context: fee requests, payments, refunds, reconciliation (phí, lệ phí)."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaymentsConfig(AppConfig):
    """Registers the fact ``payments`` with the warehouse."""

    name = "congtam.payments"
    label = "payments"
    verbose_name = _("Payments")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what this context publishes; nothing else happens at start."""
        from congtam.foundation.row_seals import SealedModel, declare_sealed
        from congtam.payments import erasing, facts, former_lines
        from congtam.payments.models import BankAccount

        facts.declare()
        declare_sealed(SealedModel(model=BankAccount, describe=lambda row: row.unit_code))
        erasing.declare()
        former_lines.declare()
