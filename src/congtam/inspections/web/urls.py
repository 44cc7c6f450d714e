"""Addresses of the inspection pages."""

from __future__ import annotations

from django.urls import path

from congtam.inspections.web import views

app_name = "inspections"
urlpatterns = [
    path("", views.pack_list, name="list"),
    path("prepare/", views.prepare_page, name="prepare"),
    path("packs/<str:key>/", views.pack_page, name="pack"),
    path("packs/<str:key>/flags.xlsx", views.flag_list, name="flag_list"),
    path("packs/<str:key>/flags/<str:code>/", views.flag_page, name="flag"),
    path("packs/<str:key>/<slug:verb>/", views.perform_verb, name="perform"),
]
