"""Write docs/dossier_verbs.md, the table of the verbs of the desk that is kept with the source.

Run: .venv/bin/python -m tools.verb_tables
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

TARGET: Final = Path(__file__).resolve().parents[1] / "docs" / "dossier_verbs.md"


def main() -> None:
    """Set up Django, which the declarations need, and write the file."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congtam.config.settings")
    import django

    django.setup()
    from congtam.dossiers.handling.wording import verbs_documentation

    TARGET.write_text(verbs_documentation(), encoding="utf-8")


if __name__ == "__main__":
    main()
