"""The refusal of a text that cannot be read: one class for each kind of input, one message each."""

from __future__ import annotations

from typing import ClassVar, Final

from congtam.kernel.errors import DomainError, Problem, msgid

_SHOWN: Final = 60


class InputMalformed(DomainError):
    """What was typed cannot be read (dữ liệu nhập sai định dạng); ``text`` holds its first 60 characters.

    >>> InputMalformed("x" * 100).data["text"] == "x" * 60
    True
    """

    code: ClassVar[str] = "input_malformed"
    message: ClassVar[str] = msgid("“{text}” cannot be read.")

    def __init__(self, value: object) -> None:
        super().__init__(text=str(value)[:_SHOWN])

    def problem(self, *, column: str | None = None, row: int | None = None, code: str = "") -> Problem:
        """The same as a Problem of a form or a table; ``code`` where its readers know another one."""
        return Problem(code=code or self.code, message=self.message, data=self.data, row=row, column=column)
