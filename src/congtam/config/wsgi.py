from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congtam.config.settings")
application = get_wsgi_application()

from congtam.config.warming import warm_up_in_background  # noqa: E402 - needs the application to be set up

warm_up_in_background()
