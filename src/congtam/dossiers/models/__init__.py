"""The tables of the dossiers context (hồ sơ)."""

from congtam.dossiers.models.dossier import Dossier, DossierQuerySet, Step, Subject, Suspension

__all__ = ["Dossier", "DossierQuerySet", "Step", "Subject", "Suspension"]
