"""Addresses of the pages of sign-ins: one's own, and those of administrators."""

from __future__ import annotations

from django.urls import path

from congtam.sign_in.web import events_page, own_page, policy_page

app_name = "sign_in"
urlpatterns = [
    path("accounts/sign-ins/", own_page.mine, name="mine"),
    path("accounts/sign-ins/end/", own_page.end, name="end"),
    path("accounts/stay/", own_page.stay, name="stay"),
    path("administration/sign-ins/", events_page.events, name="events"),
    path("administration/sign-ins/end/", events_page.end_of, name="end_of"),
    path("administration/sign-ins/<slug:extension>/", events_page.events_file, name="events_file"),
    path("administration/sign-in-rules/", policy_page.policy, name="policy"),
]
