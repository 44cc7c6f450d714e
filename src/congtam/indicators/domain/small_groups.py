"""Which figures of a group must be withheld so that none over few hidden rows can be read or computed."""

from __future__ import annotations

from collections.abc import Mapping


def withheld_members(
    hidden: Mapping[str, int], *, least: int, total_is_withheld: bool = False
) -> frozenset[str]:
    """The members whose figure is withheld (ô số liệu không hiển thị), of a group that adds up to one total.

    ``hidden`` counts the rows of each member that the reader may not see. A member with some, but fewer than
    ``least``, is withheld. Where the total is shown, what is left after subtracting the shown members is the sum of
    the withheld ones: further members, the smallest first, are withheld until that sum holds at least ``least`` hidden
    rows. Where the total is withheld, at least one member with hidden rows is, or their sum would give the total away.
    Primary and complementary suppression, Willenborg and de Waal, Elements of Statistical Disclosure Control (2001),
    chapter 2.

    >>> sorted(withheld_members({"a": 2, "b": 9, "c": 30, "d": 0}, least=5))
    ['a', 'b']
    """
    withheld = {member for member, rows in hidden.items() if is_small_group(rows, least=least)}
    further = sorted((rows, member) for member, rows in hidden.items() if rows >= least)
    left = sum(hidden[member] for member in withheld)
    for rows, member in further:
        if left >= least or not (withheld or total_is_withheld):
            break
        withheld.add(member)
        left += rows
    return frozenset(withheld)


def is_small_group(hidden: int, *, least: int) -> bool:
    """Whether a figure that stands alone holds some hidden rows, but too few to show it."""
    return 0 < hidden < least
