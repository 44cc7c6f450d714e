from congtam.foundation.models.accounts import Account, RoleGrant
from congtam.foundation.models.api import ApiAllowance, ApiToken, IdempotencyKey, TokenEnd
from congtam.foundation.models.evidence import EvidencePiece, EvidenceSeal
from congtam.foundation.models.files import InstallationNote, StoredFile
from congtam.foundation.models.ledger import AuditEntry, OutboxMessage

__all__ = [
    "Account",
    "ApiAllowance",
    "ApiToken",
    "AuditEntry",
    "EvidencePiece",
    "EvidenceSeal",
    "IdempotencyKey",
    "InstallationNote",
    "OutboxMessage",
    "RoleGrant",
    "StoredFile",
    "TokenEnd",
]
