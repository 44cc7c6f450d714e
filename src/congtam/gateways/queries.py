"""Reading gateways and what their daily files said."""

from __future__ import annotations

from urllib.parse import urlencode

from congtam.foundation.public import Actor
from congtam.gateways import permissions
from congtam.gateways.models import Gateway, StatementLine
from congtam.gateways.statement_days import AGREES


def payment_link(request_code: str) -> str:
    """Where a payer pays the request online (đường dẫn thanh toán); empty where there is no gateway."""
    gateway = Gateway.objects.filter(is_active=True).order_by("pk").first()
    if gateway is None:
        return ""
    joined = "&" if "?" in gateway.address else "?"
    return f"{gateway.address}{joined}{urlencode({'request': request_code})}"


def disagreeing_statement_lines(*, to: Actor) -> list[StatementLine]:
    """Lines of gateways' daily files that do not agree with our books, in units the actor may see."""
    units = permissions.visible_file_units(to)
    lines = StatementLine.objects.exclude(outcome__in=AGREES).select_related("statement")
    if not units.everything:
        lines = lines.filter(unit_code__in=units.codes)
    return list(lines.order_by("-statement__day", "reference")[:500])


def gateway_names() -> list[str]:
    """The names of all gateways, also of those that are not used any more."""
    return list(Gateway.objects.order_by("name").values_list("name", flat=True))
