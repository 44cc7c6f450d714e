"""What the codes of a source begin with (tiền tố mã hồ sơ): settled by its first import, never changed after."""

from __future__ import annotations

from congtam.dossiers.storing.public import has_dossiers_of_source
from congtam.imports.interpretation.interpreter import UNIT_OF_ROW
from congtam.imports.interpretation.mapping import Mapping
from congtam.imports.models import SourcePrefix
from congtam.tabular.problems import file_refusal


def code_prefix(mapping: Mapping, unit_code: str) -> str:
    """What stands before every code of a file: with ``codes: local`` the unit whose numbering it is, too.

    That is the unit of the row where the file names one. A source whose codes began with the unit of the import
    before keeps them.
    """
    case = mapping.case
    if case.codes != "local":
        return case.code_prefix
    of_import = f"{case.code_prefix}{unit_code}-"
    if case.unit and _settled_prefix(mapping, unit_code) != of_import:
        return f"{case.code_prefix}{UNIT_OF_ROW}-"
    return of_import


def require_same_prefix(mapping: Mapping, unit_code: str) -> None:
    """Raise InputRefused where the same dossiers would get other codes than in earlier imports."""
    prefix = code_prefix(mapping, unit_code)
    stored = _settled_prefix(mapping, unit_code)
    if stored is None and mapping.case.codes == "local" and has_dossiers_of_source(mapping.name, unit_code):
        stored = mapping.case.code_prefix
    if stored is not None and stored != prefix:
        raise file_refusal("prefix_changed", source=mapping.name, stored=stored, prefix=prefix)


def _settled_prefix(mapping: Mapping, unit_code: str) -> str | None:
    settled = SourcePrefix.objects.filter(source=mapping.name, unit_code=unit_code)
    return settled.values_list("prefix", flat=True).first()


def settle_prefix(mapping: Mapping, unit_code: str) -> None:
    """Remember what the codes of a source begin with, once something of it is stored."""
    defaults = {"prefix": code_prefix(mapping, unit_code)}
    SourcePrefix.objects.get_or_create(source=mapping.name, unit_code=unit_code, defaults=defaults)
