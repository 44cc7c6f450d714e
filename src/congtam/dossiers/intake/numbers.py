"""Giving a dossier its number (cấp mã hồ sơ)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from django.db import connection

from congtam.dossiers.intake.domain.numbers import DEFAULT_PATTERN, split_at_counter
from congtam.dossiers.models import AgencyCode, NumberRule
from congtam.foundation.public import installation_notes

EDITION_NOTE: Final = "dossiers_numbering"
_NEXT: Final = (
    "INSERT INTO dossiers_numbercounter AS c (agency, day, last) VALUES (%s, %s, 1)"
    " ON CONFLICT (agency, day) DO UPDATE SET last = c.last + 1 RETURNING last, EXISTS (SELECT FROM dossiers_dossier"
    " WHERE code = %s || lpad(last::text, greatest(%s, length(last::text)), '0') || %s)"
)


def next_number(unit_code: str, day: date) -> str:
    """The next number of a unit on a day. Its counter stays locked until the transaction ends: call it late.

    A number goes back when the transaction is rolled back, so a day has no gaps but those that another system filled:
    a number under which a dossier was imported is passed over.
    """
    pattern, agency = pattern_and_agency_code(unit_code, day)
    before, width, after = split_at_counter(pattern, agency=agency, day=day)
    is_taken = True
    with connection.cursor() as cursor:
        while is_taken:
            cursor.execute(_NEXT, [agency, day, before, width, after])
            n, is_taken = cursor.fetchone()
    return f"{before}{n:0{width}}{after}"


def pattern_and_agency_code(unit_code: str, day: date) -> tuple[str, str]:
    """The pattern and the agency code in force for a unit on a day; kept in memory until either is changed."""
    return _number_rule(unit_code, day, str(installation_notes().get(EDITION_NOTE, "")))


@lru_cache(maxsize=4096)
def _number_rule(unit_code: str, day: date, _edition: str) -> tuple[str, str]:
    rule = NumberRule.objects.filter(valid__contains=day).values_list("pattern", flat=True).first()
    codes = AgencyCode.objects.filter(unit_code=unit_code, valid__contains=day)
    agency = codes.values_list("agency", flat=True).first() or unit_code
    return rule or DEFAULT_PATTERN, agency
