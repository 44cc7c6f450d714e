"""The settings an operator may give by environment variable: each with a type, a default and a sentence of help.

The operations page of the manual is generated from this table, so an undocumented setting cannot exist.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from congtam.kernel.errors import msgid

_WAY_OUT: Final = "Set CONGTAM_DATA_DIR to a folder you can write to, or grant its owner write access."

_MAIL_PORTS: Final = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
_MAIL_SECONDS: Final = 20
"""How long the mail server may keep us waiting."""


class SettingMalformed(ValueError):
    """An environment variable holds something its type cannot read."""


def _parse_boolean(text: str) -> bool:
    lowered = text.strip().lower()
    if lowered in {"1", "true", "yes", "on"}:
        return True
    if lowered in {"0", "false", "no", "off", ""}:
        return False
    raise ValueError("use 1 or 0")


def _split_list(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _parse_folder(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _parse_database_address(text: str) -> str:
    # Start-up: `--help` reads this module and needs no database driver.
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        conninfo_to_dict(text)
    except ProgrammingError:
        # What the driver says repeats the address, and a password may be in it.
        raise ValueError("it is not the address of a PostgreSQL database") from None
    return text


def _parse_port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise ValueError("a port is a number from 1 to 65535")
    return number


def _parse_positive_number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError("enter at least 1")
    return number


def _parse_language(text: str) -> str:
    if text not in {"vi", "en"}:
        raise ValueError("use vi or en")
    return text


def _parse_mail_server(text: str) -> dict[str, Any]:
    """smtp://user:password@host:port, smtps:// for TLS from the start, smtp+tls:// for STARTTLS; empty is off."""
    if not text.strip():
        return {}
    parts = urlsplit(text.strip())
    if parts.scheme not in _MAIL_PORTS or not parts.hostname:
        raise ValueError("use smtp://, smtp+tls:// or smtps:// with a host")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or _MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": _MAIL_SECONDS,
    }


