"""Numbers: the rule and the agency code of the day, given without gaps and never twice."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner
from django.db import transaction

from congtam.dossiers.cli import dossiers_command
from congtam.dossiers.intake.agency_codes import set_number_rule
from congtam.dossiers.intake.domain.numbers import PatternMalformed, check_pattern
from congtam.dossiers.models import NumberCounter, NumberRule
from congtam.dossiers.public import DossierRow, set_agency_code, store_dossiers
from congtam.dossiers.tests import desk
from congtam.foundation.public import console_actor
from congtam.kernel.clock import FixedClock
from congtam.kernel.errors import InputRefused, NotAllowed
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared


@pytest.fixture
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(frozen_clock: FixedClock, small_tree: None, cast: Cast) -> None: ...


@pytest.mark.django_db
def test_the_first_rule_is_there_from_the_start() -> None:
    rule = NumberRule.objects.get()
    assert rule.pattern == "{agency}-{day}-{n:04}"
    assert rule.source


@pytest.mark.django_db
def test_rule_and_agency_code_of_the_day_count(at_the_desk: None, cast: Cast) -> None:
    administrator = desk.part(cast, "administrator")
    assert desk.received(cast).code == "024-260302-0001"
    set_agency_code("024", "H22.24.01", source="QĐ 1", actor=administrator)
    assert desk.received(cast).code == "H22.24.01-260302-0001"
    set_agency_code("024", "H22.24.99", source="QĐ 2", actor=administrator, valid_from=date(2026, 4, 1))
    set_number_rule(
        "{agency}-{day}-01{n:04}", source="TT 4/2025", actor=administrator, valid_from=date(2026, 3, 2)
    )
    assert desk.received(cast).code == "H22.24.01-260302-010002"


@pytest.mark.django_db
def test_codes_are_the_administrators(at_the_desk: None, cast: Cast) -> None:
    for part in ("clerk", "unit_head", "citizen"):
        with pytest.raises(NotAllowed):
            set_agency_code("024", "H22.24.01", source="QĐ", actor=desk.part(cast, part))
    with pytest.raises(InputRefused) as error:
        set_agency_code("nowhere", "h22", source=" ", actor=console_actor())
    codes = [problem.code for problem in error.value.problems]
    assert codes == ["unit_unknown", "agency_malformed", "source_missing"]
    set_agency_code("024", "H22.24.01", source="QĐ", actor=console_actor())
    with pytest.raises(InputRefused):
        set_agency_code("026", "H22.24.01", source="QĐ", actor=console_actor())
    with pytest.raises(PatternMalformed):
        set_number_rule("{agency}-{n:04}", source="?", actor=console_actor(), valid_from=date(2026, 1, 1))


@pytest.mark.django_db
def test_an_administrator_enters_codes_at_the_console(small_tree: None) -> None:
    run = CliRunner()
    done = run.invoke(dossiers_command, ["agency-code", "024", "H22.24.01", "--source", "QĐ 1", "--json"])
    assert json.loads(done.stdout)[0]["agency"] == "H22.24.01"
    assert run.invoke(dossiers_command, ["agency-code", "024"]).exit_code == 1
    assert run.invoke(dossiers_command, ["agency-code", "x", "H22.24.02", "--source", "QĐ"]).exit_code == 1


@pytest.mark.django_db
def test_what_is_rolled_back_gives_its_number_back(at_the_desk: None, cast: Cast) -> None:
    desk.received(cast)
    with transaction.atomic():
        assert desk.received(cast).code.endswith("-0002")
        transaction.set_rollback(True)
    assert desk.received(cast).code.endswith("-0002")


@pytest.mark.django_db
def test_a_number_that_an_import_brought_is_passed_over(
    at_the_desk: None, cast: Cast, frozen_clock: FixedClock
) -> None:
    taken = [f"024-260302-{n:04}" for n in (1, 2, 4)]
    rows = [DossierRow(code=code, unit_code="024", received_at=frozen_clock.instant) for code in taken]
    store_dossiers(rows, unit_code="024", actor=console_actor(), import_key="one", source="old system")
    given = [desk.received(cast).code[-4:] for _ in range(3)]
    assert given == ["0003", "0005", "0006"]


@pytest.mark.django_db
def test_a_new_rule_never_gives_a_number_of_the_one_before(at_the_desk: None, cast: Cast) -> None:
    """10002 is the ten thousand and second by the first rule, and by the second, after a 1, the second."""
    administrator = desk.part(cast, "administrator")
    NumberCounter.objects.create(agency="024", day=date(2026, 3, 2), last=10_001)
    assert desk.received(cast).code == "024-260302-10002"
    NumberCounter.objects.update(last=1)
    set_number_rule("{agency}-{day}-1{n:04}", source="?", actor=administrator, valid_from=date(2026, 3, 2))
    assert desk.received(cast).code == "024-260302-10003"


def test_a_number_has_no_slash_because_it_stands_in_addresses() -> None:
    with pytest.raises(PatternMalformed):
        check_pattern("{agency}/{day}/{n:04}")
