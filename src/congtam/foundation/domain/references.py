"""A reference from one room to a thing of another (tham chiếu): a kind and a code, without an import."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from congtam.kernel.errors import DomainError

_KIND: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LONGEST_CODE: Final = 120


class ReferenceInvalid(DomainError):
    """A text that cannot be a reference."""

    code = "reference.invalid"
    message = "“{text}” is not a reference. Enter the kind and the code, such as dossier:H22.024-250102-0001."


@dataclass(frozen=True, order=True)
class Ref:
    """A thing of any room, by its kind and the code people see (tham chiếu).

    The kind is a plain lower-case word of at most 40 signs, the code has 1 to 120 signs, none of them a control
    character, so that both fit the audit ledger. Raises ReferenceInvalid.

    >>> str(Ref("dossier", "H22.024-250102-0001"))
    'dossier:H22.024-250102-0001'
    """

    kind: str
    code: str

    def __post_init__(self) -> None:
        fits = (
            0 < len(self.code) <= _LONGEST_CODE and self.code.isprintable() and self.code == self.code.strip()
        )
        if not fits or not _KIND.fullmatch(self.kind):
            raise ReferenceInvalid(text=f"{self.kind}:{self.code}"[: _LONGEST_CODE * 2])

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}"

    @classmethod
    def parse(cls, text: str) -> Ref:
        """Read what ``str`` wrote; the code may hold colons itself. Raises ReferenceInvalid.

        >>> Ref.parse("figure:dossiers.received:024")
        Ref(kind='figure', code='dossiers.received:024')
        """
        kind, _, code = text.partition(":")
        return cls(kind, code)
