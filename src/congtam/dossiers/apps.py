"""The dossiers context: one applicant's case through a procedure (hồ sơ)."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossiersConfig(AppConfig):
    """Registers the fact ``dossiers`` with the warehouse, and dossiers with references, search and unit pages."""

    name = "congtam.dossiers"
    label = "dossiers"
    verbose_name = _("Dossiers")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what this context publishes; nothing else happens at start."""
        from congtam.dossiers import facts, subscriptions
        from congtam.dossiers import jobs as _jobs  # noqa: F401 - importing declares the jobs
        from congtam.dossiers.applicant import erasing
        from congtam.dossiers.deadlines import recompute
        from congtam.dossiers.files import take_file
        from congtam.dossiers.lists import former_views
        from congtam.dossiers.lists.queries.frequent_names import frequent_procedures
        from congtam.dossiers.models import AgencyCode, NumberRule
        from congtam.dossiers.record import former_lines
        from congtam.dossiers.web import references, unit_links
        from congtam.foundation.references import register
        from congtam.foundation.row_seals import SealedModel, declare_sealed
        from congtam.foundation.search import register_source
        from congtam.org_units.public import UNIT_LINKS
        from congtam.procedures.public import register_frequent_finder

        facts.register_facts()
        take_file.declare_dossier_files()
        register_frequent_finder(frequent_procedures)
        subscriptions.subscribe_handlers()
        recompute.register_calendar_reactions()
        erasing.declare()
        former_lines.declare()
        former_views.declare()
        declare_sealed(SealedModel(model=AgencyCode, describe=lambda row: row.unit_code))
        declare_sealed(SealedModel(model=NumberRule, describe=lambda row: row.pattern))
        register(references.DOSSIER)
        register_source(references.DOSSIERS)
        register_source(references.APPLICANTS)
        UNIT_LINKS.register(unit_links.dossier_links_of_unit, order=20)
