"""The requirements that hold everywhere, each with where it comes from (docs/domain.md §1)."""

import datetime as dt
from typing import Any

from django.db import migrations

REGULATION = "《中国共产党支部工作条例（试行）》"
IN_FORCE = dt.date(2018, 10, 28)
PRACTICE = "通行做法，无统一规定"
# kind, kind of organization, period, source
DEFAULTS = [
    ("GENERAL_MEETING", "BRANCH", "QUARTER", f"{REGULATION}第十一条"),
    ("COMMITTEE_MEETING", "BRANCH", "MONTH", f"{REGULATION}第十二条"),
    ("GROUP_MEETING", "GROUP", "MONTH", f"{REGULATION}第十三条"),
    ("PARTY_LECTURE", "BRANCH", "QUARTER", PRACTICE),
    ("THEMED_PARTY_DAY", "BRANCH", "MONTH", f"{REGULATION}第十六条"),
    ("GROUP_STUDY", "BRANCH", "MONTH", PRACTICE),
    ("ORGANIZATIONAL_LIFE_MEETING", "BRANCH", "YEAR", f"{REGULATION}第十七条"),
    ("DEMOCRATIC_APPRAISAL", "BRANCH", "YEAR", f"{REGULATION}第十八条"),
    ("INTEGRITY_EDUCATION", "BRANCH", "HOLIDAY", PRACTICE),
    ("HEART_TO_HEART_TALK", "BRANCH", "YEAR", REGULATION),
]


def add_defaults(apps: Any, schema_editor: Any) -> None:
    requirements = apps.get_model("meetings", "Requirement").objects.using(
        schema_editor.connection.alias
    )
    for kind, organization_kind, period, source in DEFAULTS:
        requirements.get_or_create(
            kind=kind,
            organization_kind=organization_kind,
            period=period,
            scope=None,
            effective_from=IN_FORCE,
            defaults={"times": 1, "source": source},
        )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_attachments_drafts_templates_comments")]

    # Going back keeps the rows: somebody may have built on them.
    operations = [migrations.RunPython(add_defaults, migrations.RunPython.noop)]
