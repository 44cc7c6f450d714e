from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from congtam.config.starting import set_up_django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congtam.config.settings")
set_up_django()
application = get_wsgi_application()

from congtam.config.warming import run_in_background, warm_warehouse  # noqa: E402 - needs the application to be set up

run_in_background(warm_warehouse)
