"""Two tables about signing in: what happened, and which sessions are open. New tables: nothing is locked or rewritten.

Locks: foundation_account for an instant.
Rewrites: nothing.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('signed_in', 'Signed in'), ('signed_out', 'Signed out'), ('wrong_password', 'Wrong password'), ('wrong_code', 'Wrong code'), ('throttled', 'Made to wait after wrong passwords'), ('account_locked', 'Refused: the account is locked'), ('identity_refused', 'Refused: no account for this identity'), ('identity_linked', 'Linked to an account of the sign-in service'), ('confirmed', 'Confirmed again'), ('password_changed', 'Password changed'), ('factor_added', 'Second step added'), ('factor_removed', 'Second step removed'), ('codes_renewed', 'Recovery codes renewed'), ('session_ended', 'Session ended'), ('timed_out', 'Signed out after a time without use'), ('persons_read', 'Personal data read')], max_length=20)),
                ('method', models.CharField(blank=True, max_length=60)),
                ('subject', models.CharField(blank=True, max_length=100)),
                ('address', models.CharField(blank=True, max_length=50)),
                ('agent', models.CharField(blank=True, max_length=300)),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['account', '-at'], name='account_event_of_account'), models.Index(fields=['-at'], name='account_event_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['signed_in', 'signed_out', 'wrong_password', 'wrong_code', 'throttled', 'account_locked', 'identity_refused', 'identity_linked', 'confirmed', 'password_changed', 'factor_added', 'factor_removed', 'codes_renewed', 'session_ended', 'timed_out', 'persons_read'])), name='account_event_kind_valid')],
            },
        ),
        migrations.CreateModel(
            name='SignInSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_key', models.CharField(max_length=40, unique=True)),
                ('signed_in_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('method', models.CharField(blank=True, max_length=60)),
                ('address', models.CharField(blank=True, max_length=50)),
                ('agent', models.CharField(blank=True, max_length=300)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['account', '-seen_at'], name='sign_in_session_of_account')],
            },
        ),
    ]
