from __future__ import annotations

from django.apps import AppConfig


class OrgUnitsConfig(AppConfig):
    """Registers references to units, and units with the search."""

    name = "congtam.org_units"
    label = "org_units"

    def ready(self) -> None:
        """Register; nothing else happens at start."""
        from congtam.foundation.references import register
        from congtam.foundation.row_seals import SealedModel, declare_sealed
        from congtam.foundation.search import register_source
        from congtam.org_units.models import Appointment, Post, SigningPower, Succession, UnitVersion
        from congtam.org_units.web.references import UNIT, UNITS

        register(UNIT)
        register_source(UNITS)
        declare_sealed(SealedModel(model=Post, describe=lambda row: row.key))
        declare_sealed(SealedModel(model=Appointment, describe=lambda row: row.post.key))
        declare_sealed(SealedModel(model=SigningPower, describe=lambda row: f"{row.post.key} {row.matter}"))
        declare_sealed(
            SealedModel(
                model=UnitVersion,
                also={"unit_code": "unit__code", "parent_code": "parent__code"},
                describe=lambda row: f"{row.unit.code} {row.name}",
            )
        )
        declare_sealed(
            SealedModel(
                model=Succession,
                also={"predecessor_code": "predecessor__code", "successor_code": "successor__code"},
                describe=lambda row: f"{row.predecessor.code} → {row.successor.code}",
            )
        )
