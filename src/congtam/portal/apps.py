"""The portal context: what people without an account see and do (cổng thông tin)."""

from __future__ import annotations

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """Listens to what happens to dossiers."""

    name = "congtam.portal"
    label = "portal"
    verbose_name = _("Portal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the subscriptions and where files stand; nothing else happens at start."""
        from congtam.dossiers.applicant.public import PAPER_KIND
        from congtam.dossiers.slots import PUBLIC_LOOKUP, RATINGS, SUPPLEMENTS_SENT
        from congtam.foundation.public import declare_references
        from congtam.portal import erasing, subscriptions
        from congtam.sign_in.public import declare_person_pages

        subscriptions.declare()
        erasing.declare()
        PUBLIC_LOOKUP.fill(lambda code: reverse("portal:by_slip", args=[code]))
        SUPPLEMENTS_SENT.fill(lambda: reverse("portal:offers"))
        RATINGS.fill(lambda: reverse("portal:ratings"))
        declare_person_pages({"portal:answer_offer": "key", "portal:offer_file": "key"})
        for table in ("portal_draft", "portal_supplementoffer"):
            sql = f"SELECT jsonb_path_query(files, '$[*].digest') #>> '{{}}' FROM {table}"  # noqa: S608 - constants
            declare_references(PAPER_KIND, sql)
