"""Entering procedures that come from the program itself, such as those of the demonstration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from congtam.foundation.public import Actor, record
from congtam.kernel.errors import NotAllowed
from congtam.procedures.catalogue import versions
from congtam.procedures.domain.content import Content
from congtam.procedures.models import Procedure


@transaction.atomic
def enter_procedure_list(
    contents: Mapping[str, Content], *, valid_from: date | None, source: str, actor: Actor
) -> int:
    """Enter the procedures that are not on record yet (nhập thủ tục); how many were new."""
    if not actor.administers_everything:
        raise NotAllowed
    registered = set(Procedure.objects.filter(code__in=contents).values_list("code", flat=True))
    news = [
        versions.NewVersion(code, content, valid_from)
        for code, content in contents.items()
        if code not in registered
    ]
    versions.create_versions(news, source=source)
    if news:
        record(actor, "procedures.entered", kind="procedures", key=source, data={"new": len(news)})
    return len(news)
