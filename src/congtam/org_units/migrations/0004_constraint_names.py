"""Constraints of units and signing powers are named after what they demand.

Locks org_units_unitversion and org_units_signingpower for an instant each (constraints get other names); rewrites and
checks no row.

Locks: org_units_unitversion and org_units_signingpower for an instant each.
Rewrites: nothing.
"""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from congtam.foundation.rename_constraint import RenameConstraint


class Migration(migrations.Migration):
    dependencies = [("org_units", "0003_posts_and_kinds")]

    operations = [
        RenameConstraint("unitversion", "unit_version_place_plausible", "unit_version_coordinates_plausible"),
        RenameConstraint("unitversion", "unit_version_kind_known", "unit_version_kind_valid"),
        RenameConstraint("signingpower", "signing_power_authority_known", "signing_power_authority_valid"),
        RenameConstraint("signingpower", "signing_power_given_by_another", "signing_power_granted_by_another"),
        # Of Django alone: how a post finds the powers it granted.
        migrations.AlterField(
            "signingpower",
            "granted_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="powers_granted",
                to="org_units.post",
            ),
        ),
    ]
