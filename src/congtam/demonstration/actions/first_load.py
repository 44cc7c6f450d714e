"""Loading the demonstration once, when the site is started with it (nạp tỉnh trình diễn lần đầu)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from congtam.demonstration.actions.load import (
    Demonstration,
    OtherDemonstration,
    has_dossiers,
    is_complete,
    load,
    loaded_demonstration,
)
from congtam.demonstration.domain.scenarios import DEFAULT
from congtam.foundation.cli_support import progress, say


def load_if_empty(scenario: str = "") -> None:
    """Load a scenario of the usual size, unless there are dossiers already; finish a load that was interrupted.

    Without a name it is the first of them. Raises OtherDemonstration where another one than the named is loaded.
    """
    begun = loaded_demonstration()
    if begun is not None and scenario not in ("", begun.scenario):
        raise OtherDemonstration(**vars(begun))
    if has_dossiers() and (begun is None or is_complete()):
        return
    say(_("Loading the demonstration province. This takes about a minute and is done only once."))
    with progress(_("Dossiers")) as advance:
        load(begun or Demonstration(scenario=scenario or DEFAULT), progress=advance)
