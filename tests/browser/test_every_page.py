"""Every other page of the product on the demonstration province: no barrier, no fault, nothing out of the window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from congtam.foundation.public import Account
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.demonstration]
PAGES = {
    "calendar": "/calendar/?year=2026",
    "units": "/units/",
    "units-found": "/units/?q=meo+vac",
    "unit-history": "/units/024/",
    "procedures": "/procedures/",
    "announcements": "/procedures/announcements/",
    "announce": "/procedures/announcements/new/",
    "process-list": "/procedures/processes/",
    "procedure-compare": "/procedures/1.001193/compare/",
    "procedure-edit": "/procedures/1.001193/edit/",
    "procedure-process": "/procedures/1.001193/process/",
    "procedure-form": "/procedures/1.001193/edit/form/",
    "procedure-trial": "/procedures/1.004873/electronic-form/",
    "dossiers": "/dossiers/?unit=02",
    "import": "/import/",
    "webhooks": "/import/webhooks/",
    "api": "/api/",
    "api-tokens": "/administration/tokens/",
    "api-reference": "/api/reference/",
    "administration": "/administration/",
    "accounts": "/administration/accounts/",
    "account": "/administration/account/quantri/",
    "account-open": "/administration/accounts/open/",
    "accounts-sheet": "/administration/accounts/sheet/",
    "ledger": "/administration/ledger/",
    "queues": "/administration/queues/",
    "storage": "/administration/storage/",
    "agency-codes": "/administration/agency-codes/",
    "settings": "/administration/settings/",
    "statistics": "/reports/statistics/06a/?unit=02&year=2024&part=Q2",
    "statistics-by-unit": "/reports/statistics/board/?unit=02&year=2024&part=Q2",
    "statistics-behind": "/reports/statistics/06a/rows/?unit=02&year=2024&part=Q2&column=3",
    "book": "/reports/books/?unit=02&below=1&year=2024&part=05",
    "templates": "/reports/templates/",
    "inspections": "/inspections/",
    "inspection-prepare": "/inspections/prepare/?unit=024&period=2024",
}


def _first(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize("name", PAGES)
def test_page(people: dict[str, Account], visit: Callable[..., Visitor], name: str) -> None:
    visitor = visit(people["quantri"], width=390)

    visitor.open(PAGES[name])

    visitor.check_widths(name)


def test_a_dossier_and_its_procedure(people: dict[str, Account], visit: Callable[..., Visitor]) -> None:
    visitor = visit(people["quantri"], width=390)
    code = _first("SELECT code FROM dossiers_dossier WHERE finished_at > due_at ORDER BY code LIMIT 1")
    procedure = _first(
        "SELECT procedure_code FROM dossiers_dossier WHERE procedure_code <> '' ORDER BY code LIMIT 1"
    )

    for name, path in (("dossier", f"/dossiers/{code}/"), ("procedure", f"/procedures/{procedure}/")):
        visitor.open(path)
        visitor.check_widths(name)
