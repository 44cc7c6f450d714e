"""Addresses of the unit pages."""

from __future__ import annotations

from django.urls import path

from congtam.org_units.posts.web.views import posts_page
from congtam.org_units.web import views

app_name = "org_units"
urlpatterns = [
    path("", views.tree, name="tree"),
    path("suggest/", views.unit_suggestions, name="suggest"),
    path("<str:code>/posts/", posts_page, name="posts"),
    path("<str:code>/", views.detail, name="detail"),
]
