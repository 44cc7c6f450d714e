"""Evidence: pieces and seals, and the triggers that refuse a change once the whole is frozen.

Locks: foundation_storedfile for an instant.
Rewrites: nothing.
"""

import django.db.models.deletion
from django.db import migrations, models

LOCK = """
CREATE FUNCTION foundation_lock_evidence(in_kind text, in_code text) RETURNS void LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('evidence:' || in_kind || ':' || in_code, 0))
$$;
"""

PIECES = """
CREATE FUNCTION foundation_guard_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    piece foundation_evidencepiece;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'a piece of evidence is never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN piece := NEW; ELSE piece := OLD; END IF;
    PERFORM foundation_lock_evidence(piece.subject_kind, piece.subject_code);
    IF EXISTS (SELECT 1 FROM foundation_evidenceseal seal
               WHERE seal.subject_kind = piece.subject_kind AND seal.subject_code = piece.subject_code) THEN
        RAISE EXCEPTION 'the evidence of %:% is frozen: % refused', piece.subject_kind, piece.subject_code, TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN piece;
END $$;
CREATE TRIGGER evidence_frozen BEFORE INSERT OR UPDATE OR DELETE ON foundation_evidencepiece
    FOR EACH ROW EXECUTE FUNCTION foundation_guard_evidence();
CREATE TRIGGER evidence_never_truncated BEFORE TRUNCATE ON foundation_evidencepiece
    FOR EACH STATEMENT EXECUTE FUNCTION foundation_refuse_seal_change();
"""

SEALS = """
CREATE FUNCTION foundation_refuse_seal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'frozen evidence stays frozen: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION foundation_guard_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM foundation_lock_evidence(NEW.subject_kind, NEW.subject_code);
    RETURN NEW;
END $$;
CREATE TRIGGER evidence_seal_locked BEFORE INSERT ON foundation_evidenceseal
    FOR EACH ROW EXECUTE FUNCTION foundation_guard_seal();
CREATE TRIGGER evidence_seal_stays BEFORE UPDATE OR DELETE ON foundation_evidenceseal
    FOR EACH ROW EXECUTE FUNCTION foundation_refuse_seal_change();
CREATE TRIGGER evidence_seal_never_truncated BEFORE TRUNCATE ON foundation_evidenceseal
    FOR EACH STATEMENT EXECUTE FUNCTION foundation_refuse_seal_change();
"""

UNDO = """
DROP TRIGGER evidence_frozen ON foundation_evidencepiece;
DROP TRIGGER evidence_never_truncated ON foundation_evidencepiece;
DROP TRIGGER evidence_seal_locked ON foundation_evidenceseal;
DROP TRIGGER evidence_seal_stays ON foundation_evidenceseal;
DROP TRIGGER evidence_seal_never_truncated ON foundation_evidenceseal;
DROP FUNCTION foundation_guard_evidence;
DROP FUNCTION foundation_guard_seal;
DROP FUNCTION foundation_refuse_seal_change;
DROP FUNCTION foundation_lock_evidence;
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0007_calendar_has_its_own_room")]
    operations = [
        migrations.CreateModel(
            name="EvidenceSeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_code", models.CharField(max_length=120)),
                ("digest", models.CharField(max_length=64)),
                ("count", models.PositiveIntegerField()),
                ("frozen_by", models.CharField(max_length=150)),
                ("frozen_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("subject_kind", "subject_code"), name="evidence_frozen_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="EvidencePiece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_code", models.CharField(max_length=120)),
                ("position", models.PositiveIntegerField()),
                ("form", models.CharField(max_length=10)),
                ("ref", models.CharField(blank=True, max_length=161)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("text", models.TextField(blank=True)),
                ("clause", models.CharField(blank=True, max_length=200)),
                ("attached_by", models.CharField(max_length=150)),
                ("attached_at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="foundation.storedfile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject_kind", "subject_code", "position"), name="evidence_position_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("form__in", ["reference", "file", "receipt", "rows"])),
                        name="evidence_form_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file__isnull", False), ("form", "file")),
                            models.Q(models.Q(("form", "file"), _negated=True), ("file__isnull", True)),
                            _connector="OR",
                        ),
                        name="evidence_file_has_its_file",
                    ),
                ]
            },
        ),
        migrations.RunSQL([LOCK, SEALS, PIECES], [UNDO]),
    ]
