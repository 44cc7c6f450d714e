"""Addresses of the dossier pages."""

from __future__ import annotations

from django.urls import path

from congtam.dossiers.web import views

app_name = "dossiers"
urlpatterns = [
    path("", views.dossier_list, name="list"),
    path("<path:code>/", views.detail, name="detail"),
]
