from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FoundationConfig(AppConfig):
    name = "congtam.foundation"
    label = "foundation"

    def ready(self) -> None:
        from congtam.foundation.models import Account, ApiToken, InstallationNote, RoleGrant
        from congtam.foundation.row_seals import SealedModel, declare_sealed

        declare_sealed(
            SealedModel(
                model=Account, leaves_out=frozenset({"last_login"}), describe=lambda row: row.username
            )
        )
        declare_sealed(SealedModel(model=RoleGrant, describe=_describe_grant))
        declare_sealed(SealedModel(model=ApiToken, leaves_out=frozenset({"last_used_on"})))
        declare_sealed(SealedModel(model=InstallationNote, skips=_is_edition))
        post_migrate.connect(_seal_what_is_there, sender=self)


def _describe_grant(row: Any) -> str:
    return f"{row.role}@{row.unit_code} of {row.account.username}"


def _is_edition(key: str) -> bool:
    """Notes that only say that something was edited; what was edited is sealed elsewhere."""
    return key.endswith("_edition") or key == "dossiers_numbering"


def _seal_what_is_there(*, using: str, **_more: Any) -> None:
    """After a migration: what is there is sealed once, and said to have been there."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from congtam.foundation.row_seals import seal_what_is_there

    executor = MigrationExecutor(connections[using])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        seal_what_is_there()
