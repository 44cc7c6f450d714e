"""Keep the migrations equal to the models; needs no database."""

from __future__ import annotations

import os
import warnings

import django
from django.core.management import call_command


def main() -> int:
    """Whether `makemigrations` would have anything to write; it says what."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congtam.config.settings")
    django.setup()
    # Without a database Django cannot compare the history applied there; the files are what is checked here.
    warnings.filterwarnings("ignore", message="Got an error checking a consistent migration history")
    try:
        call_command("makemigrations", check_changes=True, dry_run=True)
    except SystemExit as found:
        return int(found.code or 0)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
