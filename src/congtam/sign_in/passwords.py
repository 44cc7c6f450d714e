"""Passwords that everybody tries first are refused (mật khẩu phổ biến)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from congtam.kernel.vietnamese import fold
from congtam.org_units.public import register

_LIST: Final = Path(__file__).parent / "data" / "common_passwords.txt"
_ENDS: Final = re.compile(r"^[^a-z]+|[^a-z]+$")
_SIGNS: Final = str.maketrans("@$!013457", "asioieast")
_KINDS: Final = ("tinh", "thanhpho", "xa", "phuong", "huyen", "quan", "thitran", "thixa", "dackhu")
_SHORTEST: Final = 4
"""Shorter names of units hide in too many good passwords."""


class VietnamesePasswords:
    """Refuses words and names that Vietnamese offices use as passwords, with or without figures around them."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError for a common word, or the name of a unit or of the account."""
        cores = _cores(password)
        username = fold(str(getattr(user, "username", ""))).replace(" ", "")
        if cores & common_passwords() or (username and username in cores):
            raise ValidationError(
                gettext("Many people use this password. Choose another, such as four words in a row."),
                code="password_common_here",
            )
        if cores & _unit_names():
            raise ValidationError(
                gettext("The name of a unit is no password. Choose another, such as four words in a row."),
                code="password_unit_name",
            )

    def get_help_text(self) -> str:
        """What to avoid."""
        return gettext("No common password, name of a unit or user name, also with figures around it.")


@lru_cache(maxsize=1)
def common_passwords() -> frozenset[str]:
    """The words of the list."""
    return frozenset(word for word in _LIST.read_text(encoding="utf-8").split() if not word.startswith("#"))


def _cores(password: str) -> frozenset[str]:
    """The password without diacritics: as it stands, its letters alone, and with letters for signs.

    >>> sorted(_cores("Hà Giang@2026"))
    ['hagiang', 'hagiang@2026']
    >>> "matkhau" in _cores("m@tkh4u!")
    True
    """
    plain = fold(password).replace(" ", "")
    core = _ENDS.sub("", plain)
    return frozenset(word for word in (plain, core, core.translate(_SIGNS)) if len(word) >= _SHORTEST)


def _unit_names() -> frozenset[str]:
    names = {version.name for version in register().versions}
    return frozenset(word for name in names for word in _spellings(name))


def _spellings(name: str) -> frozenset[str]:
    whole = fold(name).replace(" ", "")
    shorter = {whole.removeprefix(kind) for kind in _KINDS}
    return frozenset(word for word in {whole, *shorter} if len(word) >= _SHORTEST)
