"""Pages of rooms above that pages of dossiers link to (liên kết đến phân hệ phía trên)."""

from __future__ import annotations

from typing import Final

from congtam.foundation.slots import LinkSlot

PRINTED_FORM: Final = LinkSlot("dossiers.printed_form")
"""A form about one dossier or filing; parts: its code, the code of the form, "pdf" or "docx"."""
PRINTED_SLIP: Final = LinkSlot("dossiers.printed_slip")
"""A slip over several dossiers; parts: the kind of slip, "pdf" or "docx". The caller adds the codes as a query."""
PUBLIC_LOOKUP: Final = LinkSlot("dossiers.public_lookup")
"""The public page of a dossier that a QR code opens; part: its code."""
SUPPLEMENTS_SENT: Final = LinkSlot("dossiers.supplements_sent")
"""The supplements that applicants sent online, at the desk."""
RATINGS: Final = LinkSlot("dossiers.ratings")
"""What applicants think of the service, at the desk."""
UPLOAD: Final = LinkSlot("dossiers.upload")
"""Where a file of another system is imported."""

__all__ = ["PRINTED_FORM", "PRINTED_SLIP", "PUBLIC_LOOKUP", "RATINGS", "SUPPLEMENTS_SENT", "UPLOAD"]
