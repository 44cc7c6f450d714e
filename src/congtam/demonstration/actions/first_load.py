"""Loading the demonstration once, when the site is started with it (nạp tỉnh trình diễn lần đầu)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from congtam.demonstration.actions.load import NOTE, Demonstration, has_dossiers, is_complete, load
from congtam.foundation.cli_support import progress, say
from congtam.foundation.public import installation_notes


def load_if_empty() -> None:
    """Load the demonstration of the usual size, unless there are dossiers already; finish one that was interrupted."""
    begun = installation_notes().get(NOTE)
    if has_dossiers() and (begun is None or is_complete()):
        return
    say(_("Loading the demonstration province. This takes about a minute and is done only once."))
    with progress(_("Dossiers")) as advance:
        load(Demonstration(**begun) if begun else Demonstration(), progress=advance)
