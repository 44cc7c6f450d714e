"""What the composition root tells the administration (cấu hình lúc khởi động): it alone knows the settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class SettingSource(StrEnum):
    """Where the value of a setting comes from (nguồn giá trị)."""

    ENVIRONMENT = "environment"
    FILE = "file"
    DATABASE = "database"
    DEFAULT = "default"


@dataclass(frozen=True, kw_only=True)
class SettingInForce:
    """A setting as it is in force (cấu hình đang dùng); of a secret only whether there is one."""

    name: str
    value: str
    """Empty for a secret."""
    source: SettingSource
    help: str
    """A msgid."""
    is_secret: bool = False
    command: str = ""
    """How it is changed, where it is not an environment variable."""


class _Supplied:
    settings: ClassVar[Callable[[], Sequence[SettingInForce]] | None] = None


def supply_settings(settings: Callable[[], Sequence[SettingInForce]]) -> None:
    """Say which settings are in force; called by the composition root when it starts."""
    _Supplied.settings = settings


def settings_in_force() -> Sequence[SettingInForce]:
    """All settings; none where nobody supplied them."""
    return _Supplied.settings() if _Supplied.settings is not None else ()
