"""The routers of the dossiers, for the assembly of the API (giao diện lập trình)."""

from congtam.dossiers.detail.rest.dossiers import router as dossiers
from congtam.dossiers.detail.rest.fees import router as fees
from congtam.dossiers.detail.rest.linked import due, linked
from congtam.dossiers.files.rest.uploads import files, filing_files, uploads
from congtam.dossiers.handling.rest.filings import consultations, filings
from congtam.dossiers.handling.rest.verbs import bulks, verbs
from congtam.dossiers.intake.rest.catalogue import procedures
from congtam.dossiers.lists.rest.views import router as saved_views
from congtam.dossiers.lists.rest.work import work

__all__ = [
    "bulks",
    "consultations",
    "dossiers",
    "due",
    "fees",
    "files",
    "filing_files",
    "filings",
    "linked",
    "procedures",
    "saved_views",
    "uploads",
    "verbs",
    "work",
]
