"""What tests of other rooms use of forms beyond its door."""

from congtam.forms.domain.definition import definition_problems
from congtam.forms.domain.fields import Option, ShownWhen, fields_of_case

__all__ = [
    "Option",
    "ShownWhen",
    "definition_problems",
    "fields_of_case",
]
