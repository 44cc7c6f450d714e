"""The pages that belong to no single context."""

from __future__ import annotations

from django.urls import path

from congtam.home.web.home import home

urlpatterns = [path("", home, name="home")]
