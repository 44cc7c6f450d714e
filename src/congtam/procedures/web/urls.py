"""Addresses of the procedure pages."""

from __future__ import annotations

from django.urls import path

from congtam.procedures.web import views

app_name = "procedures"
urlpatterns = [
    path("", views.procedure_list, name="list"),
    path("suggest/", views.suggest, name="suggest"),
    path("<str:code>/", views.detail, name="detail"),
]
