"""Check a template before it may be used (kiểm tra mẫu): everything wrong with it at once, each with what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from congtam.kernel.errors import DomainError, InputRefused, Problem, msgid
from congtam.typesetting.domain.slots import Requirement
from congtam.typesetting.ooxml import DocumentTooLarge, FileNotReadable, Package, PackageLimits
from congtam.typesetting.word_templates.safety import safety_problems
from congtam.typesetting.word_templates.slot_check import slot_problems, used_slots

LARGEST_TEMPLATE: Final = 8 << 20
LIMITS: Final = PackageLimits(packed=LARGEST_TEMPLATE, unpacked=64 << 20, parts=1_000)


@dataclass(frozen=True, kw_only=True)
class Template:
    """A checked .docx with slots (mẫu); `check_template` makes it."""

    content: bytes
    slots: frozenset[str]


def check_template(content: bytes, *, name: str = "", required: Sequence[Requirement] = ()) -> Template:
    """The template, or InputRefused with every problem: unreadable or too large, macros, embedded objects, links to the
    outside, tracked changes and comments, slots that are unknown, misplaced, unclosed or missing.
    """
    try:
        package = Package(content, LIMITS)
        main = package.main
        problems = [*safety_problems(package, main), *slot_problems(package, main, required)]
    except (FileNotReadable, DocumentTooLarge) as error:
        raise InputRefused([_unreadable(error, name)]) from None
    if problems:
        raise InputRefused(_named(problems, name))
    return Template(content=package.repacked(), slots=used_slots(package, main))


def read_template(content: bytes) -> Template:
    """A template that was checked before it was stored; FileNotReadable where the file is damaged."""
    package = Package(content, LIMITS)
    return Template(content=content, slots=used_slots(package, package.main))


def _named(problems: Sequence[Problem], name: str) -> Iterator[Problem]:
    for one in problems:
        yield Problem(code=one.code, message=one.message, data=one.data, advice=one.advice, file=name or None)


def _unreadable(error: DomainError, name: str) -> Problem:
    return Problem(
        code=error.code,
        message=error.message,
        data=error.data,
        file=name or None,
        advice=msgid("Open it in Word, save it as .docx, and upload it again."),
    )
