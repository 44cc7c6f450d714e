"""What is wrong with the form of a request, in the reader's words: the faults pydantic finds, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext

from congtam.api.problems import pointer
from congtam.kernel.errors import fill, msgid


class Words(NamedTuple):
    """How one kind of fault is told, and what to do about it."""

    message: str
    advice: str


_TEXT: Final = Words(msgid("It is not a text."), msgid("Send it as a JSON string, in double quotes."))
_WHOLE: Final = Words(msgid("It is not a whole number."), msgid("Send digits only, such as 12."))
_NUMBER: Final = Words(
    msgid("It is not a number."), msgid("Send a number with a decimal point, such as 1.5.")
)
_TRUTH: Final = Words(msgid("It is neither true nor false."), msgid("Send true or false."))
_INSTANT: Final = Words(
    msgid("It is not an instant."),
    msgid("Send date and time with their zone, such as 2026-03-02T09:00:00+07:00."),
)
_DAY: Final = Words(msgid("It is not a day."), msgid("Send year, month and day, such as 2026-03-02."))
_LIST: Final = Words(msgid("It is not a list."), msgid("Send a JSON array, in square brackets."))
_OBJECT: Final = Words(msgid("It is not an object."), msgid("Send a JSON object, in curly brackets."))
_CHOICE: Final = Words(msgid("It is none of the values that are taken."), msgid("Send one of: {expected}."))
_OTHER: Final = Words(
    msgid("This value cannot be read."), msgid("See the description of this field in the API reference.")
)
_BY_KIND: Final[Mapping[str, Words]] = {
    "missing": Words(msgid("It is missing."), msgid("Send this field.")),
    "extra_forbidden": Words(
        msgid("There is no such field."),
        msgid("Leave it out, or look for its right name in the API reference."),
    ),
    "string_too_long": Words(
        msgid("It is longer than {max_length} signs."), msgid("Send at most {max_length} signs.")
    ),
    "string_too_short": Words(
        msgid("It is shorter than {min_length} signs."), msgid("Send at least {min_length} signs.")
    ),
    "too_long": Words(
        msgid("It has more than {max_length} entries."), msgid("Send at most {max_length} entries.")
    ),
    "too_short": Words(
        msgid("It has fewer than {min_length} entries."), msgid("Send at least {min_length} entries.")
    ),
    "greater_than": Words(msgid("It must be more than {gt}."), msgid("Send a larger number.")),
    "greater_than_equal": Words(msgid("It must be at least {ge}."), msgid("Send a larger number.")),
    "less_than": Words(msgid("It must be less than {lt}."), msgid("Send a smaller number.")),
    "less_than_equal": Words(msgid("It must be at most {le}."), msgid("Send a smaller number.")),
    "literal_error": _CHOICE,
    "enum": _CHOICE,
}
_BY_BEGINNING: Final[Mapping[str, Words]] = {
    "string": _TEXT,
    "int": _WHOLE,
    "float": _NUMBER,
    "decimal": _NUMBER,
    "finite": _NUMBER,
    "bool": _TRUTH,
    "datetime": _INSTANT,
    "timezone": _INSTANT,
    "date": _DAY,
    "list": _LIST,
    "dict": _OBJECT,
    "model": _OBJECT,
}


def problem_of_field(found: Mapping[str, Any]) -> dict[str, Any]:
    """One fault as the API tells it; the first part of a place says whether it is body, query, path or file."""
    source, *rest = found.get("loc", ("body",))
    fields: Sequence[object] = rest[1:] if source == "body" else rest
    words, data = words_of(str(found["type"])), _data(found)
    return {
        "code": found["type"],
        "message": fill(gettext(words.message), data),
        "advice": fill(gettext(words.advice), data),
        "in": source,
        "pointer": pointer(fields),
    }


def words_of(kind: str) -> Words:
    """How a kind of fault is told."""
    return _BY_KIND.get(kind) or _BY_BEGINNING.get(kind.partition("_")[0], _OTHER)


def _data(found: Mapping[str, Any]) -> dict[str, Any]:
    """What the words speak of; pydantic writes its "or" in English."""
    data = dict(found.get("ctx") or {})
    if "expected" in data:
        data["expected"] = str(data["expected"]).replace(" or ", ", ").replace("'", "")
    return data
