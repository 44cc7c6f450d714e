"""Why a file cannot be read (tệp không đọc được), whatever it should hold; the caller says what it reads."""

from __future__ import annotations

from congtam.kernel.errors import DomainError, msgid


class FileUnreadable(DomainError):
    """The file as a whole cannot be read (không đọc được tệp)."""

    code = "file_unreadable"
    message = msgid("{file} cannot be read: {reason}")


class FileHeaderMissing(FileUnreadable):
    """None of the first lines names the columns (thiếu dòng tiêu đề)."""

    message = msgid("{file} has no header row with the columns {columns}.")


class FileNotUtf8(FileUnreadable):
    """The text is in another encoding (sai bảng mã)."""

    message = msgid("{file} is not in UTF-8 (from byte {byte} on). Save the file as UTF-8.")


class FileTooManyRows(FileUnreadable):
    """More than is read at once (quá nhiều dòng)."""

    message = msgid("{file} has more than {maximum} rows.")
