"""The tables of the exchange (liên thông)."""

from congtam.exchange.models.imports import Import, ImportState
from congtam.exchange.models.webhooks import DeliveryState, Webhook, WebhookDelivery, WebhookHost

__all__ = ["DeliveryState", "Import", "ImportState", "Webhook", "WebhookDelivery", "WebhookHost"]
