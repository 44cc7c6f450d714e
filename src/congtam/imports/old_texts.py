"""Texts of a file that were written for the fonts from before Unicode: looked for, asked about, converted."""

from __future__ import annotations

from collections.abc import Iterable

from congtam.imports.interpretation.columns import mapped_columns
from congtam.imports.interpretation.mapping import Mapping
from congtam.imports.models import OldFonts
from congtam.kernel.errors import InputRefused, Problem
from congtam.tabular.legacy_columns import LegacyDetector, convert_texts_of_case
from congtam.tabular.records import SourceCase


class OldTexts:
    """The texts of one file (chữ theo bảng mã cũ)."""

    def __init__(self, mapping: Mapping, choice: OldFonts) -> None:
        self._choice = choice
        self._detector = LegacyDetector(name for names in mapped_columns(mapping) for name in names)
        self._fonts: dict[str, str] = {}
        self._single: set[str] = set()

    @property
    def must_look_first(self) -> bool:
        """Whether the file is read twice: what is converted must be known before the first row."""
        return self._choice is OldFonts.CONVERT

    def look_at(self, cases: Iterable[SourceCase]) -> None:
        """Read the file once to see which columns are to be converted."""
        for case in cases:
            self._detector.observe(case)
        self._fonts = {one.column: one.font for one in self._detector.columns()}
        self._single = self._detector.stray_columns()

    def read(self, case: SourceCase) -> SourceCase:
        """The case, looked at or converted."""
        if self._fonts or self._single:
            convert_texts_of_case(case, self._fonts, single=self._single)
        elif not self.must_look_first:
            self._detector.observe(case)
        return case

    def problems(self, *, dry_run: bool) -> list[Problem]:
        """What was noticed, as warnings; raises InputRefused where nobody has said what is to become of it."""
        legacy = self._detector.columns()
        if self._choice is OldFonts.ASK and not dry_run and legacy:
            raise InputRefused(one.as_problem("error") for one in legacy)
        if self._choice is not OldFonts.ASK:
            return []
        return [*(one.as_problem("warning") for one in legacy), *self._detector.stray_problems()]
