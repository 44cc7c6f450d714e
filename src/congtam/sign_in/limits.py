"""How many wrong passwords are borne (giới hạn thử mật khẩu): nobody guesses, and nobody locks others out.

A whole office stands behind one address, and anybody can type a colleague's name. So what is counted is the account
at one address; a browser that has signed in to the account before counts by itself and is stopped by nothing that
happens elsewhere. Above these stand wide limits for one address and one account, and when wrong passwords rain
from everywhere, narrower ones. A wait ends by itself; no account is ever locked by wrong passwords.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from congtam.foundation.rate_limits import RateLimit

_TEN_MINUTES: Final = timedelta(minutes=10)
KNOWN_DEVICE: Final = RateLimit.per(_TEN_MINUTES, name="sign_in.device", burst=10)
PAIR: Final = RateLimit.per(timedelta(minutes=5), name="sign_in.pair", burst=5)
ACCOUNT: Final = RateLimit.per(timedelta(hours=1), name="sign_in.account", burst=60)
ADDRESS: Final = RateLimit.per(_TEN_MINUTES, name="sign_in.address", burst=100)
EVERYWHERE: Final = RateLimit.per(_TEN_MINUTES, name="sign_in.everywhere", burst=500)
TIGHT_PAIR: Final = RateLimit.per(_TEN_MINUTES, name="sign_in.tight_pair", burst=2)
TIGHT_ADDRESS: Final = RateLimit.per(_TEN_MINUTES, name="sign_in.tight_address", burst=10)

Counted = tuple[tuple[RateLimit, str], ...]


def counted(*, account: str, address: str, device: str, is_under_attack: bool) -> Counted:
    """Which limits a try counts against, each with its subject; ``device`` is empty for an unknown browser."""
    if device:
        return ((KNOWN_DEVICE, f"{device}:{account}"),)
    pair = f"{address}:{account}"
    if is_under_attack:
        return ((TIGHT_PAIR, pair), (ACCOUNT, account), (TIGHT_ADDRESS, address))
    return ((PAIR, pair), (ACCOUNT, account), (ADDRESS, address))
