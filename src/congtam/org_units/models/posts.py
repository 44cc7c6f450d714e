"""Tables of posts, who holds them and what they may sign, through time."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from congtam.org_units.domain.signing import DELEGATED, Authority

_IS_DELEGATED = Q(authority__in=sorted(each.value for each in DELEGATED))


class Post(models.Model):
    """A post of a unit (chức vụ), such as chairman, deputy director, head of the office."""

    unit_code = models.CharField(max_length=35)
    code = models.SlugField(max_length=50)
    name = models.CharField(max_length=200)
    is_head = models.BooleanField(default=False)
    valid = DateRangeField()

    class Meta:
        db_table = "org_units_post"
        ordering = ["-is_head", "name", "code"]
        constraints = [
            models.UniqueConstraint(fields=["unit_code", "code"], name="post_code_once_in_unit"),
            models.CheckConstraint(name="post_name_not_blank", condition=~Q(name="")),
            models.CheckConstraint(name="post_valid_not_empty", condition=~Q(valid__isempty=True)),
            ExclusionConstraint(
                name="post_one_head_at_a_time",
                expressions=[("unit_code", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=Q(is_head=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """How powers name the post: unit and code."""
        return f"{self.unit_code}/{self.code}"


class Appointment(models.Model):
    """Who holds a post in a period (bổ nhiệm, giao phụ trách), with the decision."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    person_name = models.CharField(max_length=200)
    username = models.CharField(max_length=150, blank=True)
    valid = DateRangeField()
    legal_source = models.CharField(max_length=300)

    class Meta:
        db_table = "org_units_appointment"
        ordering = ["-valid"]
        constraints = [
            ExclusionConstraint(
                name="appointment_one_at_a_time",
                expressions=[("post", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(name="appointment_name_not_blank", condition=~Q(person_name="")),
            models.CheckConstraint(name="appointment_source_not_blank", condition=~Q(legal_source="")),
            models.CheckConstraint(name="appointment_valid_not_empty", condition=~Q(valid__isempty=True)),
        ]

    def __str__(self) -> str:
        return self.person_name


class SigningPower(models.Model):
    """What a post may sign in a period, and who gave it the power (thẩm quyền ký, ủy quyền ký)."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="powers")
    matter = models.CharField(max_length=50)
    authority = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Authority])
    granted_by = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="powers_granted"
    )
    valid = DateRangeField()
    legal_source = models.CharField(max_length=300)

    class Meta:
        db_table = "org_units_signingpower"
        ordering = ["-valid"]
        constraints = [
            models.CheckConstraint(
                name="signing_power_granted_by_another",
                condition=(_IS_DELEGATED & Q(granted_by__isnull=False))
                | (~_IS_DELEGATED & Q(granted_by__isnull=True)),
            ),
            models.CheckConstraint(name="signing_power_not_own_giver", condition=~Q(post=F("granted_by"))),
            models.CheckConstraint(
                name="signing_power_authorised_ends",
                condition=~Q(authority=Authority.AUTHORISED.value) | Q(valid__upper_inf=False),
            ),
            models.CheckConstraint(
                name="signing_power_authority_valid",
                condition=Q(authority__in=[each.value for each in Authority]),
            ),
            models.CheckConstraint(name="signing_power_source_not_blank", condition=~Q(legal_source="")),
            models.CheckConstraint(name="signing_power_valid_not_empty", condition=~Q(valid__isempty=True)),
            ExclusionConstraint(
                name="signing_power_once_at_a_time",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    ("matter", RangeOperators.EQUAL),
                    ("authority", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.matter} {self.authority}"
