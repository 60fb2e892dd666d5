"""What the bureau's Party committee and the general branch hold in a year."""

from collections.abc import Iterator

from reports.demo.agenda import (
    GENERAL_BRANCH_TOPICS,
    PARTY_COMMITTEE_OPENINGS,
    PARTY_COMMITTEE_TOPICS,
    STANDING_TOPICS,
)
from reports.demo.bureau import BRANCHES, COMMITTEE, GENERAL_BRANCH, SMALL_BRANCH
from reports.demo.calendar import reminders, working_day
from reports.demo.plan import WHOLE_BUREAU, Diary, Planned, Topic
from reports.demo.study import (
    AUTUMN_LECTURE,
    AUTUMN_LECTURE_HIGHLIGHT,
    INTEGRITY_FACTS,
    INTEGRITY_HIGHLIGHTS,
    INTEGRITY_MATERIALS,
    NEXT_NEW_YEAR_FACT,
    YOUTH,
    materials_by,
)
from reports.demo.themes import JOINT_DAYS, JOINT_THEMES, JULY_FIRST

HALL = "局机关报告厅"

# Reminders that each branch holds by itself, with its monthly study; the others are joint.
BRANCH_REMINDERS = ("春节", "清明", "端午")


def bureau_plans(year: int, diary: Diary) -> Iterator[Planned]:
    """Everything that is held above the branches or by several of them together."""
    yield from _reminders(year, diary)
    yield from _july_first(year, diary)
    yield from _joint_days(year, diary)
    yield from _autumn_lecture(year, diary)
    yield from _party_committee(year, diary)
    yield from _general_branch_committee(year, diary)
    yield from _youth(year, diary)


def _reminders(year: int, diary: Diary) -> Iterator[Planned]:
    next_new_year = [pair for pair in reminders(year + 1) if pair[0] == "元旦"]
    documents = materials_by(year - 1, INTEGRITY_MATERIALS)
    due = dict(reminders(year))
    for index, (festival, day) in enumerate((*reminders(year), *next_new_year)):
        if festival in BRANCH_REMINDERS:
            continue
        with_study = festival == "国庆"
        # Where the two festivals share a break there is one reminder for both.
        occasion = festival if festival != "国庆" or "中秋" in due else "中秋、国庆"
        yield Planned(
            codes=WHOLE_BUREAU,
            day=diary.take(WHOLE_BUREAU, day),
            kinds=("廉政教育", "集中学习") if with_study else ("廉政教育",),
            title=f"{occasion}前廉政教育",
            facts=(
                NEXT_NEW_YEAR_FACT
                if day.month == 12 and day.year == year
                else INTEGRITY_FACTS[festival],
                "机关党委纪检委员提出假期纪律要求，各支部书记会后逐人提醒。",
            ),
            minutes_length=90 if with_study else 60,
            form="观看专题片" if festival == "五一" else "学习",
            place=HALL,
            materials=(documents[index % len(documents)],),
            holiday=festival,
            hours="1.5" if with_study else "1",
            highlight=INTEGRITY_HIGHLIGHTS.get(festival, ""),
        )


def _july_first(year: int, diary: Diary) -> Iterator[Planned]:
    day = working_day(year, 6, 31)
    yield Planned(
        codes=WHOLE_BUREAU,
        day=diary.find_before(WHOLE_BUREAU, day),
        kinds=("主题党日", "党课"),
        title=JULY_FIRST.title,
        facts=JULY_FIRST.facts,
        minutes_length=120,
        form=JULY_FIRST.form,
        place=JULY_FIRST.place,
        hours="2",
        lecturer="贺维钧",
        highlight=JULY_FIRST.highlight,
    )


def _joint_days(year: int, diary: Diary) -> Iterator[Planned]:
    for month, codes in JOINT_DAYS.items():
        theme = JOINT_THEMES[month]
        yield Planned(
            codes=codes,
            # April's is at the martyrs' cemetery, in the first days of the month.
            day=diary.find(codes, year, month, 2 if month == 4 else 10),
            kinds=("主题党日",),
            title=theme.title,
            facts=theme.facts,
            minutes_length=150,
            form=theme.form,
            place=theme.place,
            hours="2.5",
            highlight=theme.highlight,
        )


def _autumn_lecture(year: int, diary: Diary) -> Iterator[Planned]:
    title, *facts = AUTUMN_LECTURE
    # The small branch was on duty that day and had no lecture in the quarter: a gap to be seen.
    # The committee is not among the codes: it would bring that branch's members back in.
    codes = tuple(code for code in BRANCHES if code != SMALL_BRANCH)
    yield Planned(
        codes=codes,
        day=diary.find(codes, year, 11, 13),
        kinds=("党课",),
        title=f"专题党课：{title}",
        facts=tuple(facts),
        minutes_length=90,
        form="学习",
        place=HALL,
        hours="1.5",
        lecturer="市委党校教师",
        highlight=AUTUMN_LECTURE_HIGHLIGHT,
    )


def _party_committee(year: int, diary: Diary) -> Iterator[Planned]:
    topics = iter(PARTY_COMMITTEE_TOPICS)
    number = 0
    for month in range(1, 13):
        # One meeting in the months of the long holidays, two in the others.
        for nth in (4,) if month in (2, 8) else (4, 12):
            main, standing = next(topics), STANDING_TOPICS[number % len(STANDING_TOPICS)]
            number += 1
            yield Planned(
                codes=(COMMITTEE,),
                day=diary.find((COMMITTEE,), year, month, nth),
                kinds=("党委会",),
                title=f"机关党委第{number}次会议：{main[0]}",
                facts=(
                    PARTY_COMMITTEE_OPENINGS[number % len(PARTY_COMMITTEE_OPENINGS)].format(
                        topic=main[0]
                    ),
                ),
                minutes_length=90,
                place="局机关第一会议室",
                topics=(Topic(*main), Topic(*standing)),
            )


def _general_branch_committee(year: int, diary: Diary) -> Iterator[Planned]:
    for month, topic in zip((3, 5, 7, 11), GENERAL_BRANCH_TOPICS, strict=True):
        yield Planned(
            codes=(GENERAL_BRANCH,),
            day=diary.find((GENERAL_BRANCH,), year, month, 7),
            kinds=("支部委员会会议",),
            title=f"党总支委员会会议：{topic[0]}",
            facts=(f"围绕“{topic[0]}”，两个支部的书记分别汇报，委员就衔接和分工提出意见。",),
            minutes_length=75,
            place="大数据中心二楼会议室",
            topics=(Topic(*topic),),
        )


def _youth(year: int, diary: Diary) -> Iterator[Planned]:
    for code, month, title, place, fact, highlight in YOUTH:
        yield Planned(
            codes=(code,),
            day=diary.find((code,), year, month, 2 if month == 5 else 8),
            kinds=("青年党员活动",),
            title=title,
            facts=(fact,),
            minutes_length=120,
            form="交流",
            place=place,
            highlight=highlight,
            has_attendance=False,
        )
