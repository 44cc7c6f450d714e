"""The checker of API answers finds what is wrong, and what nobody described."""

from __future__ import annotations

from typing import Any

import pytest

from congtam.testing.json_schema import faults

ROOT: dict[str, Any] = {
    "components": {
        "schemas": {
            "Fee": {
                "type": "object",
                "required": ["amount"],
                "properties": {
                    "amount": {"type": "integer", "minimum": 0},
                    "paid_at": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
                    "due_on": {"type": "string", "format": "date"},
                },
            }
        }
    }
}
FEE = {"$ref": "#/components/schemas/Fee"}


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ({"amount": 1, "paid_at": None, "due_on": "2026-03-02"}, None),
        ({"amount": 1, "paid_at": "2026-03-02T02:00:01.5Z"}, None),
        ({}, "'amount' is a required property"),
        ({"amount": -1}, "/amount: -1 is less than the minimum"),
        ({"amount": 1.0}, "/amount: 1.0 is not of type 'integer'"),
        ({"amount": True}, "/amount: True is not of type 'integer'"),
        ({"amount": 1, "note": "x"}, "note is described nowhere"),
        ({"amount": 1, "paid_at": "2026-03-02T09:00:01+07:00"}, "/paid_at"),
        ({"amount": 1, "due_on": "02/03/2026"}, "/due_on"),
    ],
)
def test_values_are_checked(value: object, fault: str | None) -> None:
    found = list(faults([value], {"type": "array", "items": FEE}, root=ROOT))
    assert (found == []) if fault is None else (len(found) == 1 and fault in found[0])


def test_a_keyword_the_check_does_not_know_is_a_fault() -> None:
    assert "oneoff" in next(faults(1, {"type": "integer", "oneoff": 3}, root=ROOT))
