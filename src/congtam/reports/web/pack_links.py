"""What the reports offer on pages of other rooms (liên kết đến văn bản)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.foundation.public import Actor
from congtam.ui.public import PageLink


def pack_documents(key: str, _actor: Actor) -> list[PageLink]:
    """The report of a pack in both formats."""
    word, pdf = (reverse("reports:pack_document", args=[key, form]) for form in ("docx", "pdf"))
    return [
        PageLink(text=_("Report (.docx)"), icon="download", url=word),
        PageLink(text=_("Report (PDF)"), icon="file-text", url=pdf, is_primary=True),
    ]
