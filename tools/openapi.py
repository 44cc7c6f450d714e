"""Write docs/openapi.json, the description of the API that is kept with the source.

Run: .venv/bin/python -m tools.openapi
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

TARGET: Final = Path(__file__).resolve().parents[1] / "docs" / "openapi.json"


def main() -> None:
    """Set up Django, which the description needs, and write the file."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congtam.config.settings")
    import django

    django.setup()
    from congtam.config.openapi import document_text

    TARGET.write_text(document_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
