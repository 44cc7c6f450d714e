"""A trial document from a template (in thử): what passes the check must print."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from congtam.kernel.errors import Problem, msgid
from congtam.typesetting.domain.document import (
    Annex,
    Block,
    BoundFigure,
    Bullets,
    Heading,
    Issuer,
    OfficialDocument,
    PageBreak,
    Paragraph,
    Sheet,
    Signer,
    Table,
    TableColumn,
    Text,
)
from congtam.typesetting.word_templates.fill import render_template
from congtam.typesetting.word_templates.limits import unreadable_template_problem
from congtam.typesetting.word_templates.template import Template

_LONGEST: Final = 200
_FIGURE: Final = BoundFigure(code="trial", printed="1", receipt={"code": "trial", "value": "1"})
_TABLE: Final = Table(columns=(TableColumn("A"), TableColumn("B")), rows=(((Text("1"),), (_FIGURE,)),))
_BLOCKS: Final[tuple[Block, ...]] = (
    Heading("I"),
    Paragraph((Text("A"), _FIGURE)),
    Bullets(((Text("B"),),)),
    _TABLE,
    PageBreak(),
    Paragraph((Text("C"),), note=True),
)
_SAMPLE: Final = OfficialDocument(
    issuer=Issuer(parent=("A",), body=("B",)),
    symbol="A",
    place="A",
    date=date(2025, 1, 1),
    type_name="A",
    abstract="A",
    addressees=("A",),
    grounds=("A", "B"),
    blocks=_BLOCKS,
    signer=Signer(capacity=("A",), position="A", note="A", name="A"),
    cosigners=(Signer(capacity=("A",), note="A", name="A"),),
    recipients=("A", "B"),
    annexes=(Annex(title="A", blocks=(_TABLE,), landscape=True),),
    synthetic=True,
    trace="A",
    form_mark="A",
    qr="A",
    sheet=Sheet(copies=("1", "2")),
)
"""One of everything but charts, which are slow to draw and only a picture in the file."""


def trial_problems(template: Template) -> Iterator[Problem]:
    """The problem that stops a document from being made, where there is one."""
    try:
        # Only charts read fonts.
        render_template(template, _SAMPLE, fonts=Path())
    except Exception as error:  # noqa: BLE001 - a file from outside: whatever it breaks is one problem of the file
        detail = f"{type(error).__name__}: {error}"[:_LONGEST].rstrip(".")
        yield unreadable_template_problem(
            msgid("No document can be made from this template: {detail}."), detail=detail
        )
