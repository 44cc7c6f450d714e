"""Addresses of the pages of payments."""

from __future__ import annotations

from django.urls import path

from congtam.payments.web import views
from congtam.payments.web.cash import cash
from congtam.payments.web.try_gateway import try_gateway

app_name = "payments"
urlpatterns = [
    path("", views.request_list, name="list"),
    path("cash/", cash, name="cash"),
    path("reconciliation/", views.reconcile, name="reconcile"),
    path("try/", try_gateway, name="try_gateway"),
    path("callback/<slug:gateway>/", views.callback, name="callback"),
    path("<str:code>/", views.detail, name="detail"),
]
