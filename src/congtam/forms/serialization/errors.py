"""Why a file cannot be read as an electronic form (tệp tờ khai không đọc được)."""

from __future__ import annotations

from congtam.kernel.errors import DomainError, msgid


class FormFileUnreadable(DomainError):
    """The file as a whole cannot be read (không đọc được tệp)."""

    code = "forms.file_unreadable"
    message = msgid("{file} cannot be read as an electronic form: {reason}")


class FormFileFormatUnknown(FormFileUnreadable):
    """The name of the file says neither .xlsx nor .yaml (định dạng không hỗ trợ)."""

    message = msgid("{file}: an electronic form must be an .xlsx or .yaml file.")


class FormFileHeaderMissing(FormFileUnreadable):
    """None of the first lines names the columns (thiếu dòng tiêu đề)."""

    message = msgid("{file} has no header row with the columns {columns}.")


class FormFileNotUtf8(FormFileUnreadable):
    """The text is in another encoding (sai bảng mã)."""

    message = msgid("{file} is not in UTF-8 (from byte {byte} on). Save the file as UTF-8.")


class FormFileTooManyRows(FormFileUnreadable):
    """More than is read at once (quá nhiều dòng)."""

    message = msgid("{file} has more than {maximum} rows.")
