"""What other rooms may use of the engine of electronic forms."""

from congtam.forms.disclosure import disclosed_sections
from congtam.forms.domain.conditions import shown_fields
from congtam.forms.domain.corrections import correct, is_same
from congtam.forms.domain.fields import FieldKind, FormField, fields_from_json, fields_to_json
from congtam.forms.domain.filled_form import FilledForm, fill_in, is_filled_form
from congtam.forms.domain.flattening import from_flat
from congtam.forms.domain.json_schema import json_schema
from congtam.forms.domain.pages import form_pages
from congtam.forms.domain.readable_answers import FormLine, FormPart, readable_answers
from congtam.forms.domain.validation import unknown_names, validate
from congtam.forms.editor.page import editor_context
from congtam.forms.editor.state import FormEditor
from congtam.forms.editor.trial import trial_context
from congtam.forms.posted_answers import SHOWN_INPUTS, answers_of_page, is_filled_in
from congtam.forms.rendering import Input, InputSection, form_sections
from congtam.forms.serialization.reading import read_form_file
from congtam.forms.serialization.writing import MEDIA_TYPES, to_xlsx, to_yaml
from congtam.forms.wording import field_texts

__all__ = [
    "MEDIA_TYPES",
    "SHOWN_INPUTS",
    "FieldKind",
    "FilledForm",
    "FormEditor",
    "FormField",
    "FormLine",
    "FormPart",
    "Input",
    "InputSection",
    "answers_of_page",
    "correct",
    "disclosed_sections",
    "editor_context",
    "field_texts",
    "fields_from_json",
    "fields_to_json",
    "fill_in",
    "form_pages",
    "form_sections",
    "from_flat",
    "is_filled_form",
    "is_filled_in",
    "is_same",
    "json_schema",
    "read_form_file",
    "readable_answers",
    "shown_fields",
    "to_xlsx",
    "to_yaml",
    "trial_context",
    "unknown_names",
    "validate",
]
