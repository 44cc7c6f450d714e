"""A figure of only those rows whose column says one thing (số liệu thu hẹp theo một cột), such as one officer's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NARROWING_COLUMNS: Final = ("unit_code", "field_name", "officer")


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """The rows whose ``column``, without blanks around it, is ``value``; an empty value selects those that lack it."""

    column: str
    value: str

    def code_of(self, indicator: str) -> str:
        """What a narrowed indicator is called in a receipt.

        >>> Narrowing(column="officer", value="Vừ Mí [Hai]").code_of("dossiers.late")
        'dossiers.late[officer=Vừ Mí [Hai]]'
        """
        return f"{indicator}[{self.column}={self.value}]"


def parse_narrowed_code(code: str) -> tuple[str, Narrowing | None]:
    """The indicator's own code, and to what it is narrowed; None for one that is not.

    >>> parse_narrowed_code("dossiers.late[officer=Vừ Mí [Hai]]")
    ('dossiers.late', Narrowing(column='officer', value='Vừ Mí [Hai]'))
    >>> parse_narrowed_code("dossiers.late"), parse_narrowed_code("dossiers.late[applicant=An]")
    (('dossiers.late', None), ('dossiers.late[applicant=An]', None))
    """
    indicator, bracket, rest = code.partition("[")
    column, sign, value = rest.partition("=")
    if not (bracket and sign and value.endswith("]") and column in NARROWING_COLUMNS):
        return code, None
    return indicator, Narrowing(column=column, value=value[:-1])