def _parse_site_url(text: str) -> str:
    parts = urlsplit(text.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("use https://name")
    return text.strip().rstrip("/")


def _parse_issuer(text: str) -> str:
    return _parse_site_url(text) if text.strip() else ""


def _optional_folder(text: str) -> Path | None:
    return _parse_folder(text) if text else None


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One environment variable: how it is read and what it is for."""

    name: str
    read: Callable[[str], Any]
    default: str
    help: str
    is_secret: bool = False
    default_from: Callable[[Mapping[str, str]], str] | None = None
    """What is read where it is not set and another setting decides."""

    def value(self, environ: Mapping[str, str]) -> Any:
        """The typed value, or SettingMalformed with the name, the text and the way out."""
        default = self.default_from(environ) if self.default_from else self.default
        text = environ.get(self.name, default)
        try:
            return self.read(text)
        except (ValueError, TypeError) as error:
            shown = "…" if self.is_secret else repr(text)
            raise SettingMalformed(f"{self.name}={shown} cannot be read: {error}. {self.help}") from error


SETTINGS: tuple[Setting, ...] = (
    Setting(
        name="CONGTAM_DATA_DIR",
        read=_parse_folder,
        default="./var",
        help=msgid("Data folder: database, files, warehouse and secret key."),
    ),
    Setting(
        name="CONGTAM_ANCHORS",
        read=_optional_folder,
        default="",
        help=msgid("Folder of the ledger's anchor file; if empty, `anchors` in the data folder."),
    ),
    Setting(
        name="DATABASE_URL",
        read=_parse_database_address,
        is_secret=True,
        default="",
        help=msgid(
            "Address postgresql://user:password@host:port/name; if empty, the embedded database in the data folder."
        ),
    ),
    Setting(
        name="CONGTAM_SECRET_KEY",
        read=str,
        is_secret=True,
        default="",
        help=msgid("Key that signs sessions; if empty, one is generated once and stored in the data folder."),
    ),
    Setting(
        name="CONGTAM_DEBUG",
        read=_parse_boolean,
        default="0",
        help=msgid("1 shows error details on pages; never use it in production."),
    ),
    Setting(
        name="CONGTAM_HOSTS",
        read=_split_list,
        default="localhost,127.0.0.1,[::1]",
        help=msgid("Host names of the site, separated by commas."),
    ),
    Setting(
        name="CONGTAM_HTTPS",
        read=_parse_boolean,
        default="0",
        help=msgid("1 if a proxy serves the site over HTTPS; turns on secure cookies and HSTS."),
    ),
    Setting(
        name="CONGTAM_PORT",
        read=_parse_port,
        default="8000",
        help=msgid("Port that `congtam run` listens on."),
    ),
    Setting(
        name="CONGTAM_WEB_WORKERS",
        read=_parse_positive_number,
        default="2",
        help=msgid("Web processes started by `congtam run`."),
    ),
    Setting(
        name="CONGTAM_LANGUAGE",
        read=_parse_language,
        default="vi",
        help=msgid("Language of what commands print, vi or en; pages follow each reader's choice."),
    ),
    Setting(
        name="CONGTAM_FRONTEND_DIR",
        read=_optional_folder,
        default="",
        help=msgid("Folder built by tools/frontend.py; if empty, build/frontend next to the source."),
    ),
    Setting(
        name="CONGTAM_SITE_URL",
        read=_parse_site_url,
        default="http://localhost:8000",
        default_from=lambda environ: f"http://localhost:{environ.get('CONGTAM_PORT', '8000')}",
        help=msgid("Public address of the site; used in QR codes, e-mails and payment links."),
    ),
    Setting(
        name="CONGTAM_EMAIL_URL",
        read=_parse_mail_server,
        is_secret=True,
        default="",
        help=msgid(
            "Server as smtp://user:password@host:port, smtp+tls:// or smtps://; if empty, no e-mail is sent."
        ),
    ),
    Setting(
        name="CONGTAM_EMAIL_FROM",
        read=str,
        default="congtam@localhost",
        help=msgid("Sender of e-mails to applicants."),
    ),
    Setting(
        name="CONGTAM_OIDC_ISSUER",
        read=_parse_issuer,
        default="",
        help=msgid("Address of the sign-in service (OpenID Connect issuer); if empty, there is none."),
    ),
    Setting(
        name="CONGTAM_OIDC_CLIENT_ID",
        read=str,
        default="congtam",
        help=msgid("Client ID of this site at the sign-in service."),
    ),
    Setting(
        name="CONGTAM_OIDC_CLIENT_SECRET",
        read=str,
        is_secret=True,
        default="",
        help=msgid("Client secret of this site at the sign-in service."),
    ),
    Setting(
        name="CONGTAM_OIDC_NAME",
        read=str,
        default="SSO",
        help=msgid("Name of the sign-in service on the button."),
    ),
    Setting(
        name="CONGTAM_OIDC_CLAIM",
        read=str,
        default="preferred_username",
        help=msgid(
            "Claim that holds the user name; only one that people cannot change at the service themselves."
        ),
    ),
)


def language_of_console(environ: Mapping[str, str] = os.environ) -> str:
    """The language of what commands print, before all settings are read; SettingMalformed for another one."""
    return str(next(one for one in SETTINGS if one.name == "CONGTAM_LANGUAGE").value(environ))


def make_data_folder(folder: Path) -> None:
    """Make the data folder if there is none; raises SettingMalformed when it cannot be used, with the reason.

    It holds files with personal data: nobody else on the machine may look in.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingMalformed(
            f"The data folder {folder} cannot be created: {error.strerror}. {_WAY_OUT}"
        ) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise SettingMalformed(f"The data folder {folder} cannot be written. {_WAY_OUT}")


def read_settings(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """All settings by name; every malformed one is named in one error."""
    values: dict[str, Any] = {}
    faults: list[str] = []
    for setting in SETTINGS:
        try:
            values[setting.name] = setting.value(environ)
        except SettingMalformed as fault:
            faults.append(str(fault))
    if faults:
        raise SettingMalformed("\n".join(faults))
    return values
