"""Addresses of the procedure pages."""

from __future__ import annotations

from django.urls import path

from congtam.procedures.announcements.web import views as announcement_views
from congtam.procedures.catalogue.web import conflict_views, edit_views, views
from congtam.procedures.processes.web import views as process_views
from congtam.procedures.web import form_edit_views

app_name = "procedures"
urlpatterns = [
    path("", views.procedure_list, name="list"),
    path("suggest/", views.suggest, name="suggest"),
    path("announcements/", announcement_views.announcements, name="announcements"),
    path("announcements/new/", announcement_views.announce_page, name="announce"),
    path("announcements/<str:code>/", announcement_views.announcement, name="announcement"),
    path("announcements/<str:code>/publish/", announcement_views.publish, name="publish"),
    path("conflicts/", conflict_views.conflicts, name="conflicts"),
    path("processes/", process_views.process_list, name="process_list"),
    path("processes/sheet/", process_views.process_sheet, name="process_sheet"),
    path("<str:code>/", views.detail, name="detail"),
    path("<str:code>/edit/", edit_views.edit, name="edit"),
    path("<str:code>/edit/form/", form_edit_views.edit_electronic_form, name="edit_electronic_form"),
    path(
        "<str:code>/electronic-form/", form_edit_views.preview_electronic_form, name="preview_electronic_form"
    ),
    path(
        "<str:code>/electronic-form.<str:extension>",
        form_edit_views.electronic_form_file,
        name="electronic_form_file",
    ),
    path("<str:code>/process/", process_views.process, name="process"),
    path("<str:code>/compare/", views.compare, name="compare"),
    path("<str:code>/form/<str:digest>/", views.form, name="form"),
]
