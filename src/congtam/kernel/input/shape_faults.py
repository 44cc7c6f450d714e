"""What is wrong with the shape of a file a person wrote (lỗi cấu trúc tệp): the faults of pydantic in our words.

Library texts are English and speak of inputs and strings; each kind people meet has one text here, and what is none of
them says where it is and keeps the words of the library.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from congtam.kernel.errors import Translate, fill, msgid

_TEXT: Final = msgid("a text is expected")
_LIST: Final = msgid("a list is expected")
_PARTS: Final = msgid("keys and values are expected")
_WHOLE: Final = msgid("an integer is expected")
_NUMBER: Final = msgid("a number is expected")
_TRUTH: Final = msgid("true or false is expected")
_DAY: Final = msgid("a date is expected, such as 2025-07-01")
_CHOICE: Final = msgid("a value out of {expected} is expected")
_BY_KIND: Final[Mapping[str, str]] = {
    "missing": msgid("missing"),
    "extra_forbidden": msgid("this key does not exist here"),
    "string_too_short": msgid("at least {min_length} characters are expected"),
    "string_too_long": msgid("at most {max_length} characters are expected"),
    "string_pattern_mismatch": msgid("the text does not have the form {pattern}"),
    "too_short": msgid("at least {min_length} entries are expected"),
    "too_long": msgid("at most {max_length} entries are expected"),
    "greater_than": msgid("more than {gt} is expected"),
    "greater_than_equal": msgid("at least {ge} is expected"),
    "less_than": msgid("less than {lt} is expected"),
    "less_than_equal": msgid("at most {le} is expected"),
    "literal_error": _CHOICE,
    "enum": _CHOICE,
}
_BY_BEGINNING: Final[Mapping[str, str]] = {
    "string": _TEXT,
    "list": _LIST,
    "tuple": _LIST,
    "dict": _PARTS,
    "model": _PARTS,
    "int": _WHOLE,
    "float": _NUMBER,
    "decimal": _NUMBER,
    "finite": _NUMBER,
    "bool": _TRUTH,
    "date": _DAY,
}
_WRAPPERS: Final = ("Value error, ", "Assertion failed, ")


def shape_fault_text(fault: Mapping[str, Any], translate: Translate) -> str:
    """One fault of ``ValidationError.errors()`` in the reader's language; our own reasons stay as they were raised.

    >>> shape_fault_text({"type": "missing", "msg": "Field required"}, str)
    'missing'
    >>> shape_fault_text({"type": "int_parsing", "msg": "Input should be a valid integer"}, str)
    'an integer is expected'
    """
    kind = str(fault["type"])
    text = _BY_KIND.get(kind) or _BY_BEGINNING.get(kind.partition("_")[0])
    if text is None:
        reason = str(fault["msg"])
        for wrapper in _WRAPPERS:
            reason = reason.removeprefix(wrapper)
        return reason
    data = dict(fault.get("ctx") or {})
    if "expected" in data:
        data["expected"] = str(data["expected"]).replace(" or ", ", ")
    return fill(translate(text), data)
