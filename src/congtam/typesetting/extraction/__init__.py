"""Read the bound figures back out of a file of ours (đọc lại số liệu kèm nguồn từ tệp).

pypdf and python-docx are imported by the first file of their kind: most processes never read one.
"""

from __future__ import annotations

from congtam.typesetting.domain.document import BoundFigure
from congtam.typesetting.ooxml import DocumentTooLarge, FileNotReadable, PackageLimits

LIMITS = PackageLimits()


def extract_figures(content: bytes) -> list[BoundFigure]:
    """The figures of a .docx or PDF made by `render`, as they are printed now, in the order of the reader.

    Of an edited .docx, ``printed`` is what stands under the bookmark of the figure today. It is empty where somebody
    deleted the figure or its bookmark; such figures come last. Raises NoBoundFigures for a file without any (made
    elsewhere, or printed to PDF again), FiguresAltered and FiguresNotPrinted for one that was tampered with,
    FileNotReadable, FileTooLarge and TooManyPages. Limits: 64 MiB, 5,000 parts of 256 MiB together, 1,000 pages.
    """
    if len(content) > LIMITS.packed:
        raise DocumentTooLarge(limit=LIMITS.packed >> 20)
    if content.startswith(b"PK"):
        from congtam.typesetting.extraction.word_figures import word_figures

        return word_figures(content, LIMITS)
    if b"%PDF-" in content[:1024]:
        from congtam.typesetting.extraction.pdf_figures import pdf_figures

        return pdf_figures(content)
    raise FileNotReadable
