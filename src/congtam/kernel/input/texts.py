"""Texts without what no database keeps and nobody sees (ký tự điều khiển)."""

from __future__ import annotations

import re
from typing import Final

from congtam.kernel.errors import Problem, msgid
from congtam.kernel.vietnamese import nfc

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_UNSTORABLE: Final = re.compile(r"[\x00\ud800-\udfff]")
_INVISIBLE: Final = re.compile(r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_DIRECTION: Final = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLANKS: Final = re.compile(r"[\u00a0\u2000-\u200a\u202f\u3000]")


def clean_text(text: str) -> str:
    r"""Composed Unicode, line ends as ``\n``, no control characters but tab and line end, no blanks around it.

    >>> clean_text("  Vừ Thị\x00 Mỷ\r\n"), clean_text("a\r\nb\x1b")
    ('Vừ Thị Mỷ', 'a\nb')
    """
    return nfc(_without_control(text)).strip()


def clean_text_never_longer(text: str) -> str:
    """Like `clean_text`, but never longer than the text itself, for limits that are counted as it was typed.

    Composing makes some letters of other scripts longer; a text that it would lengthen is left as it was typed.

    >>> len(clean_text("\u0958")), len(clean_text_never_longer("\u0958")), clean_text_never_longer(" Vừ ")
    (2, 1, 'Vừ')
    """
    composed = clean_text(text)
    return composed if len(composed) <= len(text) else _without_control(text).strip()


def _without_control(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_line(text: str) -> str:
    r"""The same in one line, with single blanks.

    >>> clean_line(" Vừ\n Thị  Mỷ ")
    'Vừ Thị Mỷ'
    """
    return " ".join(clean_text(text).split())


def compact(text: str) -> str:
    """For numbers, days, phones and addresses: one line without the invisible marks that copying brings along.

    >>> compact("\u202a0912\u00a0345 678\u202c")
    '0912 345 678'
    """
    return clean_line(_BLANKS.sub(" ", _INVISIBLE.sub("", text)))


def storable_text(text: str) -> str:
    r"""The text as it was typed, without the signs the database refuses: for a page that is shown again.

    >>> storable_text(" x\x00 ")
    ' x '
    """
    return _UNSTORABLE.sub("", text)


def is_storable(text: str) -> bool:
    r"""Whether the database can keep the text as it is: no NUL, no half of a surrogate pair.

    For inputs that are refused rather than cleaned, such as a body of the API.

    >>> is_storable("Vừ Thị Mỷ"), is_storable("x\x00")
    (True, False)
    """
    return not _UNSTORABLE.search(text)


def has_direction_mark(text: str) -> bool:
    r"""Whether the text holds a mark that turns the direction of writing: it makes a name look like another one.

    >>> has_direction_mark("hoa\u202efdp.exe"), has_direction_mark("Vừ Thị Mỷ")
    (True, False)
    """
    return _DIRECTION.search(text) is not None


def without_direction_marks(text: str) -> str:
    r"""The text in the order in which it is stored, for messages about it.

    >>> without_direction_marks("hoa\u202efdp.exe")
    'hoafdp.exe'
    """
    return _DIRECTION.sub("", text)


def direction_mark_problems(text: str, *, column: str) -> list[Problem]:
    """The refusal of a name with a direction mark (ký tự đổi chiều chữ); none for a plain one."""
    if not has_direction_mark(text):
        return []
    message = msgid(
        "The name contains an invisible mark that reverses the writing. Type it instead of pasting it."
    )
    return [Problem(code="direction_mark", message=message, column=column)]
