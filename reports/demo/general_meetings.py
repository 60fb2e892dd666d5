"""The quarterly general meetings of a branch, often a lecture, Party day or study as well."""

from collections.abc import Iterator

from reports.demo.agenda import GENERAL_OPENINGS, GENERAL_TOPICS
from reports.demo.bureau import BRANCHES, general_meeting_on
from reports.demo.plan import Diary, Planned, Topic
from reports.demo.roster import build_roster
from reports.demo.study import LECTURES, STUDY_WAYS, documents_of, materials_by
from reports.demo.work import WORK

# Quarter → branches whose general meeting was a lecture, or a Party day, at the same time.
WITH_LECTURE = {1: ("YC-02", "YC-04"), 3: ("YC-01", "YC-03")}
WITH_PARTY_DAY = {1: ("YC-02", "YC-04"), 4: ("YC-05-01", "YC-05-02")}
WITH_STUDY = {2: BRANCHES, 4: ("YC-01", "YC-02", "YC-03", "YC-04")}

QUARTERS = ("一", "二", "三", "四")


def general_meetings(year: int, branch: str, diary: Diary) -> Iterator[Planned]:
    index = BRANCHES.index(branch)
    for quarter, ordinal in enumerate(QUARTERS, start=1):
        day = diary.take((branch,), general_meeting_on(year, branch, quarter))
        kinds, title = ["支部党员大会"], f"第{ordinal}季度党员大会"
        facts: list[str] = []
        materials: tuple[str, ...] = ()
        if branch in WITH_LECTURE.get(quarter, ()):
            lecture = LECTURES[branch][0 if quarter == 1 else 1]
            kinds.append("党课")
            title += f"暨党课：{lecture[0]}"
            facts += lecture[1:]
        if branch in WITH_PARTY_DAY.get(quarter, ()):
            kinds.append("主题党日")
            facts.append("会后全体党员到党员先锋岗现场，对照岗位职责互相检查。")
            materials = materials_by(year)[:1]
        if branch in WITH_STUDY.get(quarter, ()):
            kinds.append("集中学习")
            title += "暨集中学习"
            facts.append(STUDY_WAYS[(index + quarter * 3) % len(STUDY_WAYS)])
            materials = documents_of(year, quarter * 3, index)
        topics = [
            Topic(*topic, is_voted=True)
            for position, topic in enumerate(GENERAL_TOPICS[quarter])
            if position == 0 or (index + quarter) % 2
        ]
        yield Planned(
            codes=(branch,),
            day=day,
            kinds=tuple(kinds),
            title=title,
            facts=(GENERAL_OPENINGS[(index + quarter) % len(GENERAL_OPENINGS)], *facts),
            minutes_length=60 + 45 * (len(kinds) - 1),
            place=WORK[branch].room,
            materials=materials,
            hours="1.5" if len(kinds) > 1 else "",
            topics=(*topics, *_membership_topics(year, branch, quarter)),
        )


def _membership_topics(year: int, branch: str, quarter: int) -> Iterator[Topic]:
    """Admissions and conversions that the roster dates to this meeting."""
    day = general_meeting_on(year, branch, quarter)
    for person in build_roster(year).members_on(day, [branch]):
        if person.joined_on == day:
            yield Topic(
                f"讨论接收{person.name}同志为预备党员",
                "介绍人报告培养考察情况，党员就其工作表现提出意见，本人作了说明。",
                "采取无记名投票方式表决，同意接收，报上级党组织审批。",
                is_voted=True,
            )
        if person.converted_on == day:
            yield Topic(
                f"讨论{person.name}同志按期转为正式党员",
                "本人汇报预备期表现，介绍人和支部委员会分别提出意见。",
                "采取无记名投票方式表决，同意按期转正，报上级党组织审批。",
                is_voted=True,
            )
