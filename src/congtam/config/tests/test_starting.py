"""A process starts without what only a few ever need."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import gc, os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congtam.config.settings")
from congtam.config.starting import set_up_django
set_up_django()
from django.urls import get_resolver
get_resolver().url_patterns
print(gc.isenabled(), *sorted({"docx", "pypdf", "typst", "vl_convert"} & set(sys.modules)))
"""


def test_what_sets_and_reads_documents_comes_with_the_first_document() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["True"], "")
