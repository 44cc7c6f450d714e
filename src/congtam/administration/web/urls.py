"""Addresses of the administration."""

from __future__ import annotations

from django.urls import path

from congtam.administration.accounts.web import account_page, list_page, open_page, sheet_page
from congtam.administration.ledger.web import ledger_page
from congtam.administration.persons.web import erasure_page
from congtam.administration.running.web import agency_codes_page, queues_page, settings_page, storage_page
from congtam.administration.web import overview, tokens

app_name = "administration"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("accounts/", list_page.accounts, name="accounts"),
    path("accounts/open/", open_page.open_account, name="open"),
    path("accounts/sheet/", sheet_page.sheet, name="sheet"),
    path("accounts/sheet/template/", sheet_page.template, name="sheet_template"),
    path("accounts/sheet/confirm/", sheet_page.confirm, name="sheet_confirm"),
    path("accounts/sheet/refused/<slug:digest>/", sheet_page.download_refused, name="sheet_refused"),
    path("account/<str:username>/", account_page.account, name="account"),
    path("account/<str:username>/<slug:verb>/", account_page.act, name="act"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("ledger/", ledger_page.ledger, name="ledger"),
    path("ledger/<slug:extension>/", ledger_page.ledger_file, name="ledger_file"),
    path("queues/", queues_page.queues_page, name="queues"),
    path("queues/<slug:queue>/<slug:action>/", queues_page.queue_act, name="queue_act"),
    path("storage/", storage_page.storage_page, name="storage"),
    path("agency-codes/", agency_codes_page.agency_codes_page, name="agency_codes"),
    path("erasures/", erasure_page.erasures, name="erasures"),
    path("erasures/<slug:kind>/<path:code>/", erasure_page.erase, name="erase"),
    path("settings/", settings_page.settings_page, name="settings"),
]
