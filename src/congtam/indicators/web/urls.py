"""Addresses of the pages of figures; mounted at /figures/."""

from __future__ import annotations

from django.urls import path

from congtam.indicators.figures.web.catalogue_page import catalogue
from congtam.indicators.figures.web.figure_page import figure
from congtam.indicators.figures.web.rows_page import export, rows
from congtam.indicators.figures.web.trial_page import trial
from congtam.indicators.figures.web.unit_page import unit, unit_map
from congtam.indicators.targets.web.parameters_page import parameters
from congtam.indicators.targets.web.parameters_page import withdraw as withdraw_one
from congtam.indicators.targets.web.targets_page import targets, withdraw

app_name = "indicators"
urlpatterns = [
    path("", catalogue, name="catalogue"),
    path("trial/", trial, name="trial"),
    path("targets/", targets, name="targets"),
    path("targets/<str:key>/withdraw/", withdraw, name="withdraw_target"),
    path("parameters/", parameters, name="parameters"),
    path("parameters/<str:key>/withdraw/", withdraw_one, name="withdraw_parameter"),
    path("unit/<str:code>/", unit, name="unit"),
    path("unit/<str:code>/map/", unit_map, name="unit_map"),
    path("<str:indicator>/<str:unit>/", figure, name="figure"),
    path("<str:indicator>/<str:unit>/rows/", rows, name="rows"),
    path("<str:indicator>/<str:unit>/rows.csv", export, name="rows_csv"),
]
