"""What the composition root may use of the home page (trang chủ)."""

from congtam.home.slots import HOME_NEEDS, HOME_OVERVIEWS, Need, Overview

__all__ = ["HOME_NEEDS", "HOME_OVERVIEWS", "Need", "Overview"]
