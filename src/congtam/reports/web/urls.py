"""Addresses of documents, forms, books and statistics."""

from __future__ import annotations

from django.urls import path

from congtam.reports.web import books, forms, reminders, statistics, templates, views

app_name = "reports"
urlpatterns = [
    path("", statistics.overview, name="overview"),
    path("packs/<str:key>.<str:form>", views.pack_document, name="pack_document"),
    path("dossiers/<str:code>/<str:form>.<str:extension>", forms.dossier_form, name="dossier_form"),
    path("slips/<str:form>.<str:extension>", forms.slip, name="slip"),
    path("templates/", templates.template_list, name="templates"),
    path("templates/<str:form>/starter.docx", templates.starter, name="template_starter"),
    path("templates/<str:form>/end/", templates.end, name="template_end"),
    path("templates/<str:form>/<str:digest>/template.docx", templates.template_file, name="template_file"),
    path("templates/<str:form>/<str:digest>/preview.docx", templates.preview, name="template_preview"),
    path("books/", books.book, name="books"),
    path("books/book.<str:extension>", books.book_file, name="book_file"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders/letter.<str:extension>", reminders.reminder_letter, name="reminder_letter"),
    path("statistics/<str:form>/", statistics.statistics, name="statistics"),
    path("statistics/<str:form>/rows/", statistics.statistics_rows, name="statistics_rows"),
    path("statistics/<str:form>/form.<str:extension>", statistics.statistics_file, name="statistics_file"),
]
