"""A bureau of any size in an empty database: its tree, its people, a year of their records.

Written in bulk, the rows as services and importers would leave them, so that five thousand people
are there within seconds. Nothing is random: the same sizes make the same rows.
"""

import datetime as dt

from django.db import connection, transaction

from branches.audit import note
from branches.models import (
    Appointment,
    Member,
    MemberEvent,
    MemberEventKind,
    Membership,
    Organization,
    OrganizationKind,
    Post,
    PostTitle,
    Role,
    Standing,
    StandingException,
    Term,
    User,
)
from branches.pinyin import sort_key_of
from branches.services.organizations import plant
from meetings.importing import start_import
from meetings.models import Activity, Attendance, AttendanceState, Credit, ImportRun, Kind, Status

ADMINISTRATOR = "admin"
AUDITOR = "auditor"
CODE = "L000"  # of the bureau
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
GIVEN = "伟芳娜敏静强磊洋艳勇军杰娟涛明超霞平刚桂英华玉萍红玲芬燕彬凤"

BRANCHES_PER_GENERAL_BRANCH = 20
ONE_GROUP_IN = 10  # branches
ONE_MOVE_IN = 40  # people
ENTRIES = 20  # of the audit log, to each organization
SEATS = (
    PostTitle.SECRETARY,
    PostTitle.DEPUTY_SECRETARY,
    PostTitle.ORGANIZATION_OFFICER,
    PostTitle.PUBLICITY_OFFICER,
    PostTitle.DISCIPLINE_OFFICER,
)
MONTHLY = (Kind.THEMED_PARTY_DAY, Kind.COMMITTEE_MEETING, Kind.GROUP_MEETING)
QUARTERLY = (Kind.GENERAL_MEETING, Kind.PARTY_LECTURE)


