"""Vietnamese text from before Unicode (TCVN3, VNI): recognised by its syllables, converted by its table.

Sources: TCVN 5712:1993 (the table called TCVN3 or ABC, letters of one byte), the table of the VNI Windows fonts (a
vowel and a mark after it). Files of old programs hold such text as if it were Western European: “NguyÔn V¨n A”,
“Nguyeãn Vaên A”.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

TCVN3: Final = "tcvn3"
VNI: Final = "vni"

_TCVN3: Final = {
    **dict(zip("¡¢£¤¥¦§¨©ª«¬\u00ad®", "ĂÂÊÔƠƯĐăâêôơưđ", strict=True)),
    **dict(zip("µ¶·¸¹»¼½¾ÆÇÈÉÊË", "àảãáạằẳẵắặầẩẫấậ", strict=True)),
    **dict(zip("ÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞ", "èẻẽéẹềểễếệìỉĩíị", strict=True)),
    **dict(zip("ßáâãäåæçèéêëìíî", "òỏõóọồổỗốộờởỡớợ", strict=True)),
    **dict(zip("ïñòóôõö÷øùúûüýþ", "ùủũúụừửữứựỳỷỹýỵ", strict=True)),
}
_TONES: Final = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_HAT_TONES: Final = dict(zip("áàåãä", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_BREVE_TONES: Final = dict(zip("éèúüë", "\u0301\u0300\u0309\u0303\u0323", strict=True))


def _vni_table() -> dict[str, str]:
    """Vowel and mark to letter, longest first; both cases, and a capital vowel with a small mark."""
    pairs: dict[str, str] = {"aâ": "â", "aê": "ă", "eâ": "ê", "oâ": "ô"}
    pairs |= {vowel + mark: vowel + tone for vowel in "aeouy" for mark, tone in _TONES.items()}
    pairs |= {vowel + mark: vowel + "\u0302" + tone for vowel in "aeo" for mark, tone in _HAT_TONES.items()}
    pairs |= {"a" + mark: "ă" + tone for mark, tone in _BREVE_TONES.items()}
    pairs |= {
        sign + mark: letter + tone
        for sign, letter in (("ö", "ư"), ("ô", "ơ"))
        for mark, tone in _TONES.items()
    }
    pairs |= {"ö": "ư", "ô": "ơ", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
    table: dict[str, str] = {}
    for sign, letter in pairs.items():
        composed = unicodedata.normalize("NFC", letter)
        table[sign] = composed
        table[sign.upper()] = table[sign[0].upper() + sign[1:]] = composed.upper()
    return table


_VNI: Final = _vni_table()
_VNI_SIGN: Final = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_ONSET: Final = "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
_NUCLEI: Final = (
    "oai|oay|oao|oeo|iêu|yêu|uôi|uây|uya|uyê|uyu|ươi|ươu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ"
    "|uê|ui|uô|uơ|uy|ưa|ươ|ưi|ưu|yê|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y"
)
_SYLLABLE: Final = re.compile(f"{_ONSET}(?:{_NUCLEI})(?:ng|nh|ch|[cmnpt])?")
_MARKS: Final = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_WORD_END: Final = re.compile(r"[\s.,;:/()\-]+")
_LAST_WESTERN: Final = "\u00ff"


def convert_to_unicode(text: str, font: str) -> str:
    """The text in Unicode.

    >>> convert_to_unicode("NguyÔn V¨n A", TCVN3), convert_to_unicode("Nguyeãn Vaên A", VNI)
    ('Nguyễn Văn A', 'Nguyễn Văn A')
    """
    if text.isascii():
        return text
    if font == TCVN3:
        return "".join(_TCVN3.get(sign, sign) for sign in text)
    return _VNI_SIGN.sub(lambda match: _VNI[match[0]], text)


def is_non_ascii_western(text: str) -> bool:
    """Whether a text has letters beyond ASCII, but none that only Unicode has."""
    return not text.isascii() and max(text) <= _LAST_WESTERN


def recognise(text: str) -> str | None:
    """The font a text was written for; None where it may well be Unicode as it is.

    Its words must be no Vietnamese syllables as they stand, and become such by the table.

    >>> recognise("NguyÔn V¨n A"), recognise("Nguyeãn Vaên A"), recognise("Lò Văn Hà"), recognise("Hà")
    ('tcvn3', 'vni', None, None)
    """
    if not is_non_ascii_western(text):
        return None
    syllables = [part for part in _WORD_END.split(text) if part and not part.isascii()]
    return next((font for font in (TCVN3, VNI) if _is_better_converted(syllables, font)), None)


def _is_better_converted(syllables: list[str], font: str) -> bool:
    """Whether all parts are syllables once converted, and at least one is none as it stands."""
    converted: Mapping[str, str] = {part: convert_to_unicode(part, font) for part in syllables}
    if not all(is_syllable(word) for word in converted.values()):
        return False
    return any(word != after and not is_syllable(word) for word, after in converted.items())


@lru_cache(maxsize=1 << 16)
def is_syllable(word: str) -> bool:
    """Whether a word is built like a Vietnamese syllable (âm tiết), in small, capital or leading capital letters."""
    if not (word.islower() or word.isupper() or word[1:].islower() or len(word) == 1):
        return False
    decomposed = unicodedata.normalize("NFD", word.lower())
    plain, tones = _MARKS.subn("", decomposed)
    return tones <= 1 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", plain)))
