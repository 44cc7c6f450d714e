"""The list of bound figures that travels inside a file (danh sách số liệu kèm nguồn trong tệp).

Each receipt is written once, each printed number in the order of the reader; a digest over both shows whether the list
was changed after the file was made. The digest is no signature: who signs the file vouches for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, ClassVar, Final

from congtam.kernel.errors import DomainError, msgid
from congtam.typesetting.domain.binding import distinct
from congtam.typesetting.domain.document import BoundFigure

FORMAT: Final = "congtam-figures-1"
LARGEST_LIST: Final = 16 << 20
MOST_FIGURES: Final = 50_000


class FiguresAltered(DomainError):
    """The list of figures inside a file is not as it was written."""

    code: ClassVar[str] = "typesetting.figures_altered"
    message: ClassVar[str] = msgid(
        "The list of figures in this file was changed or damaged after the file was created. "
        "Download the file again."
    )


def dump_figures(figures: Sequence[BoundFigure]) -> str:
    """Write numbered figures as canonical JSON."""
    content = {
        "receipts": [
            {"n": one.n, "code": one.code, "receipt": dict(one.receipt)} for one in distinct(figures)
        ],
        "figures": [[one.n, one.printed] for one in figures],
    }
    return _canonical_text({"format": FORMAT, **content, "digest": _content_digest(content)})


def load_figures(text: str | bytes) -> tuple[BoundFigure, ...]:
    """Read what `dump_figures` wrote; FiguresAltered where it is anything else."""
    if len(text) > LARGEST_LIST:
        raise FiguresAltered
    try:
        data = json.loads(text)
        content = {"receipts": data["receipts"], "figures": data["figures"]}
        if data["format"] != FORMAT or data["digest"] != _content_digest(content):
            raise FiguresAltered
        if len(content["figures"]) > MOST_FIGURES:
            raise FiguresAltered
        receipts = {int(one["n"]): one for one in content["receipts"]}
        return tuple(
            BoundFigure(
                code=str(receipts[int(n)]["code"]),
                printed=str(printed),
                receipt=dict(receipts[int(n)]["receipt"]),
                n=int(n),
            )
            for n, printed in content["figures"]
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        raise FiguresAltered from None


def _content_digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(_canonical_text(content).encode()).hexdigest()


def _canonical_text(content: dict[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
