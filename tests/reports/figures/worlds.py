"""Generated bureaus and years, and how they become rows."""

import datetime as dt
from dataclasses import dataclass, field

from hypothesis import strategies as st

from branches.models import Member, Membership, Organization, OrganizationKind
from branches.services.organizations import move, plant
from meetings.models import (
    Activity,
    AppraisalResult,
    Attendance,
    AttendanceState,
    Credit,
    Holiday,
    Kind,
    Rectification,
    Status,
    StudyMaterial,
)

YEAR = 2025
# index of each organization's parent, and its kind: bureau, general branch, branches, groups
TREE = [
    (None, OrganizationKind.COMMITTEE),
    (0, OrganizationKind.GENERAL_BRANCH),
    (0, OrganizationKind.BRANCH),
    (1, OrganizationKind.BRANCH),
    (1, OrganizationKind.BRANCH),
    (2, OrganizationKind.GROUP),
    (2, OrganizationKind.GROUP),
]
STATES = list(AttendanceState)
MATERIALS = ["党章", "准则", "条例"]


@dataclass
class Event:
    day: dt.date
    status: Status
    kinds: list[Kind]
    hosts: list[int]
    holiday: str
    materials: list[str]
    attendance: dict[int, tuple[int, AttendanceState]]  # person -> (where that day, state)
    problem_done_on: dt.date | bool | None  # False: no problem opened
    problem_due_on: dt.date | None
    grades: dict[int, tuple[int, int, int, int]]  # of the organizations that took part


@dataclass
class Person:
    joined_on: dt.date
    converted_on: dt.date | None
    places: list[tuple[int, dt.date, dt.date | None]]  # (organization, from, until)

    def place_on(self, day: dt.date) -> int | None:
        for where, start, end in self.places:
            if start <= day and (end is None or day < end):
                return where
        return None


@dataclass
class World:
    people: list[Person]
    events: list[Event]
    # organization -> result of YEAR that no record tells
    grades: dict[int, tuple[int, int, int, int]] = field(default_factory=dict)
    # (day, organization, its superior from then on), in the order of days
    moves: list[tuple[dt.date, int, int]] = field(default_factory=list)

    def superior_on(self, index: int, day: dt.date) -> int | None:
        """What stood directly above the organization on the day."""
        superior = TREE[index][0]
        for moved_on, moved, above in self.moves:
            if moved == index and moved_on <= day:
                superior = above
        return superior


# Days crowd at the edges of the year, where counting goes wrong.
EDGES = [
    dt.date(2024, 11, 30),
    dt.date(2024, 12, 1),
    dt.date(2024, 12, 31),
    dt.date(2025, 1, 1),
    dt.date(2025, 6, 30),
    dt.date(2025, 11, 30),
    dt.date(2025, 12, 1),
    dt.date(2025, 12, 31),
    dt.date(2026, 1, 1),
]
DECEMBERS = [day for day in EDGES if day.month == 12]
days = st.one_of(st.sampled_from(EDGES), st.dates(dt.date(2024, 11, 1), dt.date(2026, 1, 31)))
holidays = st.sampled_from(["", *[Holiday.NEW_YEAR.value] * 3, *Holiday.values])
kind_lists = st.lists(st.sampled_from(list(Kind)), min_size=1, max_size=3, unique=True)
places = st.integers(0, len(TREE) - 1)
# Where a branch or a group can go.
SUPERIORS = {2: (0, 1), 3: (0, 1), 4: (0, 1), 5: (2, 3, 4), 6: (2, 3, 4)}
results = st.tuples(*[st.integers(0, 5) for _ in range(4)])


@st.composite
def people(draw: st.DrawFn) -> Person:
    joined_on = draw(st.dates(dt.date(2020, 1, 1), dt.date(2025, 12, 31)))
    converted_on = draw(st.none() | st.dates(joined_on, dt.date(2026, 6, 1)))
    first, second = draw(places), draw(places)
    moved_on = draw(st.none() | days)
    if moved_on is None:
        stays = [(first, dt.date(2019, 1, 1), None)]
    else:
        left_on = draw(st.none() | st.dates(moved_on + dt.timedelta(1), dt.date(2026, 12, 31)))
        stays = [(first, dt.date(2019, 1, 1), moved_on), (second, moved_on, left_on)]
    return Person(joined_on, converted_on, stays)


@st.composite
def moves(draw: st.DrawFn) -> list[tuple[dt.date, int, int]]:
    """Up to four moves; an organization moves once a day, and never to where it is."""
    found: list[tuple[dt.date, int, int]] = []
    at = {index: TREE[index][0] for index in SUPERIORS}
    for day in sorted(draw(st.lists(days, max_size=4))):
        index = draw(st.sampled_from(sorted(SUPERIORS)))
        above = draw(st.sampled_from(SUPERIORS[index]))
        if above != at[index] and (day, index) not in {(on, moved) for on, moved, _ in found}:
            found.append((day, index, above))
            at[index] = above
    return found


