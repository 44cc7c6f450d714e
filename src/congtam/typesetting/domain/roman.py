"""Roman numbers for the parts and annexes of an official document (số La Mã)."""

from __future__ import annotations

_SIGNS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """Write a number from 1 to 39.

    >>> [roman(n) for n in (1, 4, 9, 14, 39)]
    ['I', 'IV', 'IX', 'XIV', 'XXXIX']
    """
    text = ""
    for value, sign in _SIGNS:
        count, number = divmod(number, value)
        text += sign * count
    return text
