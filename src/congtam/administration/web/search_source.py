"""Accounts as a source of the search (tìm tài khoản), for those who care for them."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congtam.administration.accounts.queries import AccountQuery, find_accounts
from congtam.administration.accounts.reach import reach_of
from congtam.administration.permissions import may_manage_accounts
from congtam.foundation.public import Actor
from congtam.foundation.references import Ref
from congtam.foundation.search import Hit, SearchSource


def find_account_hits(actor: Actor, text: str, limit: int) -> Sequence[Hit]:
    """Accounts by name or user name; nothing for who cares for none."""
    if not may_manage_accounts(actor):
        return []
    return [
        Hit(
            ref=Ref("account", account.username),
            label=str(account),
            detail=" · ".join(filter(None, (account.username, account.position))),
            url=reverse("administration:account", args=[account.username]),
        )
        for account in find_accounts(AccountQuery(text=text), reach=reach_of(actor))[:limit]
    ]


ACCOUNTS = SearchSource(kind="account", name=_("Accounts"), icon="users", find=find_account_hits, order=90)
