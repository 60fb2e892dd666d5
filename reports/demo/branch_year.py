"""What one branch and its groups hold in a year."""

from collections.abc import Iterator

from reports.demo.agenda import (
    COMMITTEE_OPENINGS,
    COMMITTEE_TOPICS,
    LIFE_MEETING_FACTS,
    TALKS,
)
from reports.demo.bureau import BRANCHES, GROUPS, SMALL_BRANCH, branch_of
from reports.demo.bureau_year import BRANCH_REMINDERS
from reports.demo.calendar import reminders
from reports.demo.general_meetings import WITH_LECTURE, WITH_PARTY_DAY, general_meetings
from reports.demo.plan import Diary, Planned, Topic
from reports.demo.study import (
    GROUP_TOPICS,
    INTEGRITY_FACTS,
    INTEGRITY_MATERIALS,
    LECTURES,
    SEMINARS,
    STUDY_HIGHLIGHTS,
    STUDY_WAYS,
    documents_of,
    materials_by,
)
from reports.demo.themes import JOINT_DAYS, THEMES
from reports.demo.work import WORK

# What was not held, so that the overview of who is behind has something to show.
MISSED = {
    ("YC-04", "集中学习", 8),
    ("YC-05-02", "支部委员会会议", 8),
    ("YC-05-01-2", "党小组会", 7),
}


def branch_plans(year: int, branch: str, diary: Diary) -> Iterator[Planned]:
    """The branch's own activities. The diary holds the bureau's already."""
    meetings = list(general_meetings(year, branch, diary))
    reminding = list(_reminders(year, branch, diary))
    yield from meetings
    yield from reminding
    studied = {plan.day.month for plan in (*meetings, *reminding) if "集中学习" in plan.kinds}
    yield from _life_meeting(year, branch, diary)
    for month in range(1, 13):
        yield from _committee_meeting(year, month, branch, diary)
        yield from _group_meetings(year, month, branch, diary)
        yield from _party_day(year, month, branch, diary)
        if month not in studied:
            yield from _study(year, month, branch, diary)
    yield from _lectures(year, branch, diary)
    yield from _seminars(year, branch, diary)
    yield from _talks(year, branch, diary)


def _reminders(year: int, branch: str, diary: Diary) -> Iterator[Planned]:
    index = BRANCHES.index(branch)
    documents = materials_by(year, INTEGRITY_MATERIALS)
    for festival, day in reminders(year):
        # The small branch let the reminder before Dragon Boat slip.
        if festival not in BRANCH_REMINDERS or (festival, branch) == ("端午", SMALL_BRANCH):
            continue
        yield Planned(
            codes=(branch,),
            day=diary.find_before((branch,), day),
            kinds=("集中学习", "廉政教育"),
            title=f"{festival}前廉政教育暨集中学习",
            facts=(INTEGRITY_FACTS[festival], STUDY_WAYS[(index + day.month) % len(STUDY_WAYS)]),
            minutes_length=90,
            form="学习",
            place=WORK[branch].room,
            materials=(
                documents[(index + day.month) % len(documents)],
                documents[(index + day.month + 1) % len(documents)],
            ),
            holiday=festival,
            hours="1.5",
        )


def _life_meeting(year: int, branch: str, diary: Diary) -> Iterator[Planned]:
    index = BRANCHES.index(branch)
    yield Planned(
        codes=(branch,),
        day=diary.find((branch,), year, 12, 12 + index % 4),
        kinds=("组织生活会", "民主评议党员"),
        title=f"{year}年度组织生活会和民主评议党员",
        facts=LIFE_MEETING_FACTS,
        minutes_length=150,
        place=WORK[branch].room,
        decision="整改事项列入台账，评议结果报机关党委审定后通报本人。",
    )


def _committee_meeting(year: int, month: int, branch: str, diary: Diary) -> Iterator[Planned]:
    if branch == SMALL_BRANCH or (branch, "支部委员会会议", month) in MISSED:
        return
    index = BRANCHES.index(branch)
    topics = COMMITTEE_TOPICS[month]
    # The April meeting deals with the inspection, from which the rectifications are opened.
    first = 1 if month == 4 else index % 2
    chosen = [topics[first], *([topics[1 - first]] if (index + month) % 3 == 0 else [])]
    title = chosen[0][0] + ("等事项" if len(chosen) > 1 else "")
    yield Planned(
        codes=(branch,),
        day=diary.find((branch,), year, month, 2 + index % 3),
        kinds=("支部委员会会议",),
        title=f"支部委员会会议：{title}",
        facts=(
            COMMITTEE_OPENINGS[(index + month) % len(COMMITTEE_OPENINGS)].format(
                topic=chosen[0][0]
            ),
        ),
        place=WORK[branch].room,
        topics=tuple(Topic(*topic) for topic in chosen),
    )


