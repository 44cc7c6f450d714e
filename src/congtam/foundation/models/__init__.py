from congtam.foundation.models.accounts import Account, RoleGrant
from congtam.foundation.models.api import ApiToken, IdempotencyKey, TokenEnd
from congtam.foundation.models.deliveries import Delivery, DeliveryState
from congtam.foundation.models.evidence import EvidencePiece, EvidenceSeal
from congtam.foundation.models.files import InstallationNote, StoredFile
from congtam.foundation.models.ledger import AuditEntry, LedgerLeaf, LedgerSuccession, OutboxMessage
from congtam.foundation.models.notifications import Notification, NotificationChannel
from congtam.foundation.models.person_keys import PersonKey
from congtam.foundation.models.rate_limits import RateLimitBucket

__all__ = [
    "Account",
    "ApiToken",
    "AuditEntry",
    "Delivery",
    "DeliveryState",
    "EvidencePiece",
    "EvidenceSeal",
    "IdempotencyKey",
    "InstallationNote",
    "LedgerLeaf",
    "LedgerSuccession",
    "Notification",
    "NotificationChannel",
    "OutboxMessage",
    "PersonKey",
    "RateLimitBucket",
    "RoleGrant",
    "StoredFile",
    "TokenEnd",
]
