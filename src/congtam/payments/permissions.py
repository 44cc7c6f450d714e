"""Who may do what with payments (quyền về phí, lệ phí)."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from congtam.foundation.public import Actor, Role
from congtam.kernel.errors import NotAllowed
from congtam.org_units.public import VisibleUnits, visible_units
from congtam.payments.models import FeeRequest, Payment

MAY_TAKE: Final = (Role.CLERK,)
"""May take cash and ask for a refund."""
MAY_REFUND: Final = (Role.UNIT_HEAD,)
"""May carry out a refund another person asked for."""
MAY_READ_REASONS: Final = tuple(role for role in Role if role is not Role.OBSERVER)
"""May read what people wrote about a fee; it may name the applicant."""


def require_everywhere(actor: Actor, *roles: Role) -> None:
    """Raise NotAllowed unless the actor holds one of the roles over everything."""
    if not visible_units(actor, *roles).everything:
        raise NotAllowed(right="payments", unit="*")


def visible_payment_units(actor: Actor) -> VisibleUnits:
    """The units whose payments an actor may see."""
    return visible_units(actor)


def counter_units(actor: Actor) -> VisibleUnits:
    """The units at whose counters the actor works with money."""
    return visible_units(actor, *MAY_TAKE, *MAY_REFUND)


def visible_requests_condition(actor: Actor) -> Q | None:
    """The requests an actor may see, of its units and of dossiers its counter took in; None when it sees all."""
    units = visible_payment_units(actor)
    if units.everything:
        return None
    return Q(unit_code__in=units.codes) | Q(counter_unit_code__in=counter_units(actor).codes)


def choose_counter(actor: Actor, request: FeeRequest) -> str:
    """The unit at whose counter the actor takes the cash of a request; raises NotAllowed.

    Of two that the actor's roles reach, the one they name.
    """
    reach, named = visible_units(actor, *MAY_TAKE), {grant.unit_code for grant in actor.grants}
    counters = [code for code in (request.unit_code, request.counter_unit_code) if code and code in reach]
    if not counters:
        raise NotAllowed(right="payments", unit=request.unit_code)
    return next((code for code in counters if code in named), counters[0])


def may_cancel(actor: Actor, request: FeeRequest) -> bool:
    """Whether the actor may ask for it no longer: for the unit that asks, or as the one who asked."""
    return request.requested_by == actor.username or request.unit_code in counter_units(actor)


def may_refund(actor: Actor, payment: Payment, *roles: Role) -> bool:
    """Whether the actor gives money back, for the unit that asked for it or the counter that holds it."""
    units = visible_units(actor, *roles)
    counter = payment.counter_unit_code
    return payment.request.unit_code in units or bool(counter and counter in units)


def units_with_readable_reasons(actor: Actor) -> VisibleUnits:
    """The units of whose fees the actor may read the reasons."""
    return visible_units(actor, *MAY_READ_REASONS)


def may_read_reason(actor: Actor, request: FeeRequest) -> bool:
    """Whether the actor may read what was written about a fee."""
    counter = request.counter_unit_code
    return request.unit_code in units_with_readable_reasons(actor) or bool(
        counter and counter in counter_units(actor)
    )
