"""Imports that run beside the web server (việc nhập chạy nền)."""

from __future__ import annotations

from congtam.foundation.files import stored_path
from congtam.foundation.public import Account, actor_for, job
from congtam.imports.actions.imports import carry_out, mark_stopped
from congtam.imports.interpretation.mapping_text import read_mapping
from congtam.imports.models import Import, ImportState
from congtam.imports.shipped import get_mapping
from congtam.imports.watching import ImportStopped

_ENDED = (ImportState.DONE, ImportState.STOPPED, ImportState.UNDONE)


@job(name="exchange.run_import")
def run_import_job(key: str, by: str, *, dry_run: bool) -> None:
    """Check or run an uploaded import; one that is already done, or was stopped, is left alone."""
    started = Import.objects.get(key=key)
    if started.state in _ENDED:
        return
    if started.stop_requested_by:
        mark_stopped(started, by=started.stop_requested_by)
        return
    mapping = (
        read_mapping(started.mapping_text) if started.mapping_text else get_mapping(started.mapping_name)
    )
    try:
        outcome = carry_out(
            started,
            path=stored_path(started.file_digest),
            mapping=mapping,
            actor=actor_for(Account.objects.get(username=by)),
            dry_run=dry_run,
        )
    except ImportStopped:
        return
    if outcome.refused_file is not None:
        outcome.refused_file.unlink(missing_ok=True)
