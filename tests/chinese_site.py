"""A small bureau in which every state that a page can show occurs, and what a page says."""

import datetime as dt
import re
from html.parser import HTMLParser

from django.utils import timezone

from branches.models import Organization, OrganizationKind, PostTitle, Role, User
from meetings.models import Activity, ImportRun, ImportState, Kind, Status
from meetings.services import AgendaLine, GuestLine, return_activity, void_activity
from reports.models import AnnualReport, PlanItem
from reports.services import compose_report, finalize_report, save_text
from tests.factories import make_activity, make_member, make_organization, make_post, make_user
from tests.meetings.importing.runs import make_import, pasted
from tests.reports.small_year import YEAR, make_small_year

# Names of formats and programs, and the switch to the other language.
ALLOWED = {
    "PDF",
    "Word",
    "HTML",
    "Excel",
    "xlsx",
    "xls",
    "Cookie",
    "English",
    "OFD",
    "Alt",
    "Ctrl",
    "Enter",
}
WORD = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z]{3,}(?![A-Za-z0-9_])")
SENTENCE = re.compile(r"[A-Za-z]{3,} [A-Za-z]{2,}")
READ_ALOUD = ("aria-label", "placeholder", "title", "alt", "label")
SILENT = ("script", "style", "code")  # a figure's key stands in <code>: it is a name, not a word


class _Reader(HTMLParser):
    """Collects what a page shows or has read out; `data-…` where it holds a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self.silent:
            self.silent += [tag] if tag == self.silent[-1] else []
            return
        if tag in SILENT or (given.get("lang") == "en" and tag != "html"):
            self.silent.append(tag)
            return
        self.said += [given[name] for name in READ_ALOUD if name in given]
        self.said += [
            value
            for name, value in given.items()
            if (name.startswith("data-") and SENTENCE.search(value))
            or (tag == "input" and name == "value" and given.get("type") in ("submit", "button"))
        ]

    def handle_endtag(self, tag: str) -> None:
        if self.silent and tag == self.silent[-1]:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)


def english_words(html: str) -> set[str]:
    """Words of three or more ASCII letters that the page shows, but the allowed ones."""
    reader = _Reader()
    reader.feed(html)
    return {word for text in reader.said for word in WORD.findall(text)} - ALLOWED


def make_every_state() -> dict[Role | None, User]:
    """The small year and what it lacks; a user of each role, and one without (None)."""
    year = make_small_year()
    first = year.first
    chair = make_member(
        "甲四", first, gender="女", ethnicity="汉族", birth_month="1980-05", note="无"
    )
    make_member("甲五", first, is_conversion_date_unknown=True, converted_on=None)
    make_member("丙一", year.second, until=dt.date(2025, 7, 1))
    make_post(chair, first)
    make_post(chair, year.bureau, PostTitle.COMMITTEE_MEMBER, until=dt.date(2024, 1, 1))
    make_organization(
        "D03",
        parent=year.bureau,
        kind=OrganizationKind.GENERAL_BRANCH,
        name="第三总支",
        founded_on=dt.date(2001, 1, 1),
        closed_on=dt.date(2025, 2, 1),
    )
    users = {
        role: make_user(
            f"用户-{number}",  # a name to log in by is no word of the site
            name="某人",
            role=role,
            organization={Role.ADMINISTRATOR: year.bureau, Role.INSPECTOR: year.bureau}.get(
                role, None if role == Role.AUDITOR else first
            ),
        )
        for number, role in enumerate(Role, start=1)
    }
    _records(first, users[Role.SECRETARY])
    _reports(year.bureau, first)
    _imports(year.bureau, users[Role.ADMINISTRATOR])
    return users | {None: make_user("用户-0", name="无名")}


def _records(branch: Organization, user: User) -> None:
    today = timezone.localdate()
    make_activity(
        branch,
        Kind.GENERAL_MEETING,
        Kind.COMMITTEE_MEETING,
        user=user,
        held_on=dt.date(2025, 9, 9),
        absent={},
        agenda=(
            AgendaLine("讨论转正", "甲四", "一致同意", "按期转正", 3, 0, 0),
            AgendaLine("其他"),
        ),
        guests=(GuestLine("客人", "邻局"),),
        study_hours=2,
        start_time=dt.time(9),
        end_time=dt.time(11),
        decision="照此办理",
    )
    draft, submitted, returned, void = (
        make_activity(branch, Kind.PARTY_LECTURE, status=status, user=user, held_on=today)
        for status in (Status.DRAFT, Status.SUBMITTED, Status.SUBMITTED, Status.ACCEPTED)
    )
    assert (draft.status, submitted.status) == (Status.DRAFT, Status.SUBMITTED)
    return_activity(returned, user=user, expected_version=returned.version, comment="补写决议")
    void_activity(void, user=user, expected_version=void.version, reason="重复")
    imported = make_activity(branch, Kind.GROUP_STUDY, held_on=dt.date(2025, 10, 9))
    Activity.objects.filter(pk=imported.pk).update(imported_file="台账.xlsx", imported_row=7)


def _imports(bureau: Organization, user: User) -> None:
    """One with errors, changes and rows passed over; one in each other state."""
    make_import(
        user,
        bureau,
        pasted(
            "姓名|所在支部|党员类别|入党日期|民族|出生年月|工号",
            "甲四|D01|正式党员|2000-01-01|回族|1980-05|",
            "新一|D01|正式党员|2010-07-01|||7",
            "新二|D01|正式|2010-07-01|||8",
            "新三|D01|正式|2010-07-01|||9",
            "合计|3",
        ),
    )
    make_import(user, bureau, pasted("姓名|党组织编码|党员类别", "新四|D01|正式党员"))
    for state in (ImportState.QUEUED, ImportState.COMMITTED, ImportState.UNDONE):
        run = make_import(user, bureau)
        now = timezone.now()
        ImportRun.objects.filter(pk=run.pk).update(
            state=state, queued_at=now, committed_at=now, undone_at=now, undone_by=user
        )


def _reports(bureau: Organization, branch: Organization) -> None:
    """The bureau's draft with one section edited and a plan; the branch's final, since outdated."""
    draft = compose_report(bureau, year=YEAR)
    save_text(
        draft,
        own={"title": draft.title, "organ": draft.organ, "dated_on": None}
        | {"includes_submitted": True},
        texts={"study": ("一、学习", "集中学习{集中学习次数}次。")},
        expected_version=draft.version,
    )
    PlanItem.objects.create(report=draft, thread=1, position=1, text="开展集中学习", target=12)
    final = compose_report(branch, year=YEAR)
    finalize_report(final, expected_version=final.version)
    make_activity(branch, Kind.GROUP_STUDY, held_on=dt.date(2025, 11, 9))
    assert AnnualReport.objects.count() == 2
