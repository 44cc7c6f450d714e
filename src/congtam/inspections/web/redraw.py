"""How to draw a sample again, in words short enough to be followed (cách chọn lại mẫu)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from congtam.inspections.domain.sampling import FIRST_METHOD


def redraw_steps(method: str, seed: int) -> tuple[str, ...]:
    """The steps of a method, in the reader's language."""
    strata = (
        _("The strata: one for each field of work, the small ones together; each gives at least one dossier.")
        if method == FIRST_METHOD
        else _(
            "The strata: each dossier with flags is in that of its rarest flag, every other one in that of its "
            "field of work. Half of the sample is shared equally among the flags, the rest by weight; each stratum "
            "gives two dossiers or all it has."
        )
    )
    return (
        _(
            "The frame: all dossiers of the unit received before the end of the period and not finished before "
            "its start."
        ),
        _("The weight: 1, plus the weight of each red flag of the dossier."),
        strata,
        _(
            "The random number: the first 13 hexadecimal digits of SHA-256 of “%(seed)s|code”, divided by 16¹³."
        )
        % {"seed": seed},
        _("In each stratum the dossiers with the smallest u(1 − π) / ((1 − u)π) are drawn."),
    )
