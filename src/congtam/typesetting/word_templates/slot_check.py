"""The slots of a template: known, closed, in a spot where they can be filled, and all that are needed (chỗ điền)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, Final

from docx.oxml.ns import qn

from congtam.kernel.errors import Problem, msgid
from congtam.typesetting.domain.slots import CONTENT, SLOT, SLOTS, Requirement, slot_name
from congtam.typesetting.ooxml import Package
from congtam.typesetting.word_templates.paragraphs import paragraphs, slots_in, text_of

_PARTS: Final = ("/header", "/footer")
_STRAY: Final = re.compile(r"\{\{|\}\}|\{%|%\}")
_LONGEST: Final = 60
_MOST_SLOTS: Final = 500
_MOST_BLOCKS: Final = 10


def filled_parts(package: Package, main: str) -> list[str]:
    """The parts in which slots are filled: the text, its headers and footers."""
    linked = (one for one in package.relationships(main) if one.type.endswith(_PARTS))
    return [main, *sorted({one.target for one in linked if one.target in package.names})]


def used_slots(package: Package, main: str) -> frozenset[str]:
    """The names of all slots of a template."""
    return frozenset(
        name
        for part in filled_parts(package, main)
        for one in paragraphs(package.xml(part))
        for name in slots_in(one)
    )


def slot_problems(package: Package, main: str, required: Sequence[Requirement]) -> Iterator[Problem]:
    """Everything wrong with the slots."""
    counts: Counter[str] = Counter()
    for part in filled_parts(package, main):
        for paragraph in paragraphs(package.xml(part)):
            counts.update(slots_in(paragraph))
            yield from _paragraph_problems(paragraph, is_main=part == main)
    for name, count in counts.items():
        slot = SLOTS.get(name)
        most = 1 if name == CONTENT else _MOST_BLOCKS if slot and slot.is_block else _MOST_SLOTS
        if count > most:
            yield _repeated_slot_problem(name, count)
    yield from (_missing_slot_problem(need) for need in required if not any(counts[name] for name in need))


def _paragraph_problems(paragraph: Any, *, is_main: bool) -> Iterator[Problem]:
    text = text_of(paragraph)
    if _STRAY.search(SLOT.sub("", text)):
        yield Problem(
            code="template.slot_open",
            message=msgid("A slot is not closed or contains more than a name: “{text}”."),
            data={"text": text.strip()[:_LONGEST]},
            advice=msgid("Write slots as {{{{ name }}}}; a template cannot contain conditions or loops."),
        )
    for match in SLOT.finditer(text):
        name = slot_name(match[1])
        slot = SLOTS.get(name)
        if slot is None:
            yield _unknown_slot_problem(name)
        elif slot.is_block and not (is_main and _is_alone(paragraph, text, match[0])):
            yield Problem(
                code="template.slot_misplaced",
                message=msgid(
                    "The slot “{slot}” is not alone in its paragraph, or is in a header, footer or text box."
                ),
                data={"slot": name},
                advice=msgid("Put it in its own paragraph in the text or in a table."),
            )


def _is_alone(paragraph: Any, text: str, slot: str) -> bool:
    is_boxed = next(paragraph.iterancestors(qn("w:txbxContent")), None) is not None
    return not is_boxed and text.strip() == slot


def _unknown_slot_problem(name: str) -> Problem:
    near = get_close_matches(name, SLOTS, n=1)
    return Problem(
        code="template.slot_unknown",
        message=msgid("There is no slot “{slot}”."),
        data={"slot": name[:_LONGEST], "near": near[0] if near else ""},
        advice=msgid("Did you mean “{near}”?")
        if near
        else msgid("Choose one of the slots listed on this page."),
    )


def _repeated_slot_problem(name: str, count: int) -> Problem:
    """The content stands once; of other slots the number is bounded, for each costs time in every document."""
    return Problem(
        code="template.slot_twice",
        message=msgid("The slot “{slot}” appears {count} times."),
        data={"slot": name[:_LONGEST], "count": count},
        advice=msgid("Keep one of them."),
    )


def _missing_slot_problem(need: Requirement) -> Problem:
    names = [name for name in SLOTS if name in need]
    return Problem(
        code="template.slot_missing",
        message=msgid("The slot {slots} is missing: documents would lose its content."),
        data={"slots": " / ".join(f"{{{{ {name} }}}}" for name in names)},
        advice=msgid("Write it where its content should appear."),
    )
