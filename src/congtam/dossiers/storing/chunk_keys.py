"""The keys of the applicants of one chunk of an import (khóa người nộp theo lô)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Self

from congtam.dossiers.record.digests import person_of
from congtam.dossiers.storing.copying import copy_lines, join_fields
from congtam.foundation.person_keys import new_keys
from congtam.foundation.public import real_clock

_POOL: Final = 1000


@dataclass
class ChunkKeys:
    """Keys by the code of the dossier; what had none gets one when it is first asked for."""

    stored: dict[str, bytes | None] = field(default_factory=dict)
    new: dict[str, bytes] = field(default_factory=dict)
    _pool: list[bytes] = field(default_factory=list)

    @classmethod
    def read(cls, cursor: Any, codes: Sequence[str]) -> Self:
        """The keys that dossiers of these codes have already."""
        refs = {person_of(code): code for code in codes}
        cursor.execute("SELECT ref, key FROM foundation_personkey WHERE ref = ANY(%s)", [list(refs)])
        return cls({refs[ref]: None if key is None else bytes(key) for ref, key in cursor.fetchall()})

    def is_erased(self, code: str) -> bool:
        """Whether the person was erased: nothing personal is stored again, whatever a file brings."""
        return code in self.stored and self.stored[code] is None

    def key_of(self, code: str) -> bytes:
        """The key of the applicant; of an erased one there is none, and nothing to digest."""
        key = self.stored.get(code) or self.new.get(code)
        if key is None:
            if not self._pool:
                self._pool = new_keys(_POOL)
            key = self.new[code] = self._pool.pop()
        return key

    def write_new(self, cursor: Any) -> None:
        """Store the keys that were made."""
        now = real_clock().now().isoformat()
        lines = (join_fields([person_of(code), f"\\x{key.hex()}", now]) for code, key in self.new.items())
        if self.new:
            copy_lines(cursor, "foundation_personkey", columns=("ref", "key", "created_at"), lines=lines)
        self.stored |= self.new
        self.new = {}
