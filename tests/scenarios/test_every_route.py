"""No page escapes: every route is in this table, and each is tried by a stranger, an outsider and a wrong method."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import console_actor, drain_outbox
from congtam.inspections.public import InspectionPack, prepare
from congtam.kernel.periods import Period
from congtam.payments.public import fee_requests, request_fee
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, copy_folder, prepared

SignIn = Callable[[object], Client]
pytestmark = pytest.mark.django_db
NOT_OURS = ("account_", "mfa_", "openid_connect_", "set_language", "api:")


@dataclass(frozen=True)
class Route:
    """A page: how it is addressed, and whether it belongs to unit 024, which the outsider must not see.

    ``for_all`` pages need no sign-in; what they show of one dossier they show to the holder of its slip.
    """

    name: str
    arguments: dict[str, str] = field(default_factory=dict)
    of_unit: bool = False
    only_post: bool = False
    for_all: bool = False
    query: str = ""


FIGURE = {"indicator": "dossiers.on_time_rate", "unit": "024"}
ROUTES = (
    Route("payments:list"),
    Route("payments:detail", {"code": "PAID"}, of_unit=True),
    Route("payments:cash"),
    Route("gateways:reconcile"),
    Route("gateways:try_gateway", {}, for_all=True),
    Route("gateways:callback", {"gateway": "none"}, for_all=True, only_post=True),
    Route("home"),
    Route("put_away", {"code": "none"}, only_post=True),
    Route("sign_in:mine"),
    Route("sign_in:end", only_post=True),
    Route("sign_in:stay"),
    Route("sign_in:events"),
    Route("sign_in:events_file", {"extension": "csv"}),
    Route("sign_in:end_of", only_post=True),
    Route("sign_in:policy"),
    Route("search", query="?q=ha+giang"),
    Route("api_tokens"),
    Route("api_reference"),
    Route("ui:gallery"),
    Route("work_calendar:calendar"),
    Route("work_calendar:preview", only_post=True),
    Route("work_calendar:save", only_post=True),
    Route("work_calendar:correction", {"key": "20260302-1"}),
    Route("org_units:tree"),
    Route("org_units:suggest"),
    Route("org_units:detail", {"code": "024"}, of_unit=True),
    Route("org_units:posts", {"code": "024"}, of_unit=True),
    Route("procedures:list"),
    Route("procedures:suggest"),
    Route("procedures:conflicts"),
    Route("procedures:announcements"),
    Route("procedures:announce"),
    Route("procedures:announcement", {"code": "20260213-1-qd-ubnd"}),
    Route("procedures:publish", {"code": "20260213-1-qd-ubnd"}, only_post=True),
    Route("procedures:process", {"code": "1.000001"}),
    Route("procedures:process_list"),
    Route("procedures:process_sheet"),
    Route("procedures:compare", {"code": "1.000001"}),
    Route("procedures:edit", {"code": "1.000001"}),
    Route("procedures:edit_electronic_form", {"code": "1.000001"}),
    Route("procedures:preview_electronic_form", {"code": "1.000001"}),
    Route("procedures:electronic_form_file", {"code": "1.000001", "extension": "yaml"}),
    Route("procedures:form", {"code": "1.000001", "digest": "0"}),
    Route("procedures:detail", {"code": "1.000001"}),
    Route("dossiers:list"),
    Route("dossiers:detail", {"code": "H-1"}, of_unit=True),
    Route("dossiers:work"),
    Route("dossiers:work_counts"),
    Route("dossiers:count"),
    Route("dossiers:bulk", only_post=True),
    Route("dossiers:views"),
    Route("dossiers:export", {"extension": "csv"}),
    Route("dossiers:receive"),
    Route("dossiers:receive_procedures"),
    Route("dossiers:receive_panel"),
    Route("dossiers:receive_applicants", only_post=True),
    Route("dossiers:slip", {"code": "H-1"}),
    Route("dossiers:verb", {"code": "H-1", "verb": "stop"}),
    Route("dossiers:file", {"code": "H-1", "digest": "0" * 64}),
    Route("dossiers:elsewhere"),
    Route("dossiers:filings"),
    Route("dossiers:filing", {"code": "TT-1"}),
    Route("dossiers:filing_file", {"code": "TT-1", "digest": "0" * 64}),
    Route("dossiers:consultations"),
    Route("dossiers:consultation", {"number": "01/H-1"}),
    Route("indicators:catalogue"),
    Route("indicators:trial"),
    Route("indicators:targets"),
    Route("indicators:withdraw_target", {"key": "none"}, only_post=True),
    Route("indicators:parameters"),
    Route("indicators:withdraw_parameter", {"key": "none"}, only_post=True),
    Route("indicators:unit", {"code": "024"}, of_unit=True),
    Route("indicators:unit_map", {"code": "024"}, of_unit=True),
    Route("indicators:figure", FIGURE, of_unit=True),
    Route("indicators:rows", FIGURE, of_unit=True),
    Route("indicators:rows_csv", FIGURE, of_unit=True),
    Route("inspections:list"),
    Route("inspections:prepare"),
    Route("inspections:pack", {"key": "PACK"}, of_unit=True),
    Route("inspections:flag_list", {"key": "PACK"}),
    Route("inspections:flag", {"key": "PACK", "code": "no.such_flag"}),
    Route("inspections:perform", {"key": "PACK", "verb": "announce"}, of_unit=True, only_post=True),
    Route("reports:pack_document", {"key": "PACK", "form": "pdf"}, of_unit=True),
    Route("reports:overview"),
    Route("reports:reminders", of_unit=True, query="?unit=024"),
    Route("reports:reminder_letter", {"extension": "docx"}, only_post=True),
    Route("reports:dossier_form", {"code": "H-1", "form": "control", "extension": "pdf"}, of_unit=True),
    Route("reports:slip", {"form": "handover", "extension": "pdf"}, of_unit=True, query="?code=H-1"),
    Route("reports:templates"),
    Route("reports:template_starter", {"form": "receipt"}),
    Route("reports:template_end", {"form": "receipt"}, only_post=True),
    Route("reports:template_file", {"form": "receipt", "digest": "0" * 64}),
    Route("reports:template_preview", {"form": "receipt", "digest": "0" * 64}),
    Route("reports:books", of_unit=True, query="?unit=024"),
    Route("reports:book_file", {"extension": "docx"}, of_unit=True, query="?unit=024"),
    Route("reports:statistics", {"form": "06a"}, of_unit=True, query="?unit=024"),
    Route("reports:statistics_rows", {"form": "06a"}, of_unit=True, query="?unit=024&column=3"),
    Route("reports:statistics_file", {"form": "06a", "extension": "xlsx"}, of_unit=True, query="?unit=024"),
    Route("imports:upload"),
    Route("webhooks:list"),
    Route("webhooks:detail", {"key": "none"}),
    Route("webhooks:delivery", {"key": "none", "code": "none"}),
    Route("imports:import_detail", {"key": "import-1"}, of_unit=True),
    Route("imports:progress", {"key": "import-1"}, of_unit=True),
    Route("imports:confirm", {"key": "import-1"}, of_unit=True, only_post=True),
    Route("imports:refused", {"key": "import-1"}, of_unit=True),
    Route("imports:absent", {"key": "import-1"}, of_unit=True),
    Route("administration:overview"),
    Route("administration:accounts"),
    Route("administration:open"),
    Route("administration:sheet"),
    Route("administration:sheet_template"),
    Route("administration:sheet_confirm", only_post=True),
    Route("administration:sheet_refused", {"digest": "0" * 64}),
    Route("administration:account", {"username": "clerk"}),
    Route("administration:act", {"username": "clerk", "verb": "close"}, only_post=True),
    Route("administration:tokens"),
    Route("administration:ledger"),
    Route("administration:ledger_file", {"extension": "csv"}),
    Route("administration:queues"),
    Route("administration:queue_act", {"queue": "outbox", "action": "retry"}, only_post=True),
    Route("administration:storage"),
    Route("administration:agency_codes"),
    Route("administration:erasures"),
    Route("administration:erase", {"kind": "dossier", "code": "H-1"}),
    Route("administration:settings"),
    Route("imports:stop", {"key": "import-1"}, of_unit=True, only_post=True),
    Route("imports:undo", {"key": "import-1"}, of_unit=True, only_post=True),
    Route("portal:home", for_all=True),
    Route("portal:lookup", for_all=True),
    Route("portal:by_slip", {"code": "H-1"}, for_all=True),
    Route("portal:close_slips", for_all=True, only_post=True),
    Route("portal:dossier", {"code": "H-1"}, for_all=True),
    Route("portal:letter", {"code": "H-1", "sequence": "1"}, for_all=True),
    Route("portal:paper", {"code": "H-1", "form": "receipt", "letter": "0"}, for_all=True),
    Route("portal:result", {"code": "H-1"}, for_all=True),
    Route("portal:supplement", {"code": "H-1"}, for_all=True),
    Route("portal:rate", {"code": "H-1"}, for_all=True),
    Route("portal:procedures", for_all=True),
    Route("portal:procedure", {"code": "1.000001"}, for_all=True),
    Route("portal:form", {"code": "1.000001", "digest": "0" * 64}, for_all=True),
    Route("portal:file", {"code": "1.000001"}, for_all=True),
    Route("portal:draft", {"key": "none", "step": "office"}, for_all=True),
    Route("portal:offers"),
    Route("portal:answer_offer", {"key": "none"}, only_post=True),
    Route("portal:offer_file", {"key": "none", "digest": "0" * 64}),
    Route("portal:ratings"),
    Route("portal:notices"),
)
BY_NAME = {route.name: route for route in ROUTES}
OF_UNIT = [route.name for route in ROUTES if route.of_unit]
FOR_ALL = [route.name for route in ROUTES if route.for_all]
FOR_STAFF = sorted(set(BY_NAME) - set(FOR_ALL))


def enter_pack() -> None:
    """A dossier of the city in the warehouse and a pack about it."""
    received = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)
    row = DossierRow(
        code="H-1",
        unit_code="024",
        received_at=received,
        due_at=received,
        finished_at=received,
        state="finished",
    )
    store_dossiers([row], unit_code="024", actor=console_actor(), import_key="import-1", source="test")
    drain_outbox()
    request_fee(dossier_code="H-1", unit_code="024", amount_dong=5, reason="Phí", actor=console_actor())
    prepare(unit="024", period=Period.parse("2025-Q3"), seed=7, actor=console_actor())


@pytest.fixture
@prepared(enter_pack, at=FROZEN)
def pack_key(small_tree: None, django_db_setup: Path, warehouse_dir: Path) -> str:
    """The key of the pack of `enter_pack`."""
    copy_folder(django_db_setup, warehouse_dir)
    return InspectionPack.objects.get().key


def address(route: Route, pack_key: str = "PACK") -> str:
    known = {"PACK": lambda: pack_key, "PAID": _request_code}
    arguments = {name: known[value]() if value in known else value for name, value in route.arguments.items()}
    return reverse(route.name, kwargs=arguments) + route.query


def _request_code() -> str:
    found = fee_requests(["H-1"], to=console_actor())
    return found[0].code if found else "none"


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}"
        else:
            yield from names(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)


def test_every_route_is_in_the_table() -> None:
    ours = {name for name in names(get_resolver()) if not name.startswith(NOT_OURS)}
    assert ours == set(BY_NAME)


@pytest.mark.parametrize("name", FOR_STAFF)
def test_a_stranger_is_sent_to_sign_in(client: Client, name: str) -> None:
    for answer in (client.get(address(BY_NAME[name])), client.post(address(BY_NAME[name]))):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("name", FOR_ALL)
def test_what_is_for_all_needs_no_sign_in(client: Client, name: str) -> None:
    for answer in (client.get(address(BY_NAME[name])), client.post(address(BY_NAME[name]))):
        assert answer.status_code in {200, 302, 404, 405, 422}
        assert not answer.headers.get("Location", "").startswith("/accounts/")


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_a_wrong_method_is_refused(cast: Cast, client_for: SignIn, name: str) -> None:
    client, route = client_for(cast.administrator), BY_NAME[name]
    wrong = [client.put, client.delete, client.patch] + ([client.get] if route.only_post else [])
    assert {ask(address(route)).status_code for ask in wrong} == {405}


@pytest.mark.parametrize("name", OF_UNIT)
def test_an_outsider_does_not_learn_that_it_exists(
    *, cast: Cast, client_for: SignIn, pack_key: str, name: str
) -> None:
    client, route = client_for(cast.outsider), BY_NAME[name]
    answer = (
        client.post(address(route, pack_key)) if route.only_post else client.get(address(route, pack_key))
    )
    assert answer.status_code == 404


READ_OF_UNIT = [name for name in OF_UNIT if not name.startswith("imports:") and not BY_NAME[name].only_post]


@pytest.mark.parametrize("name", READ_OF_UNIT)
def test_who_works_there_gets_the_page(*, cast: Cast, client_for: SignIn, pack_key: str, name: str) -> None:
    answer = client_for(cast.inspector).get(address(BY_NAME[name], pack_key))
    answer.close()
    assert answer.status_code == 200
