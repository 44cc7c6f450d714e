"""Tables of the units, their posts and who may sign (đơn vị, chức vụ, thẩm quyền ký)."""

from congtam.org_units.models.posts import Appointment, Post, SigningPower
from congtam.org_units.models.units import OrgUnit, Succession, UnitBoundary, UnitVersion

__all__ = ["Appointment", "OrgUnit", "Post", "SigningPower", "Succession", "UnitBoundary", "UnitVersion"]
