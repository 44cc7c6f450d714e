"""Addresses of documents."""

from __future__ import annotations

from django.urls import path

from congtam.reports.web import views

app_name = "reports"
urlpatterns = [path("packs/<str:key>.<str:form>", views.pack_document, name="pack_document")]
