"""Two editors of one record, and one form sent twice, at the same moment and again and again."""

import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import Organization, Role
from meetings.models import Activity, Revision, Status
from meetings.services import record
from meetings.views import record as record_views
from tests.factories import make_activity, make_organization, make_user
from tests.meetings.concurrency.together import MeetingPoint, Together
from tests.meetings.typed import make_typed, make_typed_edit

pytestmark = pytest.mark.django_db(transaction=True)

# 500 trials in parts, so that no single test keeps a run waiting.
TRIALS, PARTS = 125, 4
DOUBLE_SUBMITS = 100
NEW = reverse("activity_create")


@pytest.fixture
def two() -> Iterator[Together]:
    together = Together(2)
    yield together
    together.close()


@pytest.fixture
def branch() -> Organization:
    return make_organization()


@pytest.fixture
def editors(branch: Organization) -> list[Client]:
    clients = [Client(), Client()]
    for number, client in enumerate(clients):
        user = make_user(f"editor{number}", role=Role.SECRETARY, organization=branch)
        client.force_login(user)
    return clients


def _before_writing(monkeypatch: pytest.MonkeyPatch) -> MeetingPoint:
    """Two people meet at the last thing that the views look at before a transaction begins."""
    meeting_point = MeetingPoint(record_views._may_hand_in, 2)
    monkeypatch.setattr(record_views, "_may_hand_in", meeting_point)
    return meeting_point


def _saved_by_both(
    two: Together, editors: list[Client], activity: Activity, trial: int
) -> tuple[list[int], list[str]]:
    """The answers to two edits of the version at hand, and what the editors typed."""
    activity.refresh_from_db()
    address = reverse("activity_edit", args=[activity.pk])
    texts = [f"第{trial}次 编者{number}" for number in range(2)]
    forms = [make_typed_edit(activity, minutes=text) for text in texts]
    deeds = [
        lambda client=client, form=form: client.post(address, form)
        for client, form in zip(editors, forms, strict=True)
    ]
    return [answer.status_code for answer in two.run(deeds)], texts


@pytest.mark.parametrize("part", range(PARTS))
def test_of_two_editors_one_saves_and_one_is_asked_every_time(
    part: int,
    two: Together,
    editors: list[Client],
    branch: Organization,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    activity = make_activity(branch, status=Status.DRAFT)
    meeting_point = _before_writing(monkeypatch)
    outcomes: Counter[tuple[int, ...]] = Counter()
    overwritten = 0
    for trial in range(part * TRIALS, (part + 1) * TRIALS):
        # Every other time they meet right before writing, else wherever the race takes them.
        meeting_point.is_open = trial % 2 == 1
        codes, texts = _saved_by_both(two, editors, activity, trial)
        outcomes[tuple(sorted(codes))] += 1
        activity.refresh_from_db()
        overwritten += codes.count(302) != 1 or activity.minutes != texts[codes.index(302)]
    assert outcomes == {(302, 409): TRIALS}
    assert overwritten == 0
    assert activity.version == 1 + TRIALS
    versions = Revision.objects.filter(activity=activity).values_list("version", flat=True)
    assert sorted(versions) == list(range(1, TRIALS + 2))


def test_with_the_version_check_switched_off_texts_are_overwritten(
    two: Together,
    editors: list[Client],
    branch: Organization,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    activity = make_activity(branch, status=Status.DRAFT)
    _before_writing(monkeypatch)

    def unchecked(pk: int, *, expected_version: int) -> Activity:
        return Activity.objects.select_for_update().get(pk=pk)

    monkeypatch.setattr(record, "lock", unchecked)
    both_saved = 0
    for trial in range(10):
        codes, _texts = _saved_by_both(two, editors, activity, trial)
        both_saved += codes == [302, 302]
    assert both_saved > 0


def _sent_twice(two: Together, client: Client, form: dict[str, Any]) -> list[str]:
    """Where one person is led who pressed the button twice."""
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.cookies = client.cookies
    deeds = [lambda browser=browser: browser.post(NEW, form) for browser in browsers]
    answers = two.run(deeds)
    assert [answer.status_code for answer in answers] == [302, 302]
    return [answer.headers["Location"] for answer in answers]


@pytest.mark.parametrize("action", ["save", "submit"])
def test_a_form_sent_twice_at_once_makes_one_record_every_time(
    action: str,
    two: Together,
    editors: list[Client],
    branch: Organization,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meeting_point = _before_writing(monkeypatch)
    for trial in range(1, DOUBLE_SUBMITS + 1):
        meeting_point.is_open = trial % 2 == 1
        form = make_typed(
            branch, title=f"第{trial}次", entry_key=str(uuid.UUID(int=trial)), action=action
        )
        led_to = _sent_twice(two, editors[0], form)
        made = Activity.objects.get(title=f"第{trial}次")
        assert {address.split("/")[2] for address in led_to} == {str(made.pk)}
    assert Activity.objects.count() == DOUBLE_SUBMITS
    assert Revision.objects.filter(action=Revision.Action.RECORDED).count() == DOUBLE_SUBMITS


def test_without_its_key_a_form_sent_twice_makes_two_records(
    two: Together, editors: list[Client], branch: Organization
) -> None:
    led_to = _sent_twice(two, editors[0], make_typed(branch, entry_key=""))
    assert len(set(led_to)) == Activity.objects.count() == 2
