"""A clock of a demonstration exists only beside the note that the data are synthetic, and is never changed.

One trigger on a table of a dozen rows; nothing is rewritten.

Locks: foundation_installationnote for an instant.
Rewrites: nothing.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION foundation_guard_demonstration_clock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT 1 FROM foundation_installationnote WHERE key = 'synthetic' AND value = 'true'::jsonb)
        THEN
            RAISE EXCEPTION 'only a demonstration can have a clock of its own' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.key = 'demonstration_clock' THEN
        IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'the clock of a demonstration is fixed when it is loaded' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (TG_OP = 'DELETE' OR NEW.key <> 'synthetic' OR NEW.value <> 'true'::jsonb)
        AND EXISTS (SELECT 1 FROM foundation_installationnote WHERE key = 'demonstration_clock')
    THEN
        RAISE EXCEPTION 'an installation with the clock of a demonstration stays one'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER demonstration_clock_needs_demonstration BEFORE INSERT ON foundation_installationnote
    FOR EACH ROW WHEN (NEW.key = 'demonstration_clock') EXECUTE FUNCTION foundation_guard_demonstration_clock();
CREATE TRIGGER demonstration_clock_stays BEFORE UPDATE OR DELETE ON foundation_installationnote
    FOR EACH ROW WHEN (OLD.key IN ('demonstration_clock', 'synthetic'))
    EXECUTE FUNCTION foundation_guard_demonstration_clock();
"""
REMOVE = """
DROP TRIGGER demonstration_clock_needs_demonstration ON foundation_installationnote;
DROP TRIGGER demonstration_clock_stays ON foundation_installationnote;
DROP FUNCTION foundation_guard_demonstration_clock();
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0012_administration")]
    operations = [migrations.RunSQL(GUARD, REMOVE)]
