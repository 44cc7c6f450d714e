"""What tests of other rooms use of foundation beyond its door."""

from congtam.foundation.large_files import TookTooLong

__all__ = [
    "TookTooLong",
]
