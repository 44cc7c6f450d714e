"""Pages above the API that rooms of the API link to (liên kết tài liệu API)."""

from __future__ import annotations

from typing import Final

from congtam.foundation.slots import LinkSlot

API_REFERENCE: Final = LinkSlot("api.reference")
"""The reference of the API, with every room's routes in it."""
