"""The queries behind the check of a record before it is handed in."""

import datetime as dt
from collections import Counter, defaultdict

from django.conf import settings
from django.db.models.functions import Length
from django.utils import timezone

from branches.headcount import headcounts
from branches.models import COMMITTEE_TITLES, Organization, Post
from meetings.attendance import quorums_of
from meetings.check_texts import minutes_key, overlap
from meetings.checks import COMMITTEE_BEFORE, Appraised, Clash, Facts, Item, Meeting
from meetings.expected import COMMITTEE_KINDS
from meetings.models import GRADES, Activity, Attendance, AttendanceState, Credit, Kind, Status
from meetings.querysets import ActivityQuerySet

FEWEST_SEATS = 3  # of a branch committee (支部条例 §22); with fewer posts there is none
YEAR_AROUND = dt.timedelta(days=366)  # minutes are copied from a recent record


def facts_of(activity: Activity, *, today: dt.date, visible: ActivityQuerySet) -> Facts:
    """What the rules of `checks` look at. `activity` comes from `with_rows`; `visible` are the
    activities that may be named to the reader.

    At most nine queries.
    """
    credits = list(activity.credits.all())
    rows = list(activity.attendances.all())
    present = [row for row in rows if row.state == AttendanceState.PRESENT]
    guests = frozenset(guest.name for guest in activity.guests.all())
    meetings = tuple(
        Meeting(quorum.kind.value, quorum.organization.label, quorum.expected, quorum.present)
        for quorum in quorums_of(credits, rows, on=activity.held_on)
    )
    return Facts(
        today=today,
        held_on=activity.held_on,
        recorded_on=None if activity.imported_file else timezone.localdate(activity.created_at),
        late_after=settings.LATE_ENTRY_DAYS,
        kinds=frozenset(credit.kind for credit in credits),
        is_attended=bool(rows),
        meetings=meetings,
        voters=_voters(meetings, rows),
        known=frozenset(row.member.name for row in rows) | guests,
        present=frozenset(row.member.name for row in present) | guests,
        chair=activity.chair,
        recorder=activity.recorder,
        lecturer=activity.lecturer,
        decision=activity.decision,
        agenda=tuple(
            Item(item.topic, item.decision, item.votes_for, item.votes_against, item.votes_abstain)
            for item in activity.agenda_items.all()
        ),
        has_holiday=bool(activity.holiday),
        has_materials=bool(activity.study_materials.all()),
        clashes=_clashes(activity, present, visible=visible),
        twin=_twin(activity),
        appraised=_appraised(activity),
        unprepared=_unprepared(activity, credits),
    )


def _voters(meetings: tuple[Meeting, ...], rows: list[Attendance]) -> int | None:
    """How many could vote: of a committee meeting alone its members, else those with the right."""
    if not rows:
        return None
    kinds = {meeting.kind for meeting in meetings}
    if kinds and kinds <= COMMITTEE_KINDS:
        return sum(meeting.expected for meeting in meetings)
    return sum(row.has_vote for row in rows)


def _clashes(
    activity: Activity, present: list[Attendance], *, visible: ActivityQuerySet
) -> tuple[Clash, ...]:
    if activity.start_time is None or not present:
        return ()
    names: dict[Activity, list[str]] = defaultdict(list)
    for row in (
        Attendance.objects.filter(
            activity__held_on=activity.held_on,
            activity__start_time__isnull=False,
            member__in=[one.member_id for one in present],
            state=AttendanceState.PRESENT,
        )
        .exclude(activity=activity.pk)
        .exclude(activity__status=Status.VOID)
        .select_related("activity", "member")
    ):
        other = row.activity
        if overlap(activity.start_time, activity.end_time, other.start_time, other.end_time):
            names[other].append(row.member.name)
    if not names:
        return ()
    seen = set(visible.filter(pk__in=[one.pk for one in names]).values_list("pk", flat=True))
    return tuple(
        Clash(tuple(who), other.pk, other.title if other.pk in seen else "")
        for other, who in names.items()
    )


def _twin(activity: Activity) -> tuple[int, str, dt.date] | None:
    """Another record of the host, within a year, whose minutes say the same."""
    key = minutes_key(activity.minutes)
    if not key:
        return None
    # Marks and spaces may differ, so lengths may a little: the others are not even read.
    near, far = len(key), 2 * len(activity.minutes)
    others = (
        Activity.objects.filter(
            host=activity.host_id,
            held_on__gte=activity.held_on - YEAR_AROUND,
            held_on__lte=activity.held_on + YEAR_AROUND,
        )
        .exclude(pk=activity.pk)
        .exclude(status=Status.VOID)
        .annotate(length=Length("minutes"))
        .filter(length__gte=near, length__lte=far)
        .values_list("pk", "title", "held_on", "minutes")
    )
    for pk, title, held_on, minutes in others:
        if minutes_key(minutes) == key:
            return pk, title, held_on
    return None


def _appraised(activity: Activity) -> tuple[Appraised, ...]:
    """The grades of each organization. One query, none without grades."""
    results = list(activity.appraisals.all())
    if not results:
        return ()
    heads = headcounts([one.organization for one in results], on=activity.held_on)
    return tuple(
        Appraised(
            organization=one.organization.label,
            field=f"grade-{one.organization_id}-excellent",
            full=heads[one.organization_id].full,
            excellent=one.excellent,
            graded=sum(getattr(one, grade) for grade in GRADES),
        )
        for one in results
    )


def _unprepared(activity: Activity, credits: list[Credit]) -> tuple[str, ...]:
    """Organizations of a general meeting whose committee did not meet in the days before."""
    general: dict[int, Organization] = {
        credit.organization_id: credit.organization
        for credit in credits
        if credit.kind == Kind.GENERAL_MEETING
    }
    if not general:
        return ()
    seats = Counter(
        organization
        for organization, _member in Post.objects.in_force(activity.held_on)
        .filter(organization__in=general, title__in=COMMITTEE_TITLES)
        .order_by()
        .values_list("organization", "member")
        .distinct()
    )
    met = set(
        Credit.objects.filter(
            organization__in=general,
            kind=Kind.COMMITTEE_MEETING,
            activity__held_on__gte=activity.held_on - dt.timedelta(days=COMMITTEE_BEFORE),
            activity__held_on__lte=activity.held_on,
        )
        .exclude(activity__status=Status.VOID)
        .values_list("organization", flat=True)
    )
    return tuple(
        one.label for pk, one in general.items() if seats[pk] >= FEWEST_SEATS and pk not in met
    )
