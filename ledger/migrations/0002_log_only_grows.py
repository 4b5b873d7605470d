"""The log only grows: PostgreSQL itself refuses to change or delete an entry."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit entries are never changed or deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER auditentry_append_only
    BEFORE UPDATE OR DELETE ON ledger_auditentry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
"""
ALLOW = """
DROP TRIGGER auditentry_append_only ON ledger_auditentry;
DROP FUNCTION ledger_refuse_change();
"""


class Migration(migrations.Migration):
    replaces = [("ledger", "0002_append_only")]
    dependencies = [("ledger", "0001_tables")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
