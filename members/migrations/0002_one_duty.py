"""三员分立 as a wall in the database: a role's duty is its account's duty, so no account ever holds two."""

from django.db import migrations

ADD = """
ALTER TABLE members_role ADD CONSTRAINT role_has_the_duty_of_its_account
FOREIGN KEY (user_id, duty) REFERENCES members_user (id, duty) DEFERRABLE INITIALLY DEFERRED
"""
DROP = "ALTER TABLE members_role DROP CONSTRAINT role_has_the_duty_of_its_account"


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]
    operations = [migrations.RunSQL(ADD, DROP)]
