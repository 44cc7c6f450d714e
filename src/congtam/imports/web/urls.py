"""Addresses of the import pages."""

from __future__ import annotations

from django.urls import path

from congtam.imports.web import views

app_name = "imports"
urlpatterns = [
    path("", views.upload_page, name="upload"),
    path("<slug:key>/", views.import_detail, name="import_detail"),
    path("<slug:key>/progress/", views.progress, name="progress"),
    path("<slug:key>/confirm/", views.confirm_import, name="confirm"),
    path("<slug:key>/stop/", views.stop, name="stop"),
    path("<slug:key>/undo/", views.undo, name="undo"),
    path("<slug:key>/refused/", views.refused_rows, name="refused"),
    path("<slug:key>/absent/", views.absent_dossiers, name="absent"),
]
