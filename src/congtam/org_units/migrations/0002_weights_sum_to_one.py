"""The weights of a succession sum to one: a deferred trigger.

Locks: org_units_succession for an instant.
Rewrites: nothing.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION org_units_check_succession_weights() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed org_units_succession := coalesce(NEW, OLD);
    total numeric;
BEGIN
    SELECT sum(weight) INTO total FROM org_units_succession
    WHERE predecessor_id = changed.predecessor_id AND on_date = changed.on_date;
    IF abs(total - 1) > 0.000001 THEN
        RAISE EXCEPTION 'the weights of a succession sum to %, not to 1', total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'succession_weights_sum_to_one';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER succession_weights_sum_to_one
    AFTER INSERT OR UPDATE OR DELETE ON org_units_succession
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION org_units_check_succession_weights();
"""
DROP = """
DROP TRIGGER succession_weights_sum_to_one ON org_units_succession;
DROP FUNCTION org_units_check_succession_weights();
"""


class Migration(migrations.Migration):
    dependencies = [("org_units", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
