"""Addresses of documents, forms, books and statistics."""

from __future__ import annotations

from django.urls import path

from congtam.reports.web import forms, views

app_name = "reports"
urlpatterns = [
    path("packs/<str:key>.<str:form>", views.pack_document, name="pack_document"),
    path("dossiers/<str:code>/<str:form>.<str:extension>", forms.dossier_form, name="dossier_form"),
    path("slips/<str:form>.<str:extension>", forms.slip, name="slip"),
]
