"""The tables of the calendar, made by the foundation, belong to the work calendar; nothing moves in the database.

Locks: nothing.
Rewrites: nothing.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0006_api_tokens_end'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='CalendarChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.TextField(unique=True)),
                        ('at', models.DateTimeField()),
                        ('actor', models.TextField()),
                        ('legal', models.TextField()),
                        ('days', models.JSONField(default=list)),
                        ('hours', models.JSONField(blank=True, default=list)),
                        ('is_applied', models.BooleanField(default=False)),
                    ],
                    options={
                        'db_table': 'foundation_calendarchange',
                    },
                ),
                migrations.CreateModel(
                    name='CalendarDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField(unique=True)),
                        ('kind', models.CharField(choices=[('day_off', 'Day Off'), ('make_up', 'Make Up'), ('half_day', 'Half Day')], max_length=10)),
                        ('reason', models.CharField(max_length=200)),
                        ('source', models.CharField(max_length=300)),
                        ('changed_by', models.TextField(blank=True, default='')),
                        ('changed_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'db_table': 'foundation_calendarday',
                    },
                ),
                migrations.CreateModel(
                    name='OfficeHoursRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('since', models.DateField(unique=True)),
                        ('spans', models.JSONField()),
                        ('source', models.CharField(max_length=300)),
                        ('changed_by', models.TextField()),
                        ('changed_at', models.DateTimeField()),
                    ],
                    options={
                        'db_table': 'foundation_officehoursrule',
                    },
                ),
                migrations.CreateModel(
                    name='WorkingDay',
                    fields=[
                        ('day', models.DateField(primary_key=True, serialize=False)),
                        ('ordinal', models.IntegerField()),
                    ],
                    options={
                        'db_table': 'foundation_workingday',
                    },
                ),
                migrations.CreateModel(
                    name='CalendarEffect',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subject', models.TextField()),
                        ('name', models.TextField(blank=True, default='')),
                        ('unit_code', models.TextField(blank=True, default='')),
                        ('old', models.DateTimeField(blank=True, null=True)),
                        ('new', models.DateTimeField(blank=True, null=True)),
                        ('change', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='effects', to='work_calendar.calendarchange')),
                    ],
                    options={
                        'db_table': 'foundation_calendareffect',
                        'ordering': ['id'],
                        'constraints': [models.UniqueConstraint(fields=('change', 'subject'), name='foundation_calendar_effect_once')],
                    },
                ),
            ],
        ),
    ]
