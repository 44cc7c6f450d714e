"""Passwords that everybody tries first."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from congtam.foundation.public import Account
from congtam.org_units.public import register

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "password",
    ["Matkhau@123", "MậtKhẩu2026", "m@tkh4u123", "123Anhyeuem!", "Congtam@2026", "motcua#2025",
     "Hanhchinhcong1", "Nguyenvan@99"],
)  # fmt: skip
def test_common_ones_are_refused_with_or_without_figures(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, Account(username="thu.ha"))


def test_the_name_of_a_unit_and_the_user_name_are_refused(small_tree: None) -> None:
    name = max((row.name for row in register().versions), key=len)
    for password in (f"{name}@2026", "Thu.Ha@20261"):
        with pytest.raises(ValidationError):
            validate_password(password, Account(username="thu.ha"))


@pytest.mark.parametrize("password", ["cây đa bến nước sân đình", "a long and quiet river", "Đá-Đồng-Văn-26"])
def test_long_and_rare_ones_are_taken(password: str) -> None:
    validate_password(password, Account(username="thu.ha"))
