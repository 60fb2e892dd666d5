"""Rectification: opened, corrected, closed and opened again, with nothing lost on the way."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from meetings.models import Rectification
from meetings.services.rectify import (
    close_rectification,
    correct_rectification,
    open_rectification,
    reopen_rectification,
)
from meetings.services.review import WrongStatus
from tests.factories import DAY, make_activity, make_organization, make_user

pytestmark = pytest.mark.django_db

TODAY = dt.date(2025, 6, 1)


@pytest.fixture
def rectification() -> Rectification:
    activity = make_activity(make_organization())
    return open_rectification(
        activity, activity.host, problem="台账不全", owner="甲一", due_on=dt.date(2025, 5, 1)
    )


@pytest.fixture
def someone() -> Any:
    return make_user(name="欧阳明月")


def close(one: Rectification, someone: Any, done_on: dt.date = DAY) -> Rectification:
    return close_rectification(one.pk, done_on=done_on, done_note="已补齐", user=someone, on=TODAY)


def test_it_is_opened_on_the_day_of_the_activity(rectification: Rectification) -> None:
    assert rectification.opened_on == DAY


def test_the_same_problem_sent_twice_is_one_rectification(rectification: Rectification) -> None:
    activity = rectification.activity
    assert activity is not None
    again = open_rectification(activity, activity.host, problem="台账不全", measure="补录")
    assert again.pk == rectification.pk
    assert Rectification.objects.count() == 1


@pytest.mark.parametrize("done_on", [DAY, TODAY])
def test_it_is_done_on_a_day_from_its_opening_to_today(
    rectification: Rectification, someone: Any, done_on: dt.date
) -> None:
    assert close(rectification, someone, done_on).done_on == done_on


@pytest.mark.parametrize("done_on", [DAY - dt.timedelta(1), TODAY + dt.timedelta(1)])
def test_it_is_not_done_before_its_opening_nor_in_the_future(
    rectification: Rectification, someone: Any, done_on: dt.date
) -> None:
    with pytest.raises(ValidationError) as refusal:
        close(rectification, someone, done_on)
    assert list(refusal.value.message_dict) == ["done_on"]
    rectification.refresh_from_db()
    assert (rectification.done_on, rectification.done_note) == (None, "")


def test_opening_it_again_keeps_what_was_done_and_tells_why(
    rectification: Rectification, someone: Any
) -> None:
    close(rectification, someone)
    one = reopen_rectification(rectification.pk, reason="仍有缺页", user=someone, on=TODAY)
    one = close(one, someone, TODAY)
    assert one.done_on == TODAY
    assert one.done_note.splitlines() == [
        "〔2025年6月1日 欧阳明月〕办结（完成日期2025年3月5日）：已补齐",
        "〔2025年6月1日 欧阳明月〕重新打开（原完成日期2025年3月5日）：仍有缺页",
        "〔2025年6月1日 欧阳明月〕办结（完成日期2025年6月1日）：已补齐",
    ]


def test_closing_twice_and_opening_what_is_open_are_refused(
    rectification: Rectification, someone: Any
) -> None:
    with pytest.raises(WrongStatus):
        reopen_rectification(rectification.pk, reason="误报", user=someone, on=TODAY)
    close(rectification, someone)
    with pytest.raises(WrongStatus):
        close(rectification, someone)
    with pytest.raises(WrongStatus):
        correct_rectification(rectification.pk, seen={}, now={}, user=someone, on=TODAY)


def values(one: Rectification, **changed: Any) -> dict[str, Any]:
    names = ("problem", "measure", "owner", "due_on")
    return {name: getattr(one, name) for name in names} | changed


def test_a_correction_keeps_what_stood_there_before(
    rectification: Rectification, someone: Any
) -> None:
    now = values(rectification, due_on=dt.date(2025, 7, 1), measure="补录")
    one = correct_rectification(
        rectification.pk, seen=values(rectification), now=now, user=someone, on=TODAY
    )
    assert values(one) == now
    assert one.done_note == (
        "〔2025年6月1日 欧阳明月〕更正：整改措施由“无”改为“补录”；"
        "期限由“2025年5月1日”改为“2025年7月1日”"
    )


def test_a_correction_of_what_somebody_else_has_changed_is_refused(
    rectification: Rectification, someone: Any
) -> None:
    seen = values(rectification)
    Rectification.objects.update(owner="乙一")
    with pytest.raises(ValidationError):
        correct_rectification(
            rectification.pk, seen=seen, now=seen | {"measure": "补录"}, user=someone, on=TODAY
        )
    rectification.refresh_from_db()
    assert (rectification.owner, rectification.measure) == ("乙一", "")
