"""Addresses of documents, forms, books and statistics."""

from __future__ import annotations

from django.urls import path

from congtam.reports.web import books, forms, statistics, views

app_name = "reports"
urlpatterns = [
    path("", statistics.overview, name="overview"),
    path("packs/<str:key>.<str:form>", views.pack_document, name="pack_document"),
    path("dossiers/<str:code>/<str:form>.<str:extension>", forms.dossier_form, name="dossier_form"),
    path("slips/<str:form>.<str:extension>", forms.slip, name="slip"),
    path("books/", books.book, name="books"),
    path("books/book.<str:extension>", books.book_file, name="book_file"),
    path("statistics/<str:form>/", statistics.statistics, name="statistics"),
    path("statistics/<str:form>/rows/", statistics.statistics_rows, name="statistics_rows"),
    path("statistics/<str:form>/form.<str:extension>", statistics.statistics_file, name="statistics_file"),
]
