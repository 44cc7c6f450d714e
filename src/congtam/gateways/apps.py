"""Payment gateways: their messages and their daily files (cổng thanh toán)."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GatewaysConfig(AppConfig):
    """Offers the daily files on the list of fees, and says where a fee is paid online."""

    name = "congtam.gateways"
    label = "gateways"
    verbose_name = _("Payment gateways")

    def ready(self) -> None:
        """Fill the slots of payments; nothing else happens at start."""
        from congtam.foundation.row_seals import SealedModel, declare_sealed
        from congtam.gateways.models import Gateway
        from congtam.gateways.queries import payment_link
        from congtam.gateways.web.list_links import daily_files_link
        from congtam.payments.public import LIST_LINKS, ONLINE_PAYMENT

        declare_sealed(SealedModel(model=Gateway, describe=lambda row: row.name))
        LIST_LINKS.register(daily_files_link)
        ONLINE_PAYMENT.fill(payment_link)
