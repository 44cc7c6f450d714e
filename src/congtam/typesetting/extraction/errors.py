"""Why a file gives no figures."""

from __future__ import annotations

from typing import ClassVar

from congtam.kernel.errors import DomainError, msgid


class NoBoundFigures(DomainError):
    """The file carries no list of figures."""

    code: ClassVar[str] = "typesetting.no_bound_figures"
    message: ClassVar[str] = msgid(
        "This file carries no figures with receipts: it was made elsewhere, or printed to PDF again. "
        "Choose the file as it was downloaded."
    )


class FiguresNotPrinted(DomainError):
    """The pages do not show what the list of figures says."""

    code: ClassVar[str] = "typesetting.figures_not_printed"
    message: ClassVar[str] = msgid(
        "The pages of this file do not show these figures as they were printed: {figures}. "
        "The file was changed after it was made. Download it again."
    )


class TooManyPages(DomainError):
    """The file has more pages than are read."""

    code: ClassVar[str] = "typesetting.too_many_pages"
    message: ClassVar[str] = msgid(
        "This file has more than {most} pages and is not read. Check the part you need."
    )
