from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("alliances", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="session",
            index=models.Index(
                condition=models.Q(("confirmed_at", None), ("late", True)),
                fields=["held_on"],
                include=["id"],
                name="late_session",
            ),
        ),
    ]
