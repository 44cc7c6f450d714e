"""The settings in force, for the page of administrators: each with its source, a secret without its value."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from congtam.administration.public import SettingInForce, SettingSource
from congtam.api.allowance import rate_in_force
from congtam.config.database import EMBEDDED
from congtam.config.env import SETTINGS, Setting
from congtam.foundation.public import installation_notes
from congtam.foundation.room import NOTE, storage_limits
from congtam.kernel.errors import msgid

_SECRET_KEY = "CONGTAM_SECRET_KEY"  # noqa: S105 - the name of a setting
_DATABASE = "DATABASE_URL"


def settings_in_force() -> Sequence[SettingInForce]:
    """Environment variables in the order of the manual, then what is stored in the database."""
    return [*(_setting_in_force(setting) for setting in SETTINGS), *_database_settings()]


def _setting_in_force(setting: Setting) -> SettingInForce:
    source = _setting_source(setting)
    value = "" if setting.is_secret else _written_value(setting)
    return SettingInForce(
        name=setting.name, value=value, source=source, help=setting.help, is_secret=setting.is_secret
    )


def _setting_source(setting: Setting) -> SettingSource:
    # The address of our own embedded server is put into the environment by the program, not by the operator.
    is_own = setting.name == _DATABASE and bool(os.environ.get(EMBEDDED))
    if os.environ.get(setting.name) and not is_own:
        return SettingSource.ENVIRONMENT
    if setting.name == _SECRET_KEY and (Path(settings.CONGTAM_DATA_DIR) / "secret_key").is_file():
        return SettingSource.FILE
    return SettingSource.DEFAULT


def _written_value(setting: Setting) -> str:
    """As an operator would write it; folders in full."""
    value: Any = setting.value(os.environ)
    if setting.name == "CONGTAM_FRONTEND_DIR":
        return str(settings.CONGTAM_FRONTEND_DIR)
    return _setting_text(value)


def _setting_text(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return ",".join(value) if isinstance(value, list) else str(value)


def _database_settings() -> Iterator[SettingInForce]:
    notes, rate = installation_notes(), rate_in_force()
    has_rate = "api_allowance" in notes
    yield SettingInForce(
        name="api_allowance",
        value=f"{rate.per_second:g}/s, {rate.burst}",
        source=SettingSource.DATABASE if has_rate else SettingSource.DEFAULT,
        help=msgid("How many calls of the API each account may make: a second for long, and at once."),
        command="congtam accounts allowance --per-second 50 --burst 1000",
    )
    yield _storage_setting(has_note=NOTE in notes)
    for name, default, text in _NOTES:
        yield SettingInForce(
            name=name,
            value=_setting_text(notes.get(name, default)),
            source=SettingSource.DATABASE if name in notes else SettingSource.DEFAULT,
            help=text,
        )


def _storage_setting(*, has_note: bool) -> SettingInForce:
    limits = storage_limits()
    free = "min(1024 MiB, 5 %)" if limits.free_mib is None else f"{limits.free_mib} MiB"
    return SettingInForce(
        name=NOTE,
        value=f"{limits.mib_a_day} MiB, {free}, {limits.since}".removesuffix(", "),
        source=SettingSource.DATABASE if has_note else SettingSource.DEFAULT,
        help=msgid("How much each account may store a day, how much of the disk stays free, and since when."),
        command="congtam accounts storage --mib-a-day 2048 --free-mib 1024",
    )


_NOTES = (
    ("declined_filing_days", 180, msgid("After how many days the files of a declined filing are removed.")),
    ("synthetic", False, msgid("Whether the data are synthetic, as in a demonstration.")),
)
