"""The data folder (thư mục dữ liệu)."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def data_dir() -> Path:
    """The folder that holds everything that is kept."""
    return Path(settings.CONGTAM_DATA_DIR)
