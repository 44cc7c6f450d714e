"""Many accounts from a file (trang cấp tài khoản theo danh sách): checked first, opened when confirmed."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congtam.administration.accounts.forms import SheetForm
from congtam.administration.accounts.opening import AccountOrder
from congtam.administration.accounts.reach import reach_of
from congtam.administration.accounts.sheet_files import (
    SentSheet,
    confirm_sheet,
    refused_rows_path,
    send_sheet,
    write_template,
)
from congtam.administration.accounts.web.warnings import agency_code_warning
from congtam.administration.accounts.wording import role_text
from congtam.foundation.public import Actor, actor_of
from congtam.foundation.web.downloads import temporary_download
from congtam.kernel.errors import DomainError, InputRefused
from congtam.kernel.spreadsheets import XLSX_TYPE

SHOWN: Final = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest) -> HttpResponse:
    """Send a file and see what it would do; nothing is opened yet."""
    actor = actor_of(request)
    reach_of(actor)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    context: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        context = _send_from_form(form, actor)
    status = 400 if form.is_bound and "sent" not in context else 200
    return render(request, "administration/sheet.html", {**context, "form": form}, status=status)


@never_cache
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Open the accounts of a file that was checked; their passwords are shown once."""
    actor = actor_of(request)
    opened, sent = confirm_sheet(request.POST.get("digest", "")[:64], actor=actor)
    if text := agency_code_warning(role.pair for order in sent.checked.orders for role in order.roles):
        messages.warning(request, text)
    context = {
        "opened": opened,
        **_sheet_context(sent),
    }
    return render(request, "administration/sheet_opened.html", context)


@never_cache
@require_safe
def download_refused(request: HttpRequest, digest: str) -> FileResponse:
    """The refused rows as a file to mend and send again."""
    path = refused_rows_path(digest, actor=actor_of(request))
    name = gettext("accounts-to-correct.csv")
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="text/csv")


@require_safe
def template(request: HttpRequest) -> FileResponse:
    """An empty file with the headings."""
    reach_of(actor_of(request))
    return temporary_download(write_template, name=gettext("accounts.xlsx"), media_type=XLSX_TYPE)


def _send_from_form(form: SheetForm, actor: Actor) -> dict[str, Any]:
    """What the file holds, or what is wrong with it as a whole."""
    sent = form.cleaned_data["file"]
    try:
        checked = send_sheet(sent.file, name=sent.name, actor=actor)
    except InputRefused as error:
        return {"problems": error.problems}
    except DomainError as error:
        form.add_error("file", error.format_message(gettext))
        return {}
    return {"sent": checked, **_sheet_context(checked)}


def _sheet_context(sent: SentSheet) -> dict[str, Any]:
    checked = sent.checked
    url = reverse("administration:sheet_refused", args=[sent.refused_digest]) if sent.refused_digest else ""
    return {
        "digest": sent.digest,
        "count": len(checked.orders),
        "orders": [_order_row(order) for order in checked.orders[:SHOWN]],
        "more": max(0, len(checked.orders) - SHOWN),
        "refused": checked.refused,
        "problems": checked.problems,
        "refused_url": url,
    }


def _order_row(order: AccountOrder) -> dict[str, Any]:
    roles = [role_text(*role.pair) for role in order.roles]
    return {"username": order.username, "details": order.details, "roles": roles}
