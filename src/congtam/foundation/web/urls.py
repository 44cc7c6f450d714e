"""Addresses of the pages of the foundation."""

from __future__ import annotations

from django.urls import path

from congtam.foundation.web import calendar

app_name = "foundation"
urlpatterns = [
    path("", calendar.year, name="calendar"),
    path("preview/", calendar.preview, name="calendar_preview"),
    path("save/", calendar.save, name="calendar_save"),
    path("changes/<str:key>/", calendar.change, name="calendar_change"),
]
