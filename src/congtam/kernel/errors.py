"""Errors a person can act on, apart from bugs: each has a stable code, a message and data for machines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

Translate = Callable[[str], str]


def msgid(text: str) -> str:
    """Mark a text for translation where no translation machinery may be imported; returns it unchanged."""
    return text


class _KeepMissing(dict[str, Any]):
    """A placeholder without a value stays readable: reporting a problem must not raise another."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def fill(message: str, data: Mapping[str, object]) -> str:
    """Put the data into the placeholders of a message.

    >>> fill("{count} rows of {file}", {"count": 3})
    '3 rows of {file}'
    """
    return message.format_map(_KeepMissing(data))


class DomainError(Exception):
    """A refusal the person who asked can understand and act on (lỗi nghiệp vụ).

    ``message`` is an English msgid; the edge (page, API, console) translates it through ``format_message``.

    >>> str(NotFound(kind="dossier", key="H22-1"))
    'There is no dossier “H22-1”, or it is not visible to you.'
    """

    code: ClassVar[str] = "domain_error"
    message: ClassVar[str] = "The request cannot be carried out."

    def __init__(self, **data: Any) -> None:
        super().__init__()
        self.data: dict[str, Any] = data

    def format_message(self, translate: Translate = msgid) -> str:
        """The message in the language of the reader, with its data filled in."""
        return fill(translate(self.message), self.data)

    def __str__(self) -> str:
        return self.format_message()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.data.items())})"

    def __reduce__(self) -> tuple[Callable[..., DomainError], tuple[type[DomainError], dict[str, Any]]]:
        return _rebuild_error, (type(self), self.__dict__)


def _rebuild_error(kind: type[DomainError], state: dict[str, Any]) -> DomainError:
    """Errors cross process borders (jobs, parallel tests): rebuild without calling a subclass's own init."""
    error = kind.__new__(kind)
    error.__dict__.update(state)
    return error


class NotFound(DomainError):
    """The object does not exist, or the actor may not know that it does (không tìm thấy)."""

    code = "not_found"
    message = "There is no {kind} “{key}”, or it is not visible to you."

    def format_message(self, translate: Translate = msgid) -> str:
        """As for every error; the kind is a text of its own."""
        kind = translate(str(self.data.get("kind", "{kind}")))
        return fill(translate(self.message), {**self.data, "kind": kind})


class NotAllowed(DomainError):
    """The actor sees the object but lacks the right to do this with it (không có quyền)."""

    code = "not_allowed"
    message = "Your role does not allow this here."


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing wrong with an input, and where (lỗi dữ liệu): enough to go and mend it.

    ``message`` and ``advice`` are msgids whose placeholders are filled from ``data``. ``row`` counts as the
    person's own program shows it: the first line of a sheet is 1.
    """

    code: str
    message: str
    data: Mapping[str, Any] = field(default_factory=dict)
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    advice: str = ""
    severity: Literal["error", "warning"] = "error"

    @property
    def is_error(self) -> bool:
        """Whether the input must be refused for it; a warning lets it pass."""
        return self.severity == "error"

    def format_message(self, translate: Translate = msgid) -> str:
        """The message in the language of the reader, with its data filled in."""
        return fill(translate(self.message), self.data)

    def format_advice(self, translate: Translate = msgid) -> str:
        """What to do about it, in the language of the reader; empty where there is no advice."""
        return fill(translate(self.advice), self.data) if self.advice else ""

    def as_dict(self, translate: Translate = msgid) -> dict[str, Any]:
        """The problem for a machine: every field present, texts filled in.

        >>> Problem(code="blank", message="Line {line} is blank", data={"line": 3}).as_dict()["message"]
        'Line 3 is blank'
        """
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.format_message(translate),
            "advice": self.format_advice(translate),
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "data": dict(self.data),
        }


@contextmanager
def gather_problems(problems: list[Problem]) -> Iterator[None]:
    """Add what is refused inside to the list and go on: of an input all problems are reported at once.

    >>> problems = []
    >>> with gather_problems(problems):
    ...     raise InputRefused([Problem(code="blank", message="Line 3 is blank")])
    >>> [problem.code for problem in problems]
    ['blank']
    """
    try:
        yield
    except InputRefused as refusal:
        problems += refusal.problems


class InputRefused(DomainError):
    """An input with one or more problems, all reported at once (dữ liệu bị từ chối)."""

    code = "input_refused"
    message = "The input was rejected: {count} problem(s). First problem: {first}"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        first = self.problems[0].format_message() if self.problems else ""
        super().__init__(count=len(self.problems), first=first)

    def format_message(self, translate: Translate = msgid) -> str:
        """As for every error, with the first problem in the reader's language too."""
        first = self.problems[0].format_message(translate) if self.problems else ""
        return fill(translate(self.message), {"count": len(self.problems), "first": first})
