"""What the warehouse does at night."""

from __future__ import annotations

from congtam.foundation.public import periodic
from congtam.warehouse.actions.sync import fill_gained_columns


@periodic(name="warehouse.fill_gained_columns", cron="7 20 * * *")
def fill_columns() -> None:
    """Write facts anew whose files lack columns that an update of the program declared."""
    fill_gained_columns()
