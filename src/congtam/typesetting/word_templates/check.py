"""Check a template before it may be used (kiểm tra mẫu): everything wrong with it at once, each with what to do.

python-docx, which the checks use, is imported by the first template: most processes never see one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from congtam.kernel.errors import InputRefused, Problem
from congtam.typesetting.domain.slots import Requirement
from congtam.typesetting.ooxml import DocumentTooLarge, FileNotReadable, Package
from congtam.typesetting.word_templates.limits import OverLimit, unreadable_template_problem, xml_parts
from congtam.typesetting.word_templates.template import LIMITS, Template

_MOST_PROBLEMS: Final = 50
"""Of the slots: a hostile file could have one per letter."""


def check_template(content: bytes, *, name: str = "", required: Sequence[Requirement] = ()) -> Template:
    """The template, or InputRefused with every problem: unreadable or too large, macros, embedded objects, links to the
    outside, tracked changes and comments, slots that are unknown, misplaced, unclosed or missing.

    What has none of these is rendered once, so that a template in force never stops a document.
    """
    from congtam.typesetting.word_templates.safety import safety_problems
    from congtam.typesetting.word_templates.slot_check import slot_problems, used_slots
    from congtam.typesetting.word_templates.trial import trial_problems

    try:
        package = Package(content, LIMITS)
        xml = xml_parts(package)
        main = package.main
        problems = [
            *safety_problems(package, main, xml),
            *islice(slot_problems(package, main, required), _MOST_PROBLEMS),
        ]
    except OverLimit as over:
        raise InputRefused(_with_file_name([over.problem], name)) from None
    except (FileNotReadable, DocumentTooLarge) as error:
        problem = unreadable_template_problem(error.message, code=error.code, **error.data)
        raise InputRefused(_with_file_name([problem], name)) from None
    if problems:
        raise InputRefused(_with_file_name(problems, name))
    template = Template(content=package.repack(), slots=used_slots(package, main))
    if failed := list(trial_problems(template)):
        raise InputRefused(_with_file_name(failed, name))
    return template


def read_template(content: bytes) -> Template:
    """A template that was checked before it was stored; FileNotReadable where the file is damaged."""
    from congtam.typesetting.word_templates.slot_check import used_slots

    package = Package(content, LIMITS)
    return Template(content=content, slots=used_slots(package, package.main))


def _with_file_name(problems: Sequence[Problem], name: str) -> Iterator[Problem]:
    for one in problems:
        yield replace(one, file=name or None)