def _group_meetings(year: int, month: int, branch: str, diary: Diary) -> Iterator[Planned]:
    for group in GROUPS:
        if branch_of(group) != branch or (group, "党小组会", month) in MISSED:
            continue
        index = GROUPS.index(group)
        topic, fact = GROUP_TOPICS[(month - 1 + (index % 3) * 4) % len(GROUP_TOPICS)]
        yield Planned(
            codes=(group,),
            day=diary.find((group,), year, month, 5 + index % 4),
            kinds=("党小组会",),
            title=topic,
            facts=(fact,),
            minutes_length=45,
            place=WORK[branch].room,
            decision="事项由组长登记，下次会议对账。" if month % 3 == 0 else "",
        )


def _party_day(year: int, month: int, branch: str, diary: Diary) -> Iterator[Planned]:
    quarter = (month + 2) // 3
    held_otherwise = (
        month == 6  # with the whole bureau, before 1 July
        or branch in JOINT_DAYS.get(month, ())
        or (month == quarter * 3 and branch in WITH_PARTY_DAY.get(quarter, ()))
    )
    if held_otherwise:
        return
    index = BRANCHES.index(branch)
    theme = THEMES[month][(index + month) % 3]
    # Of two branches with one theme only the first writes the line for the summary.
    first = next(code for i, code in enumerate(BRANCHES) if (i + month) % 3 == (index + month) % 3)
    yield Planned(
        codes=(branch,),
        day=diary.find((branch,), year, month, 9 + index % 3),
        kinds=("主题党日",),
        title=theme.title,
        facts=theme.facts,
        minutes_length=150 if theme.place else 120,
        form=theme.form,
        place=theme.place or WORK[branch].room,
        hours="2.5" if theme.place else "2",
        highlight=theme.highlight if branch == first else "",
    )


def _study(year: int, month: int, branch: str, diary: Diary) -> Iterator[Planned]:
    if (branch, "集中学习", month) in MISSED:
        return
    index = BRANCHES.index(branch)
    chosen = documents_of(year, month, index)
    yield Planned(
        codes=(branch,),
        day=diary.find((branch,), year, month, 13 + index % 3),
        kinds=("集中学习",),
        title="集中学习" + "".join(f"《{title}》" for title in chosen),
        facts=(STUDY_WAYS[(index * 3 + month) % len(STUDY_WAYS)],),
        minutes_length=90 if len(chosen) == 1 else 120,
        form="研讨" if (index + month) % 4 == 0 else "学习",
        place=WORK[branch].room,
        materials=chosen,
        hours="1.5" if len(chosen) == 1 else "2",
        highlight=STUDY_HIGHLIGHTS.get((branch, month), ""),
    )


def _lectures(year: int, branch: str, diary: Diary) -> Iterator[Planned]:
    """Of the first and the third quarter, unless the general meeting was the lecture."""
    for quarter, month, (title, *facts) in zip((1, 3), (3, 8), LECTURES[branch], strict=True):
        if branch not in WITH_LECTURE.get(quarter, ()):
            yield Planned(
                codes=(branch,),
                day=diary.find((branch,), year, month, 16),
                kinds=("党课",),
                title=f"党课：{title}",
                facts=tuple(facts),
                minutes_length=90,
                form="学习",
                place=WORK[branch].room,
                hours="1.5",
            )


def _seminars(year: int, branch: str, diary: Diary) -> Iterator[Planned]:
    for code, month, title, fact, highlight in SEMINARS:
        if code == branch:
            yield Planned(
                codes=(branch,),
                day=diary.find((branch,), year, month, 18),
                kinds=("专题研讨",),
                title=f"党建与业务融合研讨：{title}",
                facts=(fact,),
                minutes_length=120,
                form="研讨",
                place=WORK[branch].room,
                hours="2",
                highlight=highlight,
            )


def _talks(year: int, branch: str, diary: Diary) -> Iterator[Planned]:
    index = BRANCHES.index(branch)
    yield Planned(
        codes=(branch,),
        day=diary.find((branch,), year, 2 + index, 11),
        kinds=("谈心谈话",),
        title="支部书记与党员谈心谈话",
        facts=(TALKS[index],),
        minutes_length=45,
        place=WORK[branch].room,
        has_attendance=False,
    )
