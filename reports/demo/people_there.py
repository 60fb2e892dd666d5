"""Who led, spoke, stayed away or came along, from the roster of the activity's own day."""

from dataclasses import dataclass

from reports.demo.bureau import COMMITTEE, GENERAL_BRANCH, GROUPS, SHORT_NAMES, branch_of
from reports.demo.plan import Planned, pick
from reports.demo.roster import Person, Roster

# An empty reason is absence without leave.
REASONS = ("出差", "病假", "事假", "公休假", "值班", "外出培训", "出差", "病假", "参加市里会议", "")

# One of this many expected people stays away; one activity of that many has no attendance.
ONE_ABSENT_OF, ONE_UNRECORDED_OF = 15, 14

_COMMITTEE_KINDS = {"支部委员会会议", "党委会"}


@dataclass(frozen=True, slots=True)
class PeopleThere:
    """`absences` is None where attendance was not recorded."""

    chair: Person
    recorder: Person
    lecturer: str
    speakers: tuple[Person, ...]
    reporters: tuple[Person, ...]
    absences: tuple[tuple[str, str], ...] | None
    guests: tuple[str, ...]
    voters_present: int

    def absences_cell(self) -> str:
        if self.absences is None:
            return ""
        if not self.absences:
            return "无"
        return "、".join(
            f"{name}（{reason}）" if reason else name for name, reason in self.absences
        )


def people_there(plan: Planned, roster: Roster) -> PeopleThere:
    """Settle the people of a plan; the same plan and roster give the same people."""
    day = plan.day
    officers = _officers(plan, roster)
    if plan.kinds[0] in _COMMITTEE_KINDS:
        expected = [person for _, person in roster.committee_on(day, plan.host)]
    else:
        expected = roster.members_on(day, plan.codes)
    chair = officers[0]
    recorder = officers[2 % len(officers)] if len(officers) > 2 else officers[-1]
    if plan.host in GROUPS:
        recorder = pick([one for one in expected if one != chair], f"{plan.key}/recorder")
    lecturer = plan.lecturer
    if not lecturer and "党课" in plan.kinds:
        # The secretary in the first half of the year, another officer in the second.
        lecturer = officers[0 if day.month <= 6 else 1].name
    leading = {chair.name, recorder.name, lecturer}
    others = [person for person in expected if person.name not in leading]
    order = sorted(others, key=lambda person: pick(range(10**6), f"{plan.key}/{person.name}"))
    is_voted = any(topic.is_voted for topic in plan.topics)
    absent = _absent(plan, expected, others)
    absent_names = {person.name for person in absent}
    reporters = [one for one in officers if one.name not in absent_names] or [chair]
    is_recorded = plan.has_attendance and (
        is_voted or pick(range(ONE_UNRECORDED_OF), f"{plan.key}/recorded") > 0
    )
    return PeopleThere(
        chair=chair,
        recorder=recorder,
        lecturer=lecturer,
        speakers=tuple(one for one in order if one.name not in absent_names),
        reporters=tuple(reporters),
        absences=(
            tuple((one.name, pick(REASONS, f"{plan.key}/{one.birth}/why")) for one in absent)
            if is_recorded
            else None
        ),
        guests=_guests(plan, roster, {person.name for person in expected}),
        # Whoever is converted by this very meeting does not vote in it.
        voters_present=sum(
            person.is_full_on(day) and person.converted_on != day and person not in absent
            for person in expected
        ),
    )


def _officers(plan: Planned, roster: Roster) -> list[Person]:
    """Chair first: the leader of a group, else the committee of the host, secretary first."""
    if plan.host in GROUPS:
        leader = roster.leader_on(plan.day, plan.host)
        return [leader, leader]
    order = ("书记", "副书记", "组织委员", "宣传委员", "纪检委员", "委员")
    officers = roster.committee_on(plan.day, plan.host)
    return [person for _, person in sorted(officers, key=lambda one: order.index(one[0]))]


def _absent(plan: Planned, expected: list[Person], others: list[Person]) -> list[Person]:
    """Those who stay away: never so many that a committee lacks its quorum."""
    names = [person.name for person in expected]
    absent = [
        person
        for person in others
        if pick(range(ONE_ABSENT_OF), f"{plan.key}/{person.name}/{person.birth}") == 0
        # A name alone does not tell two namesakes apart.
        and names.count(person.name) == 1
    ]
    return absent[: max(1, (len(expected) - 1) // 3)]


def _guests(plan: Planned, roster: Roster, expected: set[str]) -> tuple[str, ...]:
    """Observers, with their post: the deputy secretary of the bureau, secretaries, partners."""
    if plan.title == "与结对村共建":
        return ("田根生（石桥村党支部书记）", "石秀兰（石桥村妇联主席）")
    if plan.kinds[0] == "党委会":
        host = pick(("YC-02", "YC-05-02", "YC-03"), f"{plan.key}/guest")
        officers = dict(roster.committee_on(plan.day, host))
        guest, post = officers["书记"].name, f"{SHORT_NAMES[host]}书记"
    elif {"组织生活会", "支部党员大会"} & set(plan.kinds) and branch_of(plan.host) != "YC-01":
        if pick((0, 1), f"{plan.key}/guest"):
            return ()
        guest, post = "甘玉衡", "局机关党委组织委员"
    elif plan.kinds[0] == "支部委员会会议" and plan.host == GENERAL_BRANCH:
        guest, post = "陆文瑾", f"{SHORT_NAMES[COMMITTEE]}副书记"
    else:
        return ()
    return () if guest in expected else (f"{guest}（{post}）",)
