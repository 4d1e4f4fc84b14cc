"""Seals of the audit log, and triggers that keep its rows as they were written."""

from django.db import migrations, models

import portal.clock

# PostgreSQL lets a row go only under a signed seal that says "removed". SQLite refuses changes; what is taken away there,
# the chain and its seals show (a trigger against DELETE would also stop the tests from emptying their database).
POSTGRESQL = """
CREATE FUNCTION portal_audit_append_only() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM portal_auditseal WHERE removed AND last >= OLD.id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'The audit log is append-only.';
END $$ LANGUAGE plpgsql;
CREATE TRIGGER portal_audit_append_only BEFORE UPDATE OR DELETE ON portal_auditentry
FOR EACH ROW EXECUTE FUNCTION portal_audit_append_only();
"""
POSTGRESQL_BACK = "DROP TRIGGER portal_audit_append_only ON portal_auditentry; DROP FUNCTION portal_audit_append_only();"
SQLITE = """
CREATE TRIGGER portal_audit_append_only BEFORE UPDATE ON portal_auditentry
BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END;
"""
SQLITE_BACK = "DROP TRIGGER portal_audit_append_only;"


def close(apps, schema_editor):
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def open_again(apps, schema_editor):
    schema_editor.execute(POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK)


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_cache_table")]
    operations = [
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("removed", models.BooleanField(default=False)),
                ("at", models.DateTimeField(default=portal.clock.now)),
                ("signature", models.CharField(max_length=120)),
            ],
            options={"ordering": ["-last"]},
        ),
        migrations.RunPython(close, open_again),
    ]
