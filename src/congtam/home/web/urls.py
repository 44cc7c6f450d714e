"""The pages that belong to no single context."""

from __future__ import annotations

from django.urls import path

from congtam.home.web.home import home, put_away

urlpatterns = [
    path("", home, name="home"),
    path("notifications/<str:code>/read/", put_away, name="put_away"),
]
