"""Vietnamese text: one Unicode form, one letter Đ, a key to search by, a key to compare by, a key to sort by."""

from __future__ import annotations

import unicodedata
from typing import Final

# Icelandic eth (U+00D0) and African D (U+0189) look like Đ (U+0110); old fonts and keyboards write them in its place.
_LOOK_ALIKES: Final = str.maketrans({"\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ", "\u0256": "đ"})
_STROKES: Final = str.maketrans({"đ": "d", "Đ": "d"})


def nfc(text: str) -> str:
    """The text in composed Unicode (dựng sẵn): half of what arrives from old systems is decomposed.

    >>> nfc("Hồ sơ") == "Hồ sơ"
    True
    """
    return unicodedata.normalize("NFC", text)


def unify_d(text: str) -> str:
    """The text with one letter Đ: signs that only look like it, such as U+00D0, become U+0110.

    >>> unify_d("\\u00d0ào") == "Đào"
    True
    """
    return text if text.isascii() else text.translate(_LOOK_ALIKES)


def fold(text: str) -> str:
    """A search key: lower case, no diacritics (không dấu), single spaces; đ becomes d, any Unicode form.

    >>> fold("  Đường  Nguyễn Huệ "), fold("\\u00d0ào")
    ('duong nguyen hue', 'dao')
    """
    if not text.isascii():
        decomposed = unicodedata.normalize("NFD", unify_d(text).translate(_STROKES))
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(text.lower().split())


def comparison_key(text: str) -> str:
    """A key to compare wordings by: lower case, single spaces, one letter Đ, any Unicode form; diacritics stay.

    >>> comparison_key("  Trong  ngày, \\u00d0ủ hồ sơ ")
    'trong ngày, đủ hồ sơ'
    """
    return " ".join(unify_d(nfc(text)).lower().split())


# The second letters of a group sort after the plain one: a < ă < â.
_WEIGHTS: Final = {
    **{letter: f"{letter}0" for letter in "abcdefghijklmnopqrstuvwxyz"},
    **{
        letter: f"{group[0]}{rank}"
        for group in ("aăâ", "dđ", "eê", "oôơ", "uư")
        for rank, letter in enumerate(group)
    },
    **{digit: f"1{digit}" for digit in "0123456789"},
    " ": "001",
}
# In the order of a Vietnamese dictionary: huyền, hỏi, ngã, sắc, nặng; without a tone comes first (1).
_TONES: Final = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
_SHAPES: Final = "\u0302\u0306\u031b"
_END: Final = "000"


def collation_key(text: str) -> str:
    """A key whose plain ordering is Vietnamese alphabetical order (thứ tự bảng chữ cái).

    Letters decide first (a ă â b … d đ …, a space before any letter), then tones, then case, as in
    the Unicode collation for Vietnamese. The key has only a–z and 0–9: every database orders it alike.

    >>> sorted(["Đà Nẵng", "Dương", "An Giang", "Ân Thi", "Ăn"], key=collation_key)
    ['An Giang', 'Ăn', 'Ân Thi', 'Dương', 'Đà Nẵng']
    >>> sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=collation_key)
    ['ma', 'mà', 'mả', 'mã', 'má', 'mạ']
    """
    primary: list[str] = []
    tones: list[str] = []
    cases: list[str] = []
    for letter, tone in _letters_and_tones(text):
        lower = letter.lower()
        primary.append(_WEIGHTS.get(lower) or _foreign_sort_key(lower))
        tones.append(tone)
        cases.append("0" if lower == letter else "1")
    return "".join(primary) + _END + "".join(tones).rstrip("1") + _END + "".join(cases).rstrip("0")


def _letters_and_tones(text: str) -> list[tuple[str, str]]:
    """Split into (letter of the alphabet without its tone, tone), reading any Unicode form."""
    pairs: list[tuple[str, str]] = []
    for mark in unicodedata.normalize("NFD", " ".join(unify_d(text).split())):
        if mark in _TONES and pairs:
            pairs[-1] = (pairs[-1][0], _TONES[mark])
        elif mark in _SHAPES and pairs:
            pairs[-1] = (unicodedata.normalize("NFC", pairs[-1][0] + mark), pairs[-1][1])
        elif not unicodedata.combining(mark):
            pairs.append((mark, "1"))
    return pairs


def _foreign_sort_key(letter: str) -> str:
    """Signs sort before digits and letters, letters of other scripts after z; within each by code point."""
    return f"{'z9' if letter.isalpha() else '002'}{ord(letter[0]):06x}"
