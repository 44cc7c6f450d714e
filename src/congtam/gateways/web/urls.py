"""Addresses of the pages of gateways; they lie among those of payments."""

from __future__ import annotations

from django.urls import path

from congtam.gateways.web import views
from congtam.gateways.web.try_gateway import try_gateway

app_name = "gateways"
urlpatterns = [
    path("reconciliation/", views.reconcile, name="reconcile"),
    path("try/", try_gateway, name="try_gateway"),
    path("callback/<slug:gateway>/", views.callback, name="callback"),
]
