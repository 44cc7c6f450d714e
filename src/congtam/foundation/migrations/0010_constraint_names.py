"""Constraints of roles, tokens, evidence and notifications are named after what they demand.

Locks foundation_rolegrant, foundation_apitoken, foundation_evidencepiece and foundation_notification for an instant each
(constraints get other names); rewrites and checks no row.

Locks: foundation_rolegrant, foundation_apitoken, foundation_evidencepiece and foundation_notification for an instant
    each.
Rewrites: nothing.
"""

from __future__ import annotations

from django.db import migrations

from congtam.foundation.rename_constraint import RenameConstraint


class Migration(migrations.Migration):
    dependencies = [("foundation", "0009_notifications_and_rate_limits")]

    operations = [
        RenameConstraint("rolegrant", "role_grant_role_known", "role_grant_role_valid"),
        RenameConstraint("apitoken", "api_token_end_known", "api_token_end_valid"),
        RenameConstraint("evidencepiece", "evidence_form_known", "evidence_form_valid"),
        RenameConstraint("notification", "notification_channel_known", "notification_channel_valid"),
    ]
