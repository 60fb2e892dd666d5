from django.db import migrations, models

from branches.pinyin import sort_key_of


def fill(apps, schema_editor):
    """The key of the names that are there already."""
    User = apps.get_model("branches", "User")
    for user in User.objects.exclude(name="").iterator():
        user.sort_key = sort_key_of(user.name)
        user.save(update_fields=["sort_key"])


class Migration(migrations.Migration):
    dependencies = [
        ("branches", "0006_what_happens_to_organizations"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="sort_key",
            field=models.CharField(blank=True, max_length=200, verbose_name="sort key"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
