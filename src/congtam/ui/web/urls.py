"""The gallery of components, for developers."""

from __future__ import annotations

from django.urls import path

from congtam.ui.web.gallery import gallery

app_name = "ui"
urlpatterns = [path("", gallery, name="gallery")]
