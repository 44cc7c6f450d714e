"""Every table of the database says how tampering with it is found, and each sealed row is named.

The list is a table of docs/security.md; a table that nobody classified fails here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import DateRange

from congtam.dossiers.models import NumberRule
from congtam.foundation.models import Account
from congtam.foundation.row_seals import altered_rows, reseal, sealed_tables
from congtam.org_units.models import OrgUnit, Post
from congtam.procedures.models import Procedure, ProcedureVersion

pytestmark = pytest.mark.django_db

_DOCUMENT: Final = Path(__file__).parents[2] / "docs/security.md"
_LINE: Final = re.compile(r"^\| `(\w+)` \| (\w+) \|", re.MULTILINE)
_KINDS: Final = {
    *("row", "ledger", "files", "evidence", "persons", "dossiers", "desks", "payments", "packs", "receipts"),
    *("derived", "passing", "open", "unused"),
}
NOW: Final = datetime(2026, 3, 2, 2, tzinfo=UTC)
SINCE: Final = DateRange(date(2020, 1, 1), None)


def listed() -> dict[str, str]:
    """The tables of the document, and how each is compared."""
    return dict(_LINE.findall(_DOCUMENT.read_text(encoding="utf-8")))


def test_every_table_is_classified() -> None:
    assert listed().keys() == set(connection.introspection.table_names())
    assert set(listed().values()) <= _KINDS
    assert {table for table, how in listed().items() if how == "row"} == sealed_tables()


def account() -> Account:
    """Somebody, sealed."""
    return Account.objects.create(username="lan")


def post() -> Post:
    """A post, sealed."""
    return Post.objects.create(unit_code="024", code="chairman", name="Chủ tịch", valid=SINCE)


def unit(code: str) -> OrgUnit:
    """A code of a unit."""
    return OrgUnit.objects.create(code=code)


def version() -> ProcedureVersion:
    """A version of a procedure, sealed."""
    procedure = Procedure.objects.create(code="1.000894")
    return ProcedureVersion.objects.create(procedure=procedure, valid=SINCE, name="Đăng ký kết hôn")


def number_rule() -> dict[str, Any]:
    """The only one: the program removes that of the set-up first."""
    NumberRule.objects.all().delete()
    return {"pattern": "x", "valid": SINCE, "source": "x"}


Fields = Callable[[], dict[str, Any]]
ROWS: Final[dict[str, tuple[Fields, str, Any]]] = {
    "foundation_account": (lambda: {"username": "evil"}, "is_superuser", True),
    "foundation_rolegrant": (
        lambda: {"account": account(), "role": "clerk", "unit_code": "024", "valid": SINCE}, "role", "administrator",
    ),
    "foundation_apitoken": (
        lambda: {"account": account(), "name": "evil", "digest": "0" * 64, "created_at": NOW,
                 "valid_until": NOW, "created_by": "lan"},
        "is_privileged", True,
    ),
    "foundation_installationnote": (lambda: {"key": "name", "value": "Hà Giang"}, "value", "Khác"),
    "mfa_authenticator": (lambda: {"user": account(), "type": "totp", "data": {}}, "data", {"secret": "x"}),
    "socialaccount_socialaccount": (lambda: {"user": account(), "provider": "sso", "uid": "1"}, "uid", "2"),
    "socialaccount_socialapp": (
        lambda: {"provider": "openid_connect", "name": "evil", "client_id": "1"}, "settings", {"server_url": "x"},
    ),
    "foundation_calendarday": (
        lambda: {"day": date(2035, 3, 1), "kind": "day_off", "reason": "x", "source": "x"}, "kind", "make_up",
    ),
    "foundation_officehoursrule": (
        lambda: {"since": date(2035, 3, 1), "spans": [], "source": "x", "changed_by": "lan", "changed_at": NOW},
        "source", "y",
    ),
    "foundation_calendarchange": (
        lambda: {"key": "1", "at": NOW, "actor": "lan", "legal": "x"}, "actor", "khác",
    ),
    "org_units_unitversion": (
        lambda: {"unit": unit("924"), "name": "Xã Khác", "search_key": "xa khac", "kind": "commune",
                 "valid": SINCE},
        "name", "Xã Kia",
    ),
    "org_units_succession": (
        lambda: {"predecessor": unit("924"), "successor": unit("925"), "on_date": date(2025, 7, 1), "weight": 1,
                 "whole": True},
        "note", "x",
    ),
    "org_units_post": (
        lambda: {"unit_code": "024", "code": "evil", "name": "Evil", "valid": SINCE}, "is_head", True,
    ),
    "org_units_appointment": (
        lambda: {"post": post(), "person_name": "Hầu Văn Lý", "valid": SINCE, "legal_source": "x"},
        "person_name", "Vừ Thị Máy",
    ),
    "org_units_signingpower": (
        lambda: {"post": post(), "matter": "dossiers", "authority": "own", "valid": SINCE, "legal_source": "x"},
        "matter", "documents",
    ),
    "procedures_procedureversion": (
        lambda: {"procedure": Procedure.objects.create(code="1.000894"), "valid": SINCE, "name": "Đăng ký"},
        "details", {"fee": 0},
    ),
    "procedures_announcement": (
        lambda: {"code": "x", "number": "12/QĐ-UBND", "title": "x", "issuer": "province",
                 "signed_on": date(2026, 1, 1), "effective_on": date(2026, 1, 1), "recorded_at": NOW},
        "issuer", "ministry",
    ),
    "procedures_internalprocess": (
        lambda: {"procedure": Procedure.objects.create(code="1.000894"), "valid": SINCE, "steps": [{}],
                 "source": "x", "decision": "x", "decided_on": date(2026, 1, 1)},
        "steps", [{"hours": 9}],
    ),
    "payments_bankaccount": (
        lambda: {"unit_code": "024", "bank_bin": "970436", "number": "123456", "holder": "UBND", "valid": SINCE},
        "number", "666666",
    ),
    "payments_gateway": (
        lambda: {"name": "vnpt", "address": "https://pay.example", "secret": "x" * 64}, "secret", "y" * 64,
    ),
    "dossiers_numberrule": (number_rule, "pattern", "y"),
    "dossiers_agencycode": (
        lambda: {"unit_code": "024", "agency": "X99.99.99", "valid": SINCE, "source": "x"}, "agency", "H24",
    ),
    "indicators_settarget": (
        lambda: {"key": "1", "indicator": "dossiers.on_time_rate", "value": 1, "unit_code": "024",
                 "valid": SINCE, "decision": "x", "decided_on": date(2026, 1, 1), "entered_at": NOW},
        "value", 0,
    ),
    "indicators_setparameter": (
        lambda: {"key": "1", "code": "early_days", "name": "x", "measure": "days", "value": 1, "unit_code": "024",
                 "valid": SINCE, "decision": "x", "decided_on": date(2026, 1, 1), "entered_at": NOW},
        "value", 0,
    ),
    "reports_formtemplate": (
        lambda: {"form": "slip", "valid_from": date(2026, 1, 1), "set_by": "lan", "set_at": NOW}, "set_by", "khác",
    ),
    "exchange_sourceprefix": (lambda: {"source": "x", "unit_code": "024"}, "prefix", "Z"),
    "exchange_import": (
        lambda: {"key": "1", "file_name": "a.csv", "file_digest": "0" * 64, "mapping_name": "x",
                 "unit_code": "024", "started_by": "lan", "created_at": NOW},
        "mapping_text", "khác",
    ),
    "exchange_webhookhost": (
        lambda: {"host": "evil.example", "allowed_by": "lan", "allowed_at": NOW}, "may_be_private", True,
    ),
    "exchange_webhook": (
        lambda: {"key": "1", "name": "Trục", "url": "https://hub.example/", "secret": "x", "created_at": NOW},
        "url", "https://evil.example/",
    ),
}  # fmt: skip
"""For each table of which every row has a seal: the fields of a row, and a column changed behind the program."""


def model_of(table: str) -> type[models.Model]:
    """The model of a table."""
    return next(model for model in apps.get_models() if model._meta.db_table == table)


def faults(table: str) -> list[str]:
    """What is found of one table."""
    alterations = list(altered_rows(tables={table}))
    assert all(one.code.startswith(f"{table}/") for one in alterations), alterations
    return [one.fault for one in alterations]


@pytest.mark.parametrize("table", ROWS)
def test_a_row_added_changed_or_removed_behind_the_program_is_named(table: str) -> None:
    fields, column, value = ROWS[table]
    model = model_of(table)
    values = fields()
    before = faults(table)
    assert before == []
    (row,) = model._default_manager.bulk_create([model(**values)])
    assert faults(table) == ["it was added outside the program: the ledger has no record of it"]
    reseal(model, [row.pk])
    assert faults(table) == []
    rows = model._default_manager.filter(pk=row.pk)
    rows.update(**{column: value})
    assert faults(table) == ["it was changed outside the program"]
    rows._raw_delete(rows.db)
    assert faults(table) == ["it was removed outside the program"]


def test_every_sealed_table_is_tampered_with_here() -> None:
    parts = {"procedures_procedurelimit", "procedures_requiredpaper", "procedures_procedurefee"}
    assert ROWS.keys() | parts | {"procedures_announcedprocedure"} == sealed_tables()


@pytest.mark.parametrize(
    "statement",
    [
        (
            "INSERT INTO procedures_procedurefee (version_id, position, amount_dong, raw_text, name, "
            "case_kind, channel) SELECT id, 9, 0, '', '', '', '' FROM procedures_procedureversion"
        ),
        (
            "INSERT INTO procedures_procedurelimit (version_id, position, channel, case_kind, amount, unit, raw_text, "
            "reason, conditions) SELECT id, 9, '', '', 1, 'working_days', '', '', '[]' FROM procedures_procedureversion"
        ),
        "UPDATE procedures_procedure SET code = '9.999999'",
    ],
)
def test_what_belongs_to_a_row_is_sealed_with_it(statement: str) -> None:
    version()
    assert faults("procedures_procedureversion") == []
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert faults("procedures_procedureversion") == ["it was changed outside the program"]
