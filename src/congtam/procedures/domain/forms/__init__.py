"""The electronic form of a procedure (tờ khai điện tử tương tác): what it asks, checks, shows and tells.

Source: NĐ 118/2025/NĐ-CP; NĐ 224/2026/NĐ-CP Điều 15.1.
"""

from congtam.procedures.domain.forms.checking import checked, unknown_names
from congtam.procedures.domain.forms.defining import FILL_SOURCES, problems_of_form
from congtam.procedures.domain.forms.fields import (
    Answers,
    FieldKind,
    FormField,
    Option,
    ShownWhen,
    fields_from_json,
    fields_to_json,
    of_case,
)
from congtam.procedures.domain.forms.flat import (
    KEYS,
    MOST_ROWS,
    Flat,
    ReadForm,
    condition_text,
    from_flat,
    name_from,
    to_flat,
)
from congtam.procedures.domain.forms.showing import shown_fields
from congtam.procedures.domain.forms.telling import ToldField, told

__all__ = [
    "FILL_SOURCES",
    "KEYS",
    "MOST_ROWS",
    "Answers",
    "FieldKind",
    "Flat",
    "FormField",
    "Option",
    "ReadForm",
    "ShownWhen",
    "ToldField",
    "checked",
    "condition_text",
    "fields_from_json",
    "fields_to_json",
    "from_flat",
    "name_from",
    "of_case",
    "problems_of_form",
    "shown_fields",
    "to_flat",
    "told",
    "unknown_names",
]
