"""The settings in force and where each comes from (trang cấu hình); a secret is never shown."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from congtam.administration.permissions import require_administrator
from congtam.administration.ports import SettingInForce, SettingSource, settings_in_force
from congtam.foundation.public import actor_of

_SOURCES: Final = {
    SettingSource.ENVIRONMENT: (_("environment variable"), "main"),
    SettingSource.FILE: (_("file in the data folder"), "main"),
    SettingSource.DATABASE: (_("stored in the database"), "main"),
    SettingSource.DEFAULT: (_("default"), "neutral"),
}


@never_cache
@require_safe
def settings_page(request: HttpRequest) -> HttpResponse:
    """Every setting with its value and its source."""
    actor = actor_of(request)
    require_administrator(actor)
    context = {
        "rows": [_setting_row(setting) for setting in settings_in_force()],
    }
    return render(request, "administration/settings.html", context)


def _setting_row(setting: SettingInForce) -> dict[str, Any]:
    source, tone = _SOURCES[setting.source]
    is_set = setting.source is not SettingSource.DEFAULT or bool(setting.value)
    secret = gettext("set, not shown") if is_set else gettext("not set")
    return {
        "name": setting.name,
        "value": secret if setting.is_secret else setting.value or "—",
        "is_secret": setting.is_secret,
        "source_code": setting.source.value,
        "source": source,
        "tone": tone,
        "help": gettext(setting.help),
        "command": setting.command,
    }
