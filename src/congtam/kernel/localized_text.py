"""A text in both languages of the program (văn bản song ngữ), as data such as definitions hold it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class LocalizedText:
    """A text in Vietnamese and English.

    >>> LocalizedText(vi="Thư", en="Letters").in_language("en-GB")
    'Letters'
    """

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in the reader's language; Vietnamese unless the language is English."""
        return self.en if language.startswith("en") else self.vi
