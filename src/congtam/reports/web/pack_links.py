"""What the reports offer on pages of other rooms (liên kết đến văn bản)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.foundation.public import Actor
from congtam.inspections.public import get_visible_pack, may_read_documents
from congtam.ui.public import PageLink


def pack_documents(key: str, actor: Actor) -> list[PageLink]:
    """The report of a pack in both formats, for who may have it already."""
    if not may_read_documents(get_visible_pack(key, to=actor), to=actor):
        return []
    word, pdf = (reverse("reports:pack_document", args=[key, form]) for form in ("docx", "pdf"))
    return [
        PageLink(text=_("Report (.docx)"), icon="download", url=word, is_slow=True),
        PageLink(text=_("Report (PDF)"), icon="file-text", url=pdf, is_primary=True, is_slow=True),
    ]
