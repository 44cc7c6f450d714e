"""Addresses of the pages of the work calendar."""

from __future__ import annotations

from django.urls import path

from congtam.work_calendar.web import views as calendar

app_name = "work_calendar"
urlpatterns = [
    path("", calendar.year, name="calendar"),
    path("preview/", calendar.preview, name="preview"),
    path("save/", calendar.save, name="save"),
    path("corrections/<str:key>/", calendar.correction, name="correction"),
]
