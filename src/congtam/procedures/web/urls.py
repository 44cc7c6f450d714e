"""Addresses of the procedure pages."""

from __future__ import annotations

from django.urls import path

from congtam.procedures.web import announcement_views, edit_views, form_edit_views, process_views, views

app_name = "procedures"
urlpatterns = [
    path("", views.procedure_list, name="list"),
    path("suggest/", views.suggest, name="suggest"),
    path("announcements/", announcement_views.announcements, name="announcements"),
    path("announcements/new/", announcement_views.announce_page, name="announce"),
    path("announcements/<str:code>/", announcement_views.announcement, name="announcement"),
    path("announcements/<str:code>/publish/", announcement_views.publish, name="publish"),
    path("processes/", process_views.process_list, name="process_list"),
    path("processes/sheet/", process_views.process_sheet, name="process_sheet"),
    path("<str:code>/", views.detail, name="detail"),
    path("<str:code>/edit/", edit_views.edit, name="edit"),
    path("<str:code>/edit/form/", form_edit_views.edit_online_form, name="edit_online_form"),
    path("<str:code>/online-form/", form_edit_views.try_online_form, name="try_online_form"),
    path("<str:code>/online-form.<str:extension>", form_edit_views.online_form_file, name="online_form_file"),
    path("<str:code>/process/", process_views.process, name="process"),
    path("<str:code>/compare/", views.compare, name="compare"),
    path("<str:code>/form/<str:digest>/", views.form, name="form"),
]
