"""The tables of gateways, made by the payments, belong to this room; nothing moves in the database.

Locks: nothing.
Rewrites: nothing.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('payments', '0003_refused_refunds'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Gateway',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.TextField(unique=True)),
                        ('address', models.TextField()),
                        ('secret', models.TextField()),
                        ('is_active', models.BooleanField(default=True)),
                    ],
                    options={
                        'db_table': 'payments_gateway',
                        'constraints': [models.CheckConstraint(condition=models.Q(('name__regex', '^[a-z][a-z0-9-]{1,30}$')), name='payments_gateway_named')],
                    },
                ),
                migrations.CreateModel(
                    name='Callback',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('gateway', models.TextField()),
                        ('reference', models.TextField(blank=True, default='')),
                        ('request_code', models.TextField(blank=True, default='')),
                        ('digest', models.CharField(max_length=64)),
                        ('received_at', models.DateTimeField()),
                        ('outcome', models.TextField()),
                    ],
                    options={
                        'db_table': 'payments_callback',
                        'indexes': [models.Index(models.F('gateway'), models.OrderBy(models.F('received_at'), descending=True), name='payments_callbacks_latest')],
                    },
                ),
                migrations.CreateModel(
                    name='Statement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('gateway', models.TextField()),
                        ('day', models.DateField()),
                        ('digest', models.CharField(max_length=64)),
                        ('imported_at', models.DateTimeField()),
                        ('imported_by', models.TextField()),
                    ],
                    options={
                        'db_table': 'payments_statement',
                        'constraints': [models.UniqueConstraint(fields=('gateway', 'day'), name='payments_statement_of_day_once')],
                    },
                ),
                migrations.CreateModel(
                    name='StatementLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('row', models.IntegerField(blank=True, null=True)),
                        ('reference', models.TextField()),
                        ('request_code', models.TextField(blank=True, default='')),
                        ('amount_dong', models.BigIntegerField(blank=True, null=True)),
                        ('own_amount_dong', models.BigIntegerField(blank=True, null=True)),
                        ('unit_code', models.TextField(blank=True, default='')),
                        ('outcome', models.TextField()),
                        ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='gateways.statement')),
                    ],
                    options={
                        'db_table': 'payments_statementline',
                        'constraints': [models.UniqueConstraint(fields=('statement', 'reference'), name='payments_statement_line_once')],
                    },
                ),
            ],
        ),
    ]
