"""Addresses of the webhook pages."""

from __future__ import annotations

from django.urls import path

from congtam.webhooks.web import views, webhook_page

app_name = "webhooks"
urlpatterns = [
    path("", views.webhooks, name="list"),
    path("<slug:key>/", webhook_page.webhook, name="detail"),
    path("<slug:key>/<slug:code>/", webhook_page.delivery, name="delivery"),
]
