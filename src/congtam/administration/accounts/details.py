"""What is said of the person of an account (thông tin người dùng): one rule for page, file and console."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Self

from congtam.foundation.public import Account
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.kernel.input.emails import parse_email
from congtam.kernel.input.malformed import InputMalformed
from congtam.kernel.input.texts import compact, direction_mark_problems

_USERNAME: Final = re.compile(r"[a-z][a-z0-9._-]{1,58}[a-z0-9]")
_LONGEST: Final = 200


@dataclass(frozen=True, kw_only=True)
class PersonDetails:
    """Name, position and e-mail, cleaned."""

    name: str
    position: str
    email: str

    @classmethod
    def read(cls, *, name: str, position: str, email: str) -> Self:
        """Clean what was typed; raises InputRefused with everything wrong."""
        problems = list(cls._details_problems(name=name, position=position, email=email))
        if problems:
            raise InputRefused(problems)
        address = parse_email(email) if compact(email) else ""
        return cls(name=compact(name), position=compact(position), email=address)

    @staticmethod
    def _details_problems(*, name: str, position: str, email: str) -> Iterator[Problem]:
        """Everything wrong with what was typed."""
        if not compact(name):
            yield Problem(code="name_missing", message=msgid("Enter the person's full name."), column="name")
        for column, text in (("name", name), ("position", position)):
            yield from direction_mark_problems(text, column=column)
            if len(compact(text)) > _LONGEST:
                message = msgid("Enter at most {longest} characters.")
                yield Problem(
                    code="text_too_long", message=message, data={"longest": _LONGEST}, column=column
                )
        if compact(email):
            try:
                parse_email(email)
            except InputMalformed as error:
                yield Problem(code=error.code, message=error.message, data=error.data, column="email")

    def fields(self) -> Iterator[tuple[str, str]]:
        """Each column of the account with its value."""
        yield from (("name", self.name), ("position", self.position), ("email", self.email))


def taken_usernames(usernames: Iterable[str]) -> frozenset[str]:
    """Those of the user names that accounts have already."""
    # What cannot be a user name is not looked for: it may hold what the database does not take, such as a NUL.
    possible = {username for username in usernames if _USERNAME.fullmatch(username)}
    return frozenset(Account.objects.filter(username__in=possible).values_list("username", flat=True))


def username_problems(username: str, *, taken: Container[str]) -> Iterator[Problem]:
    """Whether a new account may be called so; ``taken`` holds the user names that accounts have already."""
    if not _USERNAME.fullmatch(username):
        message = msgid(
            "“{username}” cannot be a user name. Use 3 to 60 lower-case letters without diacritics, digits, "
            "dots, hyphens or underscores; begin with a letter."
        )
        yield Problem(
            code="username_malformed", message=message, data={"username": username[:60]}, column="username"
        )
    elif username in taken:
        message = msgid("There already is an account “{username}”.")
        advice = msgid("Choose another user name; to give the account a role, open its page.")
        data = {"username": username}
        yield Problem(code="username_taken", message=message, advice=advice, data=data, column="username")
