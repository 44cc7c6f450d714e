"""A figure of only those rows whose column says one thing (số liệu thu hẹp theo một cột), such as one officer's."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final

NARROWING_COLUMNS: Final = ("unit_code", "field_name", "officer")
_EXCLUSION: Final = re.compile(r"(\w+) not in (\[.*\])\]", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """The rows whose ``column``, without blanks around it, is ``value``; an empty value selects those that lack it.

    With ``excluded`` it is the rest instead: the rows whose column says none of these.
    """

    column: str
    value: str = ""
    excluded: tuple[str, ...] = ()

    def code_of(self, indicator: str) -> str:
        """What a narrowed indicator is called in a receipt.

        >>> Narrowing(column="officer", value="Vừ Mí [Hai]").code_of("dossiers.late")
        'dossiers.late[officer=Vừ Mí [Hai]]'
        >>> Narrowing(column="officer", excluded=("An", "")).code_of("dossiers.late")
        'dossiers.late[officer not in ["An", ""]]'
        """
        if self.excluded:
            return f"{indicator}[{self.column} not in {json.dumps(self.excluded, ensure_ascii=False)}]"
        return f"{indicator}[{self.column}={self.value}]"


def parse_narrowed_code(code: str) -> tuple[str, Narrowing | None]:
    """The indicator's own code, and to what it is narrowed; None for one that is not.

    >>> parse_narrowed_code("dossiers.late[officer=Vừ Mí [Hai]]")
    ('dossiers.late', Narrowing(column='officer', value='Vừ Mí [Hai]', excluded=()))
    >>> parse_narrowed_code("dossiers.late"), parse_narrowed_code("dossiers.late[applicant=An]")
    (('dossiers.late', None), ('dossiers.late[applicant=An]', None))
    >>> parse_narrowed_code('dossiers.late[officer not in ["An", ""]]')
    ('dossiers.late', Narrowing(column='officer', value='', excluded=('An', '')))
    """
    indicator, bracket, rest = code.partition("[")
    if excluded := _parse_exclusion(rest):
        return indicator, excluded
    column, sign, value = rest.partition("=")
    if not (bracket and sign and value.endswith("]") and column in NARROWING_COLUMNS):
        return code, None
    return indicator, Narrowing(column=column, value=value[:-1])


def _parse_exclusion(text: str) -> Narrowing | None:
    match = _EXCLUSION.fullmatch(text)
    if match is None or match[1] not in NARROWING_COLUMNS:
        return None
    try:
        values = json.loads(match[2])
    except ValueError:
        return None
    if not values or not all(isinstance(value, str) for value in values):
        return None
    return Narrowing(column=match[1], excluded=tuple(values))
