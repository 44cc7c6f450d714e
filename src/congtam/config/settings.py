"""Django settings, all derived from the typed variables in `env.py`."""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from congtam.config.env import make_data_folder, read_settings

_ENV = read_settings()
PACKAGE_DIR = Path(__file__).resolve().parents[1]
CHECKOUT_DIR = PACKAGE_DIR.parents[1]
CONGTAM_DATA_DIR: Path = _ENV["CONGTAM_DATA_DIR"]
CONGTAM_ANCHORS: Path | None = _ENV["CONGTAM_ANCHORS"]
CONGTAM_FRONTEND_DIR: Path = _ENV["CONGTAM_FRONTEND_DIR"] or CHECKOUT_DIR / "build" / "frontend"
CONGTAM_PORT: int = _ENV["CONGTAM_PORT"]
CONGTAM_LANGUAGE: str = _ENV["CONGTAM_LANGUAGE"]
CONGTAM_WEB_WORKERS: int = _ENV["CONGTAM_WEB_WORKERS"]


def _write_once(path: Path, text: str) -> None:
    """Write a private file that another process never sees half written, and that the first process wins."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()


def _secret_key() -> str:
    if _ENV["CONGTAM_SECRET_KEY"]:
        return str(_ENV["CONGTAM_SECRET_KEY"])
    key_file = CONGTAM_DATA_DIR / "secret_key"
    if not key_file.exists():
        make_data_folder(CONGTAM_DATA_DIR)
        _write_once(key_file, secrets.token_urlsafe(50))
    return key_file.read_text().strip()


def database_settings(url: str) -> dict[str, Any]:
    """Django's form of a libpq address; an empty one is a placeholder for tools that never connect."""
    parts = conninfo_to_dict(url or "postgresql:///congtam")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "congtam"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**parts, "application_name": "congtam"},
    }


SECRET_KEY = _secret_key()
DEBUG: bool = _ENV["CONGTAM_DEBUG"]
ALLOWED_HOSTS: list[str] = _ENV["CONGTAM_HOSTS"]
DATABASES = {"default": database_settings(_ENV["DATABASE_URL"])}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "congtam.foundation",
    "congtam.warehouse",
    "congtam.ui",
    "congtam.work_calendar",
    "congtam.forms",
    "congtam.org_units",
    "congtam.procedures",
    "congtam.payments",
    "congtam.dossiers",
    "congtam.indicators",
    "congtam.inspections",
    "congtam.reports",
    "congtam.imports",
    "congtam.webhooks",
    "congtam.gateways",
    "congtam.sign_in",
    "congtam.portal",
    "congtam.demonstration",
    "congtam.home",
    "congtam.administration",
    "congtam.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "congtam.config.web.middleware.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # its files are compressed already
    "congtam.config.web.private_pages.private_pages",  # outside compression, which goes by the page's own mark
    "congtam.config.web.compression.CompressPages",
    "congtam.config.web.middleware.cache_installation_per_request",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "congtam.config.web.middleware.chosen_language",
    "congtam.config.web.middleware.readable_addresses",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "congtam.sign_in.web.middleware.watch_sessions",
    "congtam.foundation.web.passwords.own_password_first",
    "congtam.sign_in.web.middleware.second_step_first",
    "congtam.sign_in.web.middleware.note_who_reads_persons",
    "django_htmx.middleware.HtmxMiddleware",
    "congtam.config.web.middleware.domain_errors",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "congtam.foundation.web.context.installation",
                "congtam.config.web.menu.navigation",
            ],
        },
    },
]
ROOT_URLCONF = "congtam.config.urls"
WSGI_APPLICATION = "congtam.config.wsgi.application"

AUTH_USER_MODEL = "foundation.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
] + [
    {"NAME": "congtam.sign_in.passwords.VietnamesePasswords"},
    {"NAME": "congtam.foundation.web.passwords.EndsTokens"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "congtam.sign_in.web.adapter.HouseAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
# Wrong passwords are counted by us (`sign_in/limits.py`): allauth would lock a whole office behind one address. What
# is left here counts codes of the second step, for whoever knows the password already.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "10/10m/key"}
MFA_ADAPTER = "congtam.sign_in.web.second_step_adapter.HouseSecondSteps"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
# Browsers make passkeys over HTTPS and on localhost only; the server asks no more of localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _ENV["CONGTAM_HTTPS"]
# The counters live in the database, so that every web process sees the same count.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "foundation_cache"}
}

CONGTAM_OIDC_NAME: str = _ENV["CONGTAM_OIDC_NAME"]
CONGTAM_OIDC_CLAIM: str = _ENV["CONGTAM_OIDC_CLAIM"]
CONGTAM_OIDC_ISSUER: str = _ENV["CONGTAM_OIDC_ISSUER"]
SOCIALACCOUNT_ADAPTER = "congtam.sign_in.web.identity_adapter.HouseIdentities"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "SCOPE": ["openid", "profile"],
        "APPS": [
            {
                "provider_id": "sso",
                "name": CONGTAM_OIDC_NAME,
                "client_id": _ENV["CONGTAM_OIDC_CLIENT_ID"],
                "secret": _ENV["CONGTAM_OIDC_CLIENT_SECRET"],
                "settings": {"server_url": CONGTAM_OIDC_ISSUER},
            }
        ]
        if CONGTAM_OIDC_ISSUER
        else [],
    }
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = CONGTAM_DATA_DIR / "static"
STATICFILES_DIRS = [CONGTAM_FRONTEND_DIR / "static"] if (CONGTAM_FRONTEND_DIR / "static").is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_HANDLERS = [
    "congtam.portal.access.web.uploads.PublicUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A form may have a table of two hundred rows, and each of its cells says twice that it was there.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONGTAM_SITE_URL: str = _ENV["CONGTAM_SITE_URL"]
# Without a mail server notices wait and are shown as not sent; nothing pretends to send them.
CONGTAM_SENDS_EMAIL = bool(_ENV["CONGTAM_EMAIL_URL"])
DEFAULT_FROM_EMAIL: str = _ENV["CONGTAM_EMAIL_FROM"]
EMAIL_TIMEOUT = 20
globals().update(_ENV["CONGTAM_EMAIL_URL"])

SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "congtam.config.web.refused_forms.csrf_refused"
SESSION_COOKIE_SECURE = False
if _ENV["CONGTAM_HTTPS"]:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Behind that proxy every visitor has its address: wrong passwords are counted by the one it passes on.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 2, "delete_jobs": "successful"}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"congtam": {"level": "INFO"}},
}
