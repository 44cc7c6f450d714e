"""Addresses of the pages of this context."""

from __future__ import annotations

from django.urls import path

from congtam.portal.catalogue.web import home
from congtam.portal.filing.web import filing
from congtam.portal.lookup.web import dossier_page, lookup
from congtam.portal.staff.web import staff
from congtam.portal.supplements.web import supplement_page

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("lookup/", lookup.lookup, name="lookup"),
    path("t/<str:code>/", lookup.by_slip, name="by_slip"),
    path("close/", lookup.close_slips, name="close_slips"),
    path("dossier/<str:code>/", dossier_page.dossier_page, name="dossier"),
    path("dossier/<str:code>/letter/<int:sequence>/", dossier_page.letter_page, name="letter"),
    path("dossier/<str:code>/paper/<str:form>-<int:letter>.pdf", dossier_page.paper, name="paper"),
    path("dossier/<str:code>/result/", dossier_page.result_file, name="result"),
    path("dossier/<str:code>/supplement/", supplement_page.supplement_page, name="supplement"),
    path("dossier/<str:code>/rate/", dossier_page.rate_page, name="rate"),
    path("procedures/", home.procedures, name="procedures"),
    path("procedures/<str:code>/", home.procedure, name="procedure"),
    path("procedures/<str:code>/form/<str:digest>/", home.form, name="form"),
    path("file/<str:code>/", filing.file_page, name="file"),
    path("draft/<str:key>/<str:step>/", filing.draft_page, name="draft"),
    path("desk/supplements/", staff.sent_supplements, name="offers"),
    path("desk/supplements/<str:key>/", staff.answer_offer, name="answer_offer"),
    path("desk/supplements/<str:key>/<str:digest>/", staff.supplement_file, name="offer_file"),
    path("desk/ratings/", staff.ratings, name="ratings"),
    path("desk/notices/", staff.notices, name="notices"),
]
