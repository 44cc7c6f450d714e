from __future__ import annotations

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    """Registers references to procedures, and procedures with the search."""

    name = "congtam.procedures"
    label = "procedures"

    def ready(self) -> None:
        """Register; nothing else happens at start."""
        from congtam.foundation.references import register
        from congtam.foundation.row_seals import SealedModel, declare_sealed
        from congtam.foundation.search import register_source
        from congtam.procedures.models import (
            AnnouncedProcedure,
            Announcement,
            InternalProcess,
            ProcedureFee,
            ProcedureLimit,
            ProcedureVersion,
            RequiredPaper,
        )
        from congtam.procedures.web.references import PROCEDURE, PROCEDURES

        register(PROCEDURE)
        register_source(PROCEDURES)
        declare_sealed(
            SealedModel(model=InternalProcess, describe=lambda row: f"{row.procedure.code} {row.code}")
        )
        declare_sealed(
            SealedModel(
                model=ProcedureVersion,
                leaves_out=frozenset({"search_key", "sort_key"}),
                also={"code": "procedure__code"},
                parts=(ProcedureLimit, RequiredPaper, ProcedureFee),
                describe=lambda row: f"{row.procedure.code} {row.name[:80]}",
            )
        )
        declare_sealed(
            SealedModel(model=Announcement, parts=(AnnouncedProcedure,), describe=lambda row: row.number)
        )
