"""Addresses of the procedure pages."""

from __future__ import annotations

from django.urls import path

from congtam.procedures.web import edit_views, views

app_name = "procedures"
urlpatterns = [
    path("", views.procedure_list, name="list"),
    path("suggest/", views.suggest, name="suggest"),
    path("<str:code>/", views.detail, name="detail"),
    path("<str:code>/edit/", edit_views.edit, name="edit"),
    path("<str:code>/compare/", views.compare, name="compare"),
    path("<str:code>/form/<str:digest>/", views.form, name="form"),
]
