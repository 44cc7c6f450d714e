"""Addresses of the dossier pages."""

from __future__ import annotations

from django.urls import path

from congtam.dossiers.web import views
from congtam.dossiers.web.desk import receive, slip

app_name = "dossiers"
urlpatterns = [
    path("", views.dossier_list, name="list"),
    path("receive/", receive.receive, name="receive"),
    path("receive/procedures/", receive.procedures, name="receive_procedures"),
    path("receive/panel/", receive.panel, name="receive_panel"),
    path("receive/applicants/", receive.applicants, name="receive_applicants"),
    # A code may hold slashes: whatever else there is comes before the page of a dossier.
    path("<path:code>/slip/", slip.slip, name="slip"),
    path("<path:code>/", views.detail, name="detail"),
]
