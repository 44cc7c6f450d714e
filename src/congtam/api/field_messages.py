"""What is wrong with the form of a request, in the reader's words: the faults pydantic finds, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext

from congtam.api.problems import json_pointer
from congtam.kernel.errors import fill, msgid


class FieldMessage(NamedTuple):
    """How one kind of fault is told, and what to do about it."""

    message: str
    advice: str


_TEXT: Final = FieldMessage(
    msgid("The value is not a string."), msgid("Send a JSON string, in double quotes.")
)
_WHOLE: Final = FieldMessage(
    msgid("The value is not a whole number."), msgid("Send digits only, such as 12.")
)
_NUMBER: Final = FieldMessage(
    msgid("The value is not a number."), msgid("Send a number with a decimal point, such as 1.5.")
)
_TRUTH: Final = FieldMessage(msgid("The value is neither true nor false."), msgid("Send true or false."))
_INSTANT: Final = FieldMessage(
    msgid("The value is not a date and time."),
    msgid("Send the date and time with the time zone, such as 2026-03-02T09:00:00+07:00."),
)
_DAY: Final = FieldMessage(
    msgid("The value is not a date."), msgid("Send year, month and day, such as 2026-03-02.")
)
_LIST: Final = FieldMessage(
    msgid("The value is not a list."), msgid("Send a JSON array, in square brackets.")
)
_OBJECT: Final = FieldMessage(
    msgid("The value is not an object."), msgid("Send a JSON object, in curly brackets.")
)
_CHOICE: Final = FieldMessage(
    msgid("The value is not one of the accepted values."), msgid("Send one of: {expected}.")
)
_OTHER: Final = FieldMessage(
    msgid("The value could not be read."), msgid("See the description of this field in the API reference.")
)
_BY_KIND: Final[Mapping[str, FieldMessage]] = {
    "missing": FieldMessage(msgid("The field is missing."), msgid("Include this field.")),
    "extra_forbidden": FieldMessage(
        msgid("The field is unknown."),
        msgid("Remove it, or look up the correct name in the API reference."),
    ),
    "string_too_long": FieldMessage(
        msgid("The value is longer than {max_length} characters."),
        msgid("Send at most {max_length} characters."),
    ),
    "string_too_short": FieldMessage(
        msgid("The value is shorter than {min_length} characters."),
        msgid("Send at least {min_length} characters."),
    ),
    "too_long": FieldMessage(
        msgid("The list has more than {max_length} entries."), msgid("Send at most {max_length} entries.")
    ),
    "too_short": FieldMessage(
        msgid("The list has fewer than {min_length} entries."), msgid("Send at least {min_length} entries.")
    ),
    "greater_than": FieldMessage(msgid("The value must be more than {gt}."), msgid("Send a larger number.")),
    "greater_than_equal": FieldMessage(
        msgid("The value must be at least {ge}."), msgid("Send a larger number.")
    ),
    "less_than": FieldMessage(msgid("The value must be less than {lt}."), msgid("Send a smaller number.")),
    "less_than_equal": FieldMessage(
        msgid("The value must be at most {le}."), msgid("Send a smaller number.")
    ),
    "literal_error": _CHOICE,
    "enum": _CHOICE,
}
_BY_BEGINNING: Final[Mapping[str, FieldMessage]] = {
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


def serialize_field_problem(fault: Mapping[str, Any]) -> dict[str, Any]:
    """One fault as the API tells it; the first part of a place says whether it is body, query, path or file."""
    source, *rest = fault.get("loc", ("body",))
    fields: Sequence[object] = rest[1:] if source == "body" else rest
    texts, data = message_for(str(fault["type"])), _message_data(fault)
    return {
        "code": fault["type"],
        "message": fill(gettext(texts.message), data),
        "advice": fill(gettext(texts.advice), data),
        "in": source,
        "pointer": json_pointer(fields),
    }


def message_for(kind: str) -> FieldMessage:
    """How a kind of fault is told."""
    return _BY_KIND.get(kind) or _BY_BEGINNING.get(kind.partition("_")[0], _OTHER)


def _message_data(fault: Mapping[str, Any]) -> dict[str, Any]:
    """What the words speak of; pydantic writes its "or" in English."""
    data = dict(fault.get("ctx") or {})
    if "expected" in data:
        data["expected"] = str(data["expected"]).replace(" or ", ", ").replace("'", "")
    return data
