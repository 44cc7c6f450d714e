"""`congtam payments …` gathers the commands of two rooms under one name."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from congtam.config.payments import payments_command
from congtam.foundation.public import console_actor
from congtam.payments.public import NoBankAccount, request_fee, vietqr

pytestmark = pytest.mark.django_db


def test_a_gateway_is_entered_with_a_secret_of_its_own() -> None:
    order = ["gateway", "cong", "--address", "https://cong.example/pay"]
    first, second = (CliRunner().invoke(payments_command, order) for _ in range(2))
    assert first.exit_code == second.exit_code == 0
    assert "/payments/callback/cong/" in first.output
    secrets = [said.stdout.splitlines()[-1] for said in (first, second)]
    assert len(set(secrets)) == 2
    assert all(len(secret) > 40 for secret in secrets)


def test_a_bank_account_is_entered(small_tree: None) -> None:
    code = request_fee(
        dossier_code="H-1", unit_code="024", amount_dong=5000, reason="Phí", actor=console_actor()
    )
    with pytest.raises(NoBankAccount):
        vietqr(code)
    order = ["account", "024", "--bank", "970415", "--number", "113366668888", "--holder", "UBND"]
    assert CliRunner().invoke(payments_command, order).exit_code == 0
    assert "113366668888" in vietqr(code)


def test_both_commands_are_listed_and_no_other() -> None:
    said = CliRunner().invoke(payments_command, ["--help"]).output
    assert "gateway" in said
    assert "account" in said
    assert CliRunner().invoke(payments_command, ["fly"]).exit_code == 2
