"""Addresses of the import pages."""

from __future__ import annotations

from django.urls import path

from congtam.exchange.web import views, webhook_page, webhook_views

app_name = "exchange"
urlpatterns = [
    path("", views.upload_page, name="upload"),
    path("webhooks/", webhook_views.webhooks, name="webhooks"),
    path("webhooks/<slug:key>/", webhook_page.webhook, name="webhook"),
    path("webhooks/<slug:key>/<slug:code>/", webhook_page.delivery, name="delivery"),
    path("<slug:key>/", views.import_detail, name="import_detail"),
    path("<slug:key>/progress/", views.progress, name="progress"),
    path("<slug:key>/confirm/", views.confirm_import, name="confirm"),
    path("<slug:key>/refused/", views.refused_rows, name="refused"),
]
