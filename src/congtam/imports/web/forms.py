"""The form a person sends a file with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congtam.imports.interpretation.mapping import Mapping
from congtam.imports.interpretation.mapping_text import read_mapping
from congtam.imports.shipped import get_mapping, shipped_mappings
from congtam.kernel.errors import InputRefused, Problem
from congtam.tabular.readers.source import ENDINGS
from congtam.ui.public import current_language

OWN = "own"
_LARGEST_MAPPING = 256 * 1024


def _mapping_choices() -> list[tuple[Any, Any]]:
    """Mappings for the systems of offices first, then one's own; those of published research logs stand apart."""
    own = (OWN, _("Your own mapping file (.yaml)"))
    return [
        (_("Systems of offices"), [*_mapping_titles("office"), own]),
        (_("Published research logs"), _mapping_titles("research")),
    ]


def _mapping_titles(audience: str) -> list[tuple[str, str]]:
    language = current_language()
    chosen = {name: one for name, one in shipped_mappings().items() if one.audience == audience}
    return [(name, one.title.get(language, name)) for name, one in chosen.items()]  # type: ignore[call-overload]


class UploadForm(forms.Form):
    """Which file, read how, for which unit."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A .csv, .csv.gz, .xlsx, .xes, .xes.gz or .parquet file."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    mapping = forms.ChoiceField(label=_("How to read the file"), choices=_mapping_choices, initial="dvcqg")
    mapping_file = forms.FileField(
        label=_("Mapping file"),
        required=False,
        help_text=_("Only if you use your own mapping; see docs/mappings.md for how to write one."),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml"}),
    )
    unit = forms.CharField(
        label=_("Unit (name or code)"),
        max_length=300,
        help_text=_("The unit responsible for the dossiers."),
        widget=forms.TextInput(attrs={"list": "own-units", "autocomplete": "off"}),
    )

    problems: tuple[Problem, ...] = ()
    chosen: Mapping
    mapping_text: str = ""

    def clean(self) -> dict[str, Any] | None:
        """Read the mapping, so that all its mistakes are told at once."""
        cleaned = super().clean() or {}
        if cleaned.get("mapping") != OWN:
            if cleaned.get("mapping"):
                self.chosen = get_mapping(cleaned["mapping"])
            return cleaned
        self._read_own(cleaned.get("mapping_file"))
        return cleaned

    def _read_own(self, sent: Any) -> None:
        if sent is None:
            self.add_error("mapping_file", _("Choose the mapping file."))
            return
        try:
            self.mapping_text = sent.read(_LARGEST_MAPPING).decode("utf-8-sig")
            self.chosen = read_mapping(self.mapping_text, name=sent.name)
        except UnicodeDecodeError:
            self.add_error("mapping_file", _("The mapping file must be UTF-8 text."))
        except InputRefused as error:
            self.problems = error.problems
            self.add_error("mapping_file", _("The mapping file has errors; see the list."))
