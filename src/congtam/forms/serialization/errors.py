"""Why a file cannot be read as an electronic form; the rest is in `kernel.input.unreadable_files`."""

from __future__ import annotations

from congtam.kernel.errors import msgid
from congtam.kernel.input.unreadable_files import FileUnreadable


class FormFileFormatUnknown(FileUnreadable):
    """The name of the file says neither .xlsx nor .yaml (định dạng không hỗ trợ)."""

    message = msgid("{file}: an electronic form must be an .xlsx or .yaml file.")
