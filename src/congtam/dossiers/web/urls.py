"""Addresses of the dossier pages."""

from __future__ import annotations

from django.urls import path

from congtam.dossiers.detail.web import elsewhere, slip, views
from congtam.dossiers.files.web import views as files
from congtam.dossiers.handling.web import consultations, verb_views
from congtam.dossiers.handling.web.bulk import bulk_page
from congtam.dossiers.intake.web import filings, receive
from congtam.dossiers.lists.web import pages as lists
from congtam.dossiers.lists.web.export import export
from congtam.dossiers.lists.web.saved_views import views_page

app_name = "dossiers"
urlpatterns = [
    path("", lists.dossier_list, name="list"),
    path("receive/", receive.receive, name="receive"),
    path("receive/procedures/", receive.procedures, name="receive_procedures"),
    path("receive/panel/", receive.panel, name="receive_panel"),
    path("receive/applicants/", receive.applicants, name="receive_applicants"),
    path("work/", lists.work_page, name="work"),
    path("count/", lists.count, name="count"),
    path("work/counts/", lists.counts, name="work_counts"),
    path("work/bulk/", bulk_page, name="bulk"),
    path("views/", views_page, name="views"),
    path("export.<str:extension>", export, name="export"),
    path("elsewhere/", elsewhere.elsewhere, name="elsewhere"),
    path("filings/", filings.filings_page, name="filings"),
    path("filings/<path:code>/files/<str:digest>/", files.filing_file, name="filing_file"),
    path("filings/<path:code>/", filings.filing_page, name="filing"),
    path("consultations/", consultations.consultations, name="consultations"),
    path("consultations/<path:number>/", consultations.consultation, name="consultation"),
    # A code may hold slashes: whatever else there is comes before the page of a dossier.
    path("<path:code>/slip/", slip.slip, name="slip"),
    path("<path:code>/verbs/<slug:verb>/", verb_views.verb_view, name="verb"),
    path("<path:code>/files/<str:digest>/", files.dossier_file, name="file"),
    path("<path:code>/", views.detail, name="detail"),
]
