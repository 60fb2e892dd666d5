import pytest

from meetings.expected import expected_for
from meetings.models import Activity, Attendance, AttendanceState, Kind, Revision, Status
from meetings.services import (
    AgendaLine,
    GuestLine,
    ImportedEntry,
    LeaveLine,
    record_activities,
    record_activity,
)
from tests.factories import DAY, make_bureau, make_entry, make_member, make_user

pytestmark = pytest.mark.django_db


def imported(entry, key: str) -> ImportedEntry:
    expected = expected_for(entry.credits, on=entry.held_on)
    provenance = {
        "import_key": key,
        "import_digest": "d",
        "imported_file": "活动.xlsx",
        "imported_row": 2,
    }
    return ImportedEntry(entry, expected, provenance)


def test_a_bulk_record_leaves_the_same_rows_and_revision_as_a_single_one() -> None:
    _, branches = make_bureau()
    members = [make_member(name, branches[0]) for name in ("甲一", "乙二", "丙三")]
    entry = make_entry(
        branches[0],
        Kind.GENERAL_MEETING,
        Kind.PARTY_LECTURE,
        organizations=branches,
        exceptions={members[0].pk: LeaveLine(AttendanceState.ON_LEAVE, "病假")},
        agenda=(AgendaLine("议题一", votes_for=2), AgendaLine("议题二")),
        guests=(GuestLine("王某", "市直工委"),),
        materials=("党章", "条例"),
    )
    user = make_user()
    single = record_activity(entry, user=user, status=Status.ACCEPTED)
    (bulk,) = record_activities([imported(entry, "k")], user=user, status=Status.ACCEPTED)
    first, second = (one.revisions.get() for one in (single, bulk))
    assert first.snapshot == second.snapshot
    assert len(second.snapshot["attendance"]) == 3
    assert second.action == Revision.Action.IMPORTED
    assert (bulk.imported_file, bulk.imported_row, bulk.created_by) == ("活动.xlsx", 2, user)


def test_many_records_cost_a_fixed_number_of_queries_a_batch(django_assert_num_queries) -> None:
    _, branches = make_bureau()
    make_member("甲一", branches[0])
    entries = [
        imported(make_entry(branches[0], exceptions={}, materials=("党章",)), f"k{number}")
        for number in range(300)
    ]
    record_activities(entries[:1], user=None, status=Status.ACCEPTED)
    # Activities, three kinds of rows, revisions, the savepoint; three for the audit log.
    with django_assert_num_queries(10):
        record_activities(entries[1:], user=None, status=Status.ACCEPTED)
    assert Activity.objects.filter(held_on=DAY).count() == 300
    assert Attendance.objects.count() == 300
