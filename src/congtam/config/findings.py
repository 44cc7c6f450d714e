"""What `congtam doctor` says of one thing it looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing looked at: how it stands and what to do."""

    level: Literal["good", "warning", "fault"]
    subject: str
    observation: str
    advice: str = ""


def good(subject: str, observation: str) -> Finding:
    """It is as it should be."""
    return Finding(level="good", subject=subject, observation=observation)


def warning(subject: str, observation: str, advice: str) -> Finding:
    """It works, but somebody should look."""
    return Finding(level="warning", subject=subject, observation=observation, advice=advice)


def fault(subject: str, observation: str, advice: str) -> Finding:
    """It does not work."""
    return Finding(level="fault", subject=subject, observation=observation, advice=advice)
