"""The pure part of the door: forms and their answers, for the rules in ``domain/`` of other rooms.

`congtam.forms.public` offers the same and, beside it, pages and files, which need Django.
"""

from congtam.forms.domain.conditions import shown_fields
from congtam.forms.domain.definition import definition_problems
from congtam.forms.domain.fields import (
    Answers,
    FieldKind,
    FormField,
    Option,
    ShownWhen,
    fields_from_json,
    fields_of_case,
    fields_to_json,
)
from congtam.forms.domain.filled_form import FilledForm, fill_in
from congtam.forms.domain.validation import unknown_names, validate

__all__ = [
    "Answers",
    "FieldKind",
    "FilledForm",
    "FormField",
    "Option",
    "ShownWhen",
    "definition_problems",
    "fields_from_json",
    "fields_of_case",
    "fields_to_json",
    "fill_in",
    "shown_fields",
    "unknown_names",
    "validate",
]
