"""Addresses of the pages of payments."""

from __future__ import annotations

from django.urls import path

from congtam.payments.web import views
from congtam.payments.web.cash import cash

app_name = "payments"
urlpatterns = [
    path("", views.request_list, name="list"),
    path("cash/", cash, name="cash"),
    path("<str:code>/", views.detail, name="detail"),
]