@transaction.atomic
def fill_bureau(*, organizations: int, people: int, on: dt.date) -> None:
    """So many organizations and people, with the records of the year up to the day."""
    everything = make_tree(organizations, founded_on=dt.date(on.year - 20, 7, 1))
    branches = [one for one in everything if one.kind in ("BRANCH", "GROUP")]
    members = _people(branches, people, on=on)
    _accounts(everything, since=dt.date(on.year - 1, 1, 1))
    _records([one for one in branches if one.kind == "BRANCH"], members, on=on)
    for number in range(organizations * ENTRIES):
        organization = everything[number % organizations]
        note("member.export", subject=organization, organization=organization, rows=number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def make_tree(organizations: int, *, founded_on: dt.date) -> list[Organization]:
    """The bureau, its general branches, and branches below them, of which some have a group."""

    def below(superior: Organization | None, kind: OrganizationKind, name: str) -> Organization:
        made = plant(
            superior, code=f"L{len(found):03}", kind=kind, name=name, founded_on=founded_on
        )
        found.append(made)
        return made

    found: list[Organization] = []
    bureau = below(None, OrganizationKind.COMMITTEE, "某某局党委")
    generals = [
        below(bureau, OrganizationKind.GENERAL_BRANCH, f"第{number + 1}党总支")
        for number in range(max(1, organizations // BRANCHES_PER_GENERAL_BRANCH))
    ]
    while len(found) < organizations:
        number = len(found) - len(generals)
        general = generals[number % len(generals)]
        branch = below(general, OrganizationKind.BRANCH, f"第{number}党支部")
        if number % ONE_GROUP_IN == 0 and len(found) < organizations:
            below(branch, OrganizationKind.GROUP, f"第{number}党支部第一党小组")
    return list(Organization.objects.all())


def name_of(number: int) -> str:
    """Of each number below 26,000 another name."""
    number, surname = divmod(number, len(SURNAMES))
    second, first = divmod(number, len(GIVEN))
    return SURNAMES[surname] + GIVEN[first] + (GIVEN[second] if second < len(GIVEN) else "")


def _people(branches: list[Organization], people: int, *, on: dt.date) -> dict[int, list[Member]]:
    """Members by organization id; one of twenty on probation, one of forty moved in spring."""
    joined, converted = dt.date(on.year - 8, 7, 1), dt.date(on.year - 7, 7, 1)
    lately = dt.date(on.year - 1, 12, 1)
    members = Member.objects.bulk_create(
        Member(
            name=name_of(number),
            sort_key=sort_key_of(name_of(number)),
            birth_month=f"{1960 + number % 40}-{number % 12 + 1:02}",
            gender="男女"[number % 2],
            ethnicity="汉族",
            joined_on=joined if number % 20 else lately,
            converted_on=converted if number % 20 else None,
        )
        for number in range(people)
    )
    moved_on = dt.date(on.year, 3, 1)
    memberships, events = [], []
    belonging: dict[int, list[Member]] = {one.pk: [] for one in branches}
    for number, member in enumerate(members):
        home = branches[number % len(branches)]
        belonging[home.pk].append(member)
        came = Membership(member=member, organization=home, started_on=member.joined_on)
        memberships.append(came)
        events.append(
            MemberEvent(
                kind=MemberEventKind.ADMITTED,
                member=member,
                organization=home,
                happened_on=member.joined_on,
            )
        )
        if number % ONE_MOVE_IN == ONE_MOVE_IN - 1:
            before = branches[(number + 1) % len(branches)]
            came.started_on = moved_on
            memberships.append(
                Membership(
                    member=member,
                    organization=before,
                    started_on=member.joined_on,
                    ended_on=moved_on,
                )
            )
            events.append(
                MemberEvent(
                    kind=MemberEventKind.TRANSFERRED,
                    member=member,
                    organization=home,
                    other_organization=before,
                    happened_on=moved_on,
                )
            )
    memberships = Membership.objects.bulk_create(memberships)
    MemberEvent.objects.bulk_create(events)
    StandingException.objects.bulk_create(
        StandingException(
            membership=one,
            effect=StandingException.Effect.NOT_EXPECTED,
            started_on=moved_on,
            reason="借调",
        )
        for one in memberships[::100]
        if one.ended_on is None
    )
    elected = dt.date(on.year - 2, 9, 1)
    Post.objects.bulk_create(
        Post(member=member, organization=branch, title=title, started_on=elected)
        for branch in branches
        if branch.kind == OrganizationKind.BRANCH
        for title, member in zip(SEATS, belonging[branch.pk][1:], strict=False)
    )
    Term.objects.bulk_create(
        Term(
            organization=branch,
            number=3,
            started_on=elected,
            due_on=elected.replace(year=elected.year + 3) + dt.timedelta(days=number),
        )
        for number, branch in enumerate(branches)
        if branch.kind == OrganizationKind.BRANCH
    )
    return belonging


def _accounts(organizations: list[Organization], *, since: dt.date) -> None:
    """An administrator, an auditor, and for each organization a secretary and a recorder."""
    bureau = organizations[0]
    wanted = [(ADMINISTRATOR, Role.ADMINISTRATOR, bureau), (AUDITOR, Role.AUDITOR, None)]
    for one in organizations:
        wanted += [(f"s-{one.code}", Role.SECRETARY, one), (f"r-{one.code}", Role.RECORDER, one)]
    users = User.objects.bulk_create(
        User(username=name, name=name_of(number), password="!")
        for number, (name, _role, _organization) in enumerate(wanted)
    )
    Appointment.objects.bulk_create(
        Appointment(user=user, role=role, organization=organization, started_on=since)
        for user, (_name, role, organization) in zip(users, wanted, strict=True)
    )


def _records(
    branches: list[Organization], members: dict[int, list[Member]], *, on: dt.date
) -> None:
    """Three kinds a month and two a quarter in each branch, with attendance. Of the last month
    something waits for acceptance, and something was never finished."""
    planned = [
        (branch, kind, dt.date(on.year, month, 2 + place * 3))
        for branch in branches
        for month in range(1, on.month + 1)
        for place, kind in enumerate((*MONTHLY, *(QUARTERLY if month % 3 == 1 else ())))
    ]
    made = Activity.objects.bulk_create(
        Activity(
            host=branch,
            held_on=held_on,
            title=f"{held_on.month}月{kind.label}",
            place="会议室",
            minutes="学习了有关文件，交流了体会。",
            status=(
                Status.ACCEPTED
                if held_on.month < on.month
                else (Status.SUBMITTED, Status.DRAFT, Status.ACCEPTED)[number % 3]
            ),
        )
        for number, (branch, kind, held_on) in enumerate(planned)
    )
    Credit.objects.bulk_create(
        Credit(activity=one, kind=kind, organization=one.host)
        for one, (_branch, kind, _day) in zip(made, planned, strict=True)
    )
    Attendance.objects.bulk_create(
        (
            Attendance(
                activity=one,
                member=member,
                organization=branch,
                state=AttendanceState.PRESENT if place else AttendanceState.ON_LEAVE,
                reason="" if place else "病假",
                standing=Standing.FULL if member.converted_on else Standing.PROBATIONARY,
                has_vote=member.converted_on is not None,
            )
            for one, (branch, kind, _day) in zip(made, planned, strict=True)
            if kind in (Kind.THEMED_PARTY_DAY, *QUARTERLY)
            for place, member in enumerate(members[branch.pk])
        ),
        batch_size=2_000,
    )


def start_roster_import(*, people: int, on: dt.date) -> ImportRun:
    """A pasted roster of so many people under check: half of them known, some rows wrong."""
    bureau = Organization.objects.get(code=CODE)
    codes = list(
        Organization.objects.filter(kind__in=["BRANCH", "GROUP"]).values_list("code", flat=True)
    )
    lines = ["姓名\t党组织编码\t出生年月\t党员类别\t入党日期\t转正日期"]
    for number in range(people):
        known = number % 2 == 0
        joined = "2090-13-01" if number % 100 == 7 else f"{on.year - 8}-07-01"
        born = f"{1960 + number % 40}-{number % 12 + 1:02}" if known else "1958-01"
        code = codes[number % len(codes)]
        lines.append(f"{name_of(number)}\t{code}\t{born}\t正式党员\t{joined}\t{on.year - 7}-07-01")
    return start_import(
        "\n".join(lines).encode(),
        file_name="roster.tsv",
        user=User.objects.get(username=ADMINISTRATOR),
        organization=bureau,
        today=on,
    )
