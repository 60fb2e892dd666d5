"""The audit log, and the triggers that keep it as it was written."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from branches import audit_guard


def install_guard(apps: Any, schema_editor: Any) -> None:
    audit_guard.install(schema_editor.connection)


def remove_guard(apps: Any, schema_editor: Any) -> None:
    audit_guard.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("branches", "0001_organizations_people_accounts"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("hash", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)), name="audit_head_is_one_row"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "number",
                    models.PositiveBigIntegerField(
                        primary_key=True, serialize=False, verbose_name="number"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="moment")),
                ("actor", models.CharField(blank=True, max_length=260, verbose_name="who")),
                ("act", models.CharField(max_length=60, verbose_name="act")),
                ("address", models.CharField(blank=True, max_length=45, verbose_name="address")),
                ("method", models.CharField(blank=True, max_length=10, verbose_name="method")),
                ("path", models.CharField(blank=True, max_length=300, verbose_name="page")),
                ("subject", models.CharField(blank=True, max_length=100, verbose_name="subject")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("DONE", "Done"),
                            ("DENIED", "Denied"),
                            ("REFUSED", "Without effect"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("changes", models.TextField(blank=True, verbose_name="changes")),
                ("previous_hash", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="branches.organization",
                        verbose_name="Party organization",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of the audit log",
                "ordering": ["-number"],
                "indexes": [
                    models.Index(fields=["at"], name="audit_entry_at"),
                    models.Index(fields=["act", "number"], name="audit_entry_act"),
                    models.Index(fields=["user", "number"], name="audit_entry_user"),
                    models.Index(
                        fields=["organization", "number"], name="audit_entry_organization"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", 1), ("previous_hash", "")),
                            models.Q(
                                ("number__gt", 1),
                                models.Q(("previous_hash", ""), _negated=True),
                                models.Q(("previous_hash", models.F("hash")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="audit_entry_links_to_the_one_before",
                    )
                ],
            },
        ),
        migrations.RunPython(install_guard, remove_guard),
    ]
