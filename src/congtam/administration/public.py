"""What the composition root may use of the administration."""

from congtam.administration.permissions import is_administrator
from congtam.administration.ports import SettingInForce, SettingSource, supply_settings
from congtam.administration.running.backups import last_backup
from congtam.administration.running.uncoded_units import describe_missing_codes, units_lacking_agency_code

__all__ = [
    "SettingInForce",
    "SettingSource",
    "describe_missing_codes",
    "is_administrator",
    "last_backup",
    "supply_settings",
    "units_lacking_agency_code",
]
