"""The demo bureau into an empty database, by the ways a real bureau's records take.

Rosters and activities go through the importers, states through the services of review, the
report through the composer. All of it or nothing.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from django.db.models import Min

from branches.audit import act
from branches.importers import Sheets, import_roster, rows_of
from branches.models import COMMITTEE_TITLES, Appointment, Member, Organization, Post, User
from branches.services.organizations import begin_term
from meetings.importers import import_activities
from meetings.models import Activity
from meetings.services import return_activity, submit_activity, void_activity
from reports.demo import activity_rows, roster_rows
from reports.demo.bureau import COMMITTEE
from reports.demo.desk import (
    ACCOUNTS,
    BLANKS,
    FINISHED_BRANCH,
    INTENTIONS,
    OPEN_RECORDS,
    PASSWORD,
    TWICE_ENTERED,
    OpenRecord,
)
from reports.demo.roster import Row
from reports.models import AnnualReport, PlanItem
from reports.services import compose_report, finalize_report, save_plan, save_text

# The committees of the demo sit for the second time.
_TERM = 2
_FILE_NAME = re.compile(r"演示单位(\d{4})年活动记录\.xlsx")


class DatabaseInUse(Exception):
    """The database holds something else than the demo bureau; nothing was written."""


def seeded_year() -> int | None:
    """The year of the demo bureau in this database, or None when it is not there."""
    names = Activity.objects.filter(imported_file__startswith="演示单位")
    found = _FILE_NAME.fullmatch(names.values_list("imported_file", flat=True).first() or "")
    return int(found[1]) if found else None


def seed_demo(*, year: int, today: dt.date) -> None:
    """Write the demo bureau with the records of the year (up to today, while it lasts).

    DatabaseInUse when there are organizations, members, users or activities already. The year is
    one of the demo's calendar, not after today's.
    """
    with act("demo.seed"):
        if any(model.objects.exists() for model in (Organization, Member, User, Activity)):
            raise DatabaseInUse
        import_roster({name: rows_of(rows) for name, rows in roster_rows(year).items()})
        users = _appoint(since=dt.date(year - 1, 1, 1))
        _begin_terms(user=users["admin"])
        _write_activities(activity_rows(year, until=today), users, year=year, today=today)
        _write_reports(year, today=today)


def _appoint(*, since: dt.date) -> dict[str, User]:
    users = {}
    for account in ACCOUNTS:
        user = User.objects.create_user(account.username, password=PASSWORD, name=account.name)
        Appointment.objects.create(
            user=user,
            role=account.role,
            organization=Organization.objects.filter(code=account.code).first(),
            started_on=since,
        )
        users[account.username] = user
    return users


def _begin_terms(*, user: User) -> None:
    """A term for every committee, from when its first member took office."""
    elected = (
        Post.objects.filter(title__in=COMMITTEE_TITLES)
        .order_by()
        .values_list("organization")
        .annotate(Min("started_on"))
    )
    organizations = Organization.objects.in_bulk()
    for pk, started_on in elected:
        begin_term(organizations[pk], number=_TERM, on=started_on, user=user)


def _write_activities(
    sheets: dict[str, list[Row]], users: dict[str, User], *, year: int, today: dt.date
) -> None:
    """All as accepted but for those that somebody still works on."""
    waiting = [(record, row) for record in OPEN_RECORDS if (row := _last(record, sheets["活动"]))]
    numbers = {row["编号"] for _, row in waiting}
    file_name = f"演示单位{year}年活动记录.xlsx"
    import_activities(
        _part(sheets, [row for row in sheets["活动"] if row["编号"] not in numbers]),
        today=today,
        file_name=file_name,
        user=users["admin"],
    )
    if twin := _last(TWICE_ENTERED, sheets["活动"]):
        twice = {**twin, "编号": f"{twin['编号']}-2", "内容": "", "可写入总结": ""}
        waiting.append((TWICE_ENTERED, twice))
    for record, row in waiting:
        import_activities(
            _part({**sheets, "评议": []}, [row]),
            today=today,
            file_name=file_name,
            as_draft=True,
            user=users[record.username],
        )
        activity = Activity.objects.get(host__code=record.code, status="DRAFT", title=row["主题"])
        _hand_in(activity, record, users)


def _hand_in(activity: Activity, record: OpenRecord, users: dict[str, User]) -> None:
    """Bring a draft to where it waits, by the same steps as on the site."""
    if record.status in ("SUBMITTED", "RETURNED"):
        activity = submit_activity(
            activity, user=users[record.username], expected_version=activity.version
        )
    if record.status == "RETURNED":
        return_activity(
            activity,
            user=users["admin"],
            expected_version=activity.version,
            comment=record.comment,
        )
    if record.status == "VOID":
        void_activity(
            activity,
            user=users[record.username],
            expected_version=activity.version,
            reason=record.comment,
        )


def _last(record: OpenRecord, rows: Sequence[Row]) -> Row | None:
    """The last row that is of this one kind for this one organization."""
    fitting = [
        row for row in rows if (row["党组织编码"], row["类型"]) == (record.code, record.kind)
    ]
    return fitting[-1] if fitting else None


def _part(sheets: dict[str, list[Row]], activities: Iterable[Row]) -> Sheets:
    """The workbook cut down to some activities and what belongs to them."""
    activities = list(activities)
    numbers = {row["编号"] for row in activities}
    return {
        "活动": rows_of(activities),
        **{
            name: rows_of(row for row in sheets[name] if row["活动编号"] in numbers)
            for name in ("议题", "整改")
        },
        "评议": rows_of(sheets["评议"]),
    }


def _write_reports(year: int, *, today: dt.date) -> None:
    """The bureau's draft with its plan, and the finished report of the small branch."""
    dated_on = dt.date(year + 1, 1, 9)
    is_over = dated_on <= today
    report = compose_report(Organization.objects.get(code=COMMITTEE), year=year)
    codes = {one.code: one for one in Organization.objects.all()}
    report = save_plan(
        report,
        [
            PlanItem(
                thread=item.thread,
                text=item.text,
                kind=item.kind,
                target=item.target,
                quarter=item.quarter,
                owner=item.owner,
                organization=codes.get(item.code),
            )
            for item in INTENTIONS
        ],
        expected_version=report.version,
    )
    if is_over:
        save_text(report, own={"dated_on": dated_on}, texts={}, expected_version=report.version)
        _finish(compose_report(codes[FINISHED_BRANCH], year=year), dated_on=dated_on)


def _finish(report: AnnualReport, *, dated_on: dt.date) -> None:
    """Fill the blanks of a report and make it final."""
    texts = {}
    for section in report.sections.all():
        body = section.body
        for blank, words in BLANKS.items():
            body = body.replace(f"【待填：{blank}】", words)
        texts[section.key] = (section.heading, body)
    report = save_text(
        report, own={"dated_on": dated_on}, texts=texts, expected_version=report.version
    )
    finalize_report(report, expected_version=report.version)
