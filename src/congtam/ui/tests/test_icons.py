"""Every icon that a template names is in the sprite; a missing one leaves a hole in a button."""

from __future__ import annotations

import re
from pathlib import Path

import congtam

HOUSE = Path(congtam.__file__).parent
CHOSEN = HOUSE.parents[1] / "tools" / "icons.txt"
NAMED = re.compile(r"""(?:\{%\s*icon|icon_name=|icon=)\s*["']([a-z0-9-]+)["']""")


def test_templates_name_only_icons_of_the_sprite() -> None:
    chosen = set(CHOSEN.read_text(encoding="utf-8").split())
    named = {
        (template.relative_to(HOUSE).as_posix(), icon)
        for template in HOUSE.rglob("*.html")
        for icon in NAMED.findall(template.read_text(encoding="utf-8"))
    }
    assert len(named) > 50
    assert [pair for pair in sorted(named) if pair[1] not in chosen] == []
