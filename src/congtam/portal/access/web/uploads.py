"""A bound on what a stranger may send at once (giới hạn dung lượng gửi lên)."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

LARGEST: Final = 120 << 20
"""Six files of the largest size; more are sent in several goes."""


class PublicUploads(FileUploadHandler):
    """Stands before the other upload handlers: what is too large and comes from a stranger is refused unread.

    The guard against forged forms reads the form before any view is asked, so no view could do it.
    """

    def handle_raw_input(self, *sent: Any, **_named: Any) -> None:
        """Look at the length alone, the third thing Django tells."""
        length = int(sent[2])
        if length > LARGEST and self._is_anonymous():
            raise RequestDataTooBig(f"more than {LARGEST >> 20} MiB")

    def _is_anonymous(self) -> bool:
        """Nobody signed in: on public pages, at the entrance, and programs, whose token is looked at later."""
        account = getattr(self.request, "user", None)
        return account is None or not account.is_authenticated

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 - Django's signature
        """Leave the content to the next handler."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
