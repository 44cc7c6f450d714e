"""What other rooms may use of the numbering of dossiers (đánh mã hồ sơ)."""

from congtam.dossiers.intake.agency_codes import agency_codes, set_agency_code
from congtam.dossiers.intake.missing_codes import (
    example_number,
    units_numbered_by_own_code,
    units_without_code,
)

__all__ = [
    "agency_codes",
    "example_number",
    "set_agency_code",
    "units_numbered_by_own_code",
    "units_without_code",
]
