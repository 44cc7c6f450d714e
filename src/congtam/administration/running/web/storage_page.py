"""How much is stored and when it was last backed up (trang lưu trữ và sao lưu)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congtam.administration.permissions import require_administrator
from congtam.administration.running.backups import last_backup, note_backup
from congtam.foundation import storage
from congtam.foundation.public import actor_of, display_names, real_clock, unused_count
from congtam.foundation.web.form_problems import add_problems_to
from congtam.kernel.clock import LOCAL
from congtam.kernel.errors import InputRefused
from congtam.ui.public import DayInput, bytes_text, current_language, number


class BackupForm(forms.Form):
    """A backup that was made."""

    day = forms.DateField(label=_("Backup made on"), widget=DayInput())
    hour = forms.TimeField(
        label=_("Hour (hh:mm)"),
        input_formats=["%H:%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
    )
    location = forms.CharField(label=_("Stored at"), max_length=200, required=False)

    @property
    def recorded_at(self) -> datetime:
        """The instant, in Vietnam's time."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"], tzinfo=LOCAL)


_FILE_KINDS: Final = {
    "dossier_paper": _("Papers and results of dossiers"),
    "import.source": _("Files that were imported"),
    "import.absent": _("Lists of dossiers missing from imported files"),
    "import.refused": _("Refused rows of imports"),
    "flag_list": _("Lists of flagged dossiers"),
    "report": _("Reports of inspections"),
    "form_template": _("Document templates"),
    "procedure_form": _("Forms of procedures"),
    "accounts_sheet": _("Lists of accounts"),
    "accounts_refused": _("Refused rows of accounts"),
}
"""What files are for, by the kind under which their room stores them."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def storage_page(request: HttpRequest) -> HttpResponse:
    """Sizes, free space, unused files, the last backup; a backup can be noted."""
    actor = actor_of(request)
    require_administrator(actor)
    now = real_clock().now().astimezone(LOCAL)
    form = BackupForm(request.POST or None, initial={"day": now.date(), "hour": now.time()})
    if request.method == "POST" and form.is_valid():
        try:
            note_backup(at=form.recorded_at, location=form.cleaned_data["location"], actor=actor)
        except InputRefused as error:
            add_problems_to(form, error, field="day")
        else:
            messages.success(request, gettext("The backup was recorded."))
            return redirect("administration:storage")
    context = {**_size_context(), **backup_state(), "form": form}
    return render(request, "administration/storage.html", context, status=400 if form.errors else 200)


def backup_state() -> dict[str, Any]:
    """The last backup, or that nothing is known of one."""
    backup = last_backup()
    by = display_names([backup.by])[backup.by] if backup else ""
    return {"backup": backup, "backup_by": by}


def _size_context() -> dict[str, Any]:
    disk, files, language = storage.disk_space(), storage.file_usage_by_kind(), current_language()
    return {
        "tiles": [
            _size_tile(gettext("Database"), storage.database_size()),
            _size_tile(gettext("Files"), sum(kind.size for kind in files)),
            _size_tile(gettext("Warehouse"), storage.folder_size("warehouse").size),
            _size_tile(gettext("Free space"), disk.free)
            | {
                "tone": "bad" if disk.is_low else "good",
                "facts": [gettext("of {total}").format(total=bytes_text(disk.total, language))],
            },
            _unused_tile(),
        ],
        "is_low": disk.is_low,
        "kinds": [
            {
                "name": _FILE_KINDS.get(one.name, one.name),
                "count": one.count,
                "size": bytes_text(one.size, language),
            }
            for one in files
        ],
        "tables": [
            {"name": one.name, "size": bytes_text(one.size, language)} for one in storage.largest_tables()
        ],
    }


def _size_tile(label: str, size: int) -> dict[str, Any]:
    return {"label": label, "value": bytes_text(size, current_language()), "tone": ""}


def _unused_tile() -> dict[str, Any]:
    unused = unused_count()
    return {
        "label": gettext("Unused files"),
        "value": number(unused, current_language()),
        "tone": "",
        "facts": [gettext("removed at night after two days")] if unused else [],
    }
