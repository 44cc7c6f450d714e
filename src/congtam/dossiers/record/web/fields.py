"""Fields that several forms of steps share (trường nhập dùng chung)."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from congtam.foundation.public import clock
from congtam.kernel.clock import local_day
from congtam.kernel.vietnamese import collation_key, fold
from congtam.org_units.public import UnitNode, tree

_NAMED: Final = 6
"""How many units of one name are listed."""


def reason_field(label: Any) -> forms.CharField:
    """A text of some lines."""
    area = forms.Textarea(attrs={"rows": 3, "maxlength": 4000})
    return forms.CharField(label=label, widget=area, max_length=4000)


def suggested_field(
    label: Any, suggestions: tuple[str, ...], *, name: str, required: bool = True
) -> forms.CharField:
    """A line with words to choose from; others may be written."""
    field = forms.CharField(label=label, max_length=500, required=required)
    field.widget.attrs |= {"list": f"{name}-suggestions", "autocomplete": "off"}
    field.suggestions = (f"{name}-suggestions", suggestions)  # type: ignore[attr-defined]
    return field


class UnitField(forms.CharField):
    """A unit by its code, its name, or a line of the list of all units; its code comes out."""

    def clean(self, value: Any) -> str:
        """Several units of that name are named, to choose one."""
        text = str(super().clean(value))
        code = unit_code_from_text(text)
        matches = find_units(code) if code == text else []
        if len(matches) < 2:
            return code
        names = "; ".join(f"{node.code} · {node.name}" for node in matches[:_NAMED])
        raise forms.ValidationError(_("Several units have this name: {units}.").format(units=names))


def unit_field(label: Any) -> forms.CharField:
    """The field with the list of all units beside it."""
    field = UnitField(label=label, max_length=200)
    field.widget.attrs |= {"list": "all-units", "autocomplete": "off"}
    return field


def unit_code_from_text(text: str) -> str:
    """The code of the unit that was chosen or typed; what fits no unit or several stays as it is.

    >>> unit_code_from_text("024 · Thành phố Hà Giang")
    '024'
    """
    code, mark, _rest = text.partition(" · ")
    if mark:
        return code.strip()
    matches = find_units(text)
    return matches[0].code if len(matches) == 1 else text.strip()


def find_units(text: str) -> list[UnitNode]:
    """Units with this code or name; without one, those whose names contain it."""
    folded, nodes = fold(text), tree(local_day(clock().now())).values()
    if not folded:
        return []
    exact = [node for node in nodes if folded in {fold(node.name), fold(node.code)}]
    return exact or [node for node in nodes if folded in fold(node.name)]


def all_units() -> list[dict[str, str]]:
    """Every unit of today, to choose one by name."""
    nodes = tree(local_day(clock().now())).values()
    return [
        {"code": node.code, "name": node.name}
        for node in sorted(nodes, key=lambda node: collation_key(node.name))
    ]
