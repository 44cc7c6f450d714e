"""Why a file gives no figures."""

from __future__ import annotations

from typing import ClassVar

from congtam.kernel.errors import DomainError, msgid


class NoBoundFigures(DomainError):
    """The file carries no list of figures."""

    code: ClassVar[str] = "typesetting.no_bound_figures"
    message: ClassVar[str] = msgid(
        "This file contains no figures with receipts: it was created elsewhere or printed to PDF "
        "again. Choose the file as it was downloaded."
    )


class FiguresNotPrinted(DomainError):
    """The pages do not show what the list of figures says."""

    code: ClassVar[str] = "typesetting.figures_not_printed"
    message: ClassVar[str] = msgid(
        "The pages of this file no longer show these figures as printed: {figures}. The file was "
        "changed after it was created. Download it again."
    )


class TooManyPages(DomainError):
    """The file has more pages than are read."""

    code: ClassVar[str] = "typesetting.too_many_pages"
    message: ClassVar[str] = msgid(
        "This file has more than {maximum} pages and cannot be read. Check only the part you need."
    )
