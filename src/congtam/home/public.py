"""What the composition root may use of the home page (trang chủ)."""

from congtam.home.slots import HOME_NEEDS, Need

__all__ = ["HOME_NEEDS", "Need"]