@st.composite
def worlds(draw: st.DrawFn) -> World:
    crowd = draw(st.lists(people(), min_size=1, max_size=5))
    events = []
    for _ in range(draw(st.integers(3, 8))):
        day, kinds, holiday = draw(days), draw(kind_lists), draw(holidays)
        # Seldom by chance, and the edge of the festival year needs them.
        if holiday and draw(st.booleans()):
            kinds = list(dict.fromkeys([*kinds, Kind.INTEGRITY_EDUCATION]))
        if holiday == Holiday.NEW_YEAR and draw(st.booleans()):
            day = draw(st.sampled_from(DECEMBERS))
        attendance = {}
        if draw(st.booleans()):
            for number, person in enumerate(crowd):
                where = person.place_on(day)
                if where is not None and draw(st.booleans()):
                    attendance[number] = (where, draw(st.sampled_from(STATES)))
        hosts = draw(st.lists(places, min_size=1, max_size=3, unique=True))
        graded = draw(st.dictionaries(st.sampled_from(hosts), results, max_size=2))
        if graded:
            kinds = list(dict.fromkeys([*kinds, Kind.DEMOCRATIC_APPRAISAL]))
        events.append(
            Event(
                day=day,
                status=draw(st.sampled_from([*[Status.ACCEPTED] * 4, *Status])),
                kinds=kinds,
                hosts=hosts,
                holiday=holiday,
                materials=draw(st.lists(st.sampled_from(MATERIALS), max_size=2, unique=True)),
                attendance=attendance,
                problem_done_on=draw(st.one_of(st.just(False), st.none(), days)),
                problem_due_on=draw(st.none() | days),
                grades=graded,
            )
        )
    grades = draw(st.dictionaries(places, results, max_size=3))
    return World(crowd, events, grades, draw(moves()))


def build(world: World) -> list[Organization]:
    """The world as rows, by plain inserts: no service takes part but the one that moves."""
    tree: list[Organization] = []
    for index, (parent, kind) in enumerate(TREE):
        values = {"code": f"O{index}", "name": f"组织{index}", "kind": kind}
        above = None if parent is None else Organization.objects.get(pk=tree[parent].pk)
        tree.append(plant(above, **values))
    for day, moved, superior in world.moves:
        move(tree[moved], tree[superior], on=day, user=None)
    members = []
    for number, person in enumerate(world.people):
        member = Member.objects.create(
            name=f"党员{number}",
            sort_key=f"{number}",
            joined_on=person.joined_on,
            converted_on=person.converted_on,
        )
        members.append(member)
        Membership.objects.bulk_create(
            Membership(member=member, organization=tree[where], started_on=start, ended_on=end)
            for where, start, end in person.places
        )
    for event in world.events:
        activity = Activity.objects.create(
            host=tree[event.hosts[0]],
            held_on=event.day,
            title="活动",
            status=event.status,
            holiday=event.holiday,
            void_reason="作废" if event.status == Status.VOID else "",
        )
        Credit.objects.bulk_create(
            Credit(activity=activity, kind=kind, organization=tree[host])
            for kind in event.kinds
            for host in event.hosts
        )
        StudyMaterial.objects.bulk_create(
            StudyMaterial(activity=activity, position=position, title=title)
            for position, title in enumerate(event.materials)
        )
        Attendance.objects.bulk_create(
            Attendance(
                activity=activity,
                member=members[number],
                organization=tree[where],
                state=state,
                standing="FULL",
                has_vote=True,
            )
            for number, (where, state) in event.attendance.items()
        )
        if event.problem_done_on is not False:
            Rectification.objects.create(
                activity=activity,
                organization=tree[event.hosts[0]],
                problem="问题",
                opened_on=event.day,
                due_on=event.problem_due_on,
                done_on=event.problem_done_on,
            )
        for host, grades in event.grades.items():
            # 评议 held from January to March looks back on the year before.
            year = event.day.year - (event.day.month <= 3)
            _grade(tree[host], year, grades, activity=activity)
    for index, grades in world.grades.items():
        _grade(tree[index], YEAR, grades, activity=None)
    return tree


def _grade(
    organization: Organization,
    year: int,
    grades: tuple[int, int, int, int],
    *,
    activity: Activity | None,
) -> None:
    AppraisalResult.objects.create(
        activity=activity,
        organization=organization,
        year=year,
        excellent=grades[0],
        qualified=grades[1],
        basically_qualified=grades[2],
        unqualified=grades[3],
    )
