"""The words a person reads for the closed lists of the catalogue (nhãn hiển thị)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congtam.procedures.domain.announcing import AnnouncedKind, PublicationStatus
from congtam.procedures.domain.time_limits import ConditionKind, TimeUnit
from congtam.ui.public import time_limit_text

LabelText = str | Promise

CHANNELS: Final[Mapping[str, LabelText]] = {
    "desk": _("At the desk"),
    "online": _("Online"),
    "post": _("By public post"),
    "unknown": _("Other way"),
    "": _("All ways of filing"),
}
ONLINE_LEVELS: Final[Mapping[str, LabelText]] = {
    "full": _("Fully online"),
    "partial": _("Partly online"),
}
REASONS: Final[Mapping[str, LabelText]] = {
    "not_stated": _("no time limit stated"),
    "no_amount": _("the text states no clear amount"),
    "range": _("the text states a range"),
    "several_limits": _("the text states several time limits"),
    "run_together": _("cells of the source run together"),
}
CONDITIONS: Final[Mapping[str, LabelText]] = {
    ConditionKind.REMOTE_COMMUNES: _("Mountainous and remote communes"),
    ConditionKind.NOT_COUNTED: _("Time that is not counted"),
    ConditionKind.LATE_RECEIPT: _("Received late in the day"),
    ConditionKind.NOTE: _("Note"),
}
PARTS: Final[Mapping[str, LabelText]] = {
    "name": _("name of the procedure"),
    "field_name": _("field of work"),
    "levels": _("level"),
    "issuing_agency": _("issuing agency"),
    "executing_agency": _("executing agency"),
    "decision": _("decision"),
    "kind": _("kind of procedure"),
    "url": _("address on the portal"),
    "subjects": _("who it is for"),
    "steps": _("steps"),
    "requirements": _("requirements"),
    "result": _("result"),
    "limits": _("time limits"),
    "papers": _("papers"),
    "fees": _("fees"),
    "legal": _("legal basis"),
    "channels": _("ways of filing"),
    "any_office": _("filing anywhere in the province"),
    "case_kinds": _("cases"),
    "results": _("result documents"),
    "supplement_days": _("days to supplement"),
    "form_fields": _("electronic form"),
    "online_level": _("level of the online service"),
    "online_level_reason": _("why only partly online"),
    "process": _("internal process"),
}
ROLES: Final[Mapping[str, LabelText]] = {
    "clerk": _("One-stop shop clerk"),
    "officer": _("Handling officer"),
    "unit_head": _("Head of unit"),
    "leader": _("Leader of the province"),
}
UNITS: Final[Mapping[str, LabelText]] = {
    TimeUnit.WORKING_DAYS: _("working days"),
    TimeUnit.CALENDAR_DAYS: _("calendar days"),
    TimeUnit.HOURS: _("working hours"),
    TimeUnit.MONTHS: _("months"),
}
ISSUERS: Final[Mapping[str, LabelText]] = {
    "province": _("Chairman of the province"),
    "ministry": _("Minister, head of agency"),
}
ANNOUNCED_KINDS: Final[Mapping[str, LabelText]] = {
    AnnouncedKind.NEW: _("newly issued"),
    AnnouncedKind.AMENDED: _("amended"),
    AnnouncedKind.REPLACED: _("replaced"),
    AnnouncedKind.ABOLISHED: _("abolished"),
}
PUBLICATION_STATUSES: Final[Mapping[str, LabelText]] = {
    PublicationStatus.ON_TIME: _("made public on time"),
    PublicationStatus.LATE: _("made public late"),
    PublicationStatus.DUE: _("not due yet"),
    PublicationStatus.OVERDUE: _("overdue, not made public"),
}
RECORDED_SOURCES: Final[Mapping[str, LabelText]] = {"demonstration": _("demonstration data")}
"""Sources that are no documents, by what the version has on record."""
CHANGE_KINDS: Final[Mapping[str, LabelText]] = {
    "added": _("added"),
    "removed": _("removed"),
    "changed": _("changed"),
}


def format_condition(condition: Mapping[str, Any]) -> str:
    """What a condition changes, where that is plain; else nothing."""
    amount = condition.get("amount")
    if not amount:
        return ""
    amount_text = time_limit_text(Decimal(amount["value"]), amount["unit"])
    return str(_("{limit} more") if condition["is_extra"] else _("{limit} in total")).format(
        limit=amount_text
    )
