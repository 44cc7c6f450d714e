"""E-mail addresses (thư điện tử), by their shape: whether somebody reads them only a mail can tell.

Source: RFC 5321 §4.5.3.1 (lengths), RFC 5322 §3.2.3 (dot-atom). Quoted names and addresses in brackets are left out:
nobody types them, and mail programs treat them differently. A domain has letters of Vietnamese and of Western European
languages; one of another script is entered in its ASCII form (RFC 5891, “xn--…”), as mail servers write it.
"""

from __future__ import annotations

import re
from typing import Final

from congtam.kernel.errors import msgid
from congtam.kernel.input.malformed import InputMalformed
from congtam.kernel.input.texts import compact

LONGEST: Final = 254
_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_NAME: Final = re.compile(rf"(?=.{{1,64}}$){_ATOM}(?:\.{_ATOM})*")
_LETTER: Final = "a-z0-9ß-öø-ÿăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
"""Those of a stored domain: small and composed, so that reading changes none of them."""
_LABEL: Final = rf"[{_LETTER}](?:[{_LETTER}-]{{0,61}}[{_LETTER}])?"
_DOMAIN: Final = re.compile(rf"(?:{_LABEL}\.)+(?![0-9]+$){_LABEL}")
STORED_PATTERN: Final = rf"^(?=.{{1,64}}@){_ATOM}(\.{_ATOM})*@({_LABEL}\.)+(?![0-9]+$)(?!.$){_LABEL}$"
"""What a stored address looks like, for schemas; `parse_email` leaves such a text as it is."""


class EmailMalformed(InputMalformed):
    """The text is not an e-mail address."""

    code = "email_malformed"
    message = msgid("“{text}” is not an e-mail address. Enter an address such as ten@example.vn.")


def parse_email(text: str) -> str:
    """Read an address; the domain is stored in small letters, the name before the @ as it was typed.

    >>> parse_email(" Ten.Nguoi@Example.VN ")
    'Ten.Nguoi@example.vn'
    >>> parse_email("a@b")
    Traceback (most recent call last):
        ...
    congtam.kernel.input.emails.EmailMalformed: “a@b” is not an e-mail address. Enter an address such as ten@example.vn.
    """
    name, _, domain = compact(text).rpartition("@")
    domain = domain.lower()
    if (
        len(name) + len(domain) >= LONGEST
        or not _NAME.fullmatch(name)
        or not _DOMAIN.fullmatch(domain)
        or len(domain.rpartition(".")[2]) == 1
    ):
        raise EmailMalformed(text)
    return f"{name}@{domain}"


def email_or_none(text: str) -> str | None:
    """The address, or None where the text is none.

    >>> email_or_none("nobody") is None
    True
    """
    try:
        return parse_email(text)
    except EmailMalformed:
        return None
