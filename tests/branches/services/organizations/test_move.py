"""A move changes the tree from its day on and leaves every earlier day as it was."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from branches.models import AuditEntry, Organization, Placement
from branches.services.organizations import correct_place, move, undo_event
from tests.branches.services.organizations.conftest import Bureau
from tests.factories import make_organization

pytestmark = pytest.mark.django_db

NEW_YEAR = dt.date(2025, 1, 1)
NEW_YEARS_EVE = dt.date(2024, 12, 31)
JUNE = dt.date(2025, 6, 1)


def test_a_new_organization_stands_where_it_stands_since_ever(bureau: Bureau) -> None:
    assert bureau.above(bureau.group, dt.date(1990, 1, 1)) == ["D01", "D00"]
    assert [(one.distance, one.ended_on) for one in bureau.group.placements.all()] == [
        (0, None),
        (1, None),
        (2, None),
    ]


def test_a_move_on_the_first_of_january_parts_the_years(bureau: Bureau) -> None:
    move(bureau.first, bureau.general, on=NEW_YEAR, user=bureau.admin)

    assert bureau.above(bureau.first, NEW_YEARS_EVE) == ["D00"]
    assert bureau.above(bureau.first, NEW_YEAR) == ["D09", "D00"]
    assert bureau.above(bureau.group, NEW_YEARS_EVE) == ["D01", "D00"]
    assert bureau.above(bureau.group, NEW_YEAR) == ["D01", "D09", "D00"]
    assert bureau.above_in_tree(bureau.group) == ["D01", "D09", "D00"]
    assert AuditEntry.objects.get(act="organization.move").organization == bureau.first


def test_two_moves_in_a_year_are_three_periods(bureau: Bureau) -> None:
    move(bureau.group, bureau.second, on=NEW_YEAR, user=bureau.admin)
    move(bureau.group, bureau.first, on=JUNE, user=bureau.admin)

    assert bureau.above(bureau.group, NEW_YEARS_EVE) == ["D01", "D00"]
    assert bureau.above(bureau.group, NEW_YEAR) == ["D02", "D00"]
    assert bureau.above(bureau.group, JUNE) == ["D01", "D00"]
    # The bureau is two steps above all the time: one row tells it.
    assert bureau.group.placements.filter(ancestor=bureau.top).count() == 1
    assert bureau.above_in_tree(bureau.group) == ["D01", "D00"]


def test_what_moves_below_something_that_moves_takes_its_own_days(bureau: Bureau) -> None:
    move(bureau.first, bureau.general, on=NEW_YEAR, user=bureau.admin)
    move(bureau.group, bureau.second, on=JUNE, user=bureau.admin)

    assert bureau.above(bureau.group, dt.date(2025, 5, 31)) == ["D01", "D09", "D00"]
    assert bureau.above(bureau.group, JUNE) == ["D02", "D00"]


def test_a_superior_and_one_below_it_may_move_on_the_same_day(bureau: Bureau) -> None:
    other = make_organization("D03", parent=bureau.general, name="第三支部")
    move(bureau.first, bureau.general, on=NEW_YEAR, user=bureau.admin)
    move(bureau.first, bureau.top, on=JUNE, user=bureau.admin)
    # The group stays three steps below the bureau: the place that ended that day goes on.
    move(bureau.group, other, on=JUNE, user=bureau.admin)

    assert bureau.above(bureau.group, NEW_YEAR) == ["D01", "D09", "D00"]
    assert bureau.above(bureau.first, JUNE) == ["D00"]
    assert bureau.above(bureau.group, JUNE) == ["D03", "D09", "D00"]
    assert bureau.above_in_tree(bureau.group) == ["D03", "D09", "D00"]


def test_a_move_entered_late_reaches_what_stood_below_at_that_time(bureau: Bureau) -> None:
    move(bureau.group, bureau.second, on=JUNE, user=bureau.admin)
    move(bureau.first, bureau.general, on=NEW_YEAR, user=bureau.admin)

    assert bureau.above(bureau.group, NEW_YEARS_EVE) == ["D01", "D00"]
    assert bureau.above(bureau.group, NEW_YEAR) == ["D01", "D09", "D00"]
    assert bureau.above(bureau.group, JUNE) == ["D02", "D00"]
    assert bureau.above_in_tree(bureau.group) == ["D02", "D00"]


def test_a_move_undone_leaves_the_tree_as_it_was_and_the_entry_on_record(bureau: Bureau) -> None:
    entry = move(bureau.first, bureau.general, on=NEW_YEAR, user=bureau.admin)
    undo_event(entry, on=JUNE, user=bureau.admin, reason="录入错误")

    assert bureau.above(bureau.group, JUNE) == ["D01", "D00"]
    assert bureau.above_in_tree(bureau.group) == ["D01", "D00"]
    assert Placement.with_void.filter(is_void=True).exists()
    entry.refresh_from_db()
    assert entry.correction.reason == "录入错误"
    with pytest.raises(ValidationError):
        undo_event(entry, on=JUNE, user=bureau.admin, reason="再来一次")


def test_the_earlier_of_two_moves_is_not_undone_before_the_later(bureau: Bureau) -> None:
    earlier = move(bureau.group, bureau.second, on=NEW_YEAR, user=bureau.admin)
    later = move(bureau.group, bureau.first, on=JUNE, user=bureau.admin)

    with pytest.raises(ValidationError):
        undo_event(earlier, on=JUNE, user=bureau.admin, reason="录入错误")
    assert bureau.above_in_tree(bureau.group) == ["D01", "D00"]

    undo_event(later, on=JUNE, user=bureau.admin, reason="录入错误")
    undo_event(earlier, on=JUNE, user=bureau.admin, reason="录入错误")
    assert bureau.above(bureau.group, NEW_YEAR) == ["D01", "D00"]


def test_a_place_that_does_not_fit_is_refused_and_nothing_is_written(bureau: Bureau) -> None:
    before = list(Placement.with_void.order_by("pk").values_list("pk", "ended_on", "is_void"))
    for organization, superior in (
        (bureau.first, bureau.second),  # a branch below a branch
        (bureau.group, bureau.general),  # a group below a general branch
        (bureau.first, bureau.top),  # where it stands already
        (bureau.top, bureau.general),  # below one below itself
    ):
        with pytest.raises(ValidationError):
            move(organization, superior, on=JUNE, user=bureau.admin)
    move_on_the_day = move(bureau.first, bureau.general, on=JUNE, user=bureau.admin)
    with pytest.raises(ValidationError):
        move(bureau.first, bureau.top, on=JUNE, user=bureau.admin)
    undo_event(move_on_the_day, on=JUNE, user=bureau.admin, reason="录入错误")
    after = Placement.with_void.filter(pk__in=[pk for pk, *_ in before])
    assert list(after.order_by("pk").values_list("pk", "ended_on", "is_void")) == before


def test_a_workbook_corrects_the_place_for_the_whole_time(bureau: Bureau) -> None:
    correct_place(bureau.first, bureau.general)

    assert bureau.above(bureau.group, dt.date(1990, 1, 1)) == ["D01", "D09", "D00"]
    assert bureau.above_in_tree(bureau.group) == ["D01", "D09", "D00"]


def test_the_tree_of_today_and_the_open_places_say_the_same(bureau: Bureau) -> None:
    move(bureau.first, bureau.general, on=NEW_YEAR, user=bureau.admin)
    undo_event(
        move(bureau.group, bureau.second, on=JUNE, user=bureau.admin),
        on=JUNE,
        user=bureau.admin,
        reason="录入错误",
    )
    for organization in Organization.objects.all():
        assert bureau.above(organization, JUNE) == bureau.above_in_tree(organization)
