"""What is typed and not saved comes back, to nobody but the one who typed it."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import Organization, Role
from meetings import typed_drafts
from meetings.models import Activity, Status, TypedDraft
from meetings.services import amend_activity
from tests.factories import make_activity, make_entry, make_organization, make_user
from tests.meetings.typed import make_typed, make_typed_edit

pytestmark = pytest.mark.django_db

KEEP = "/activities/typed/"
NEW = "/activities/new/"


@pytest.fixture
def branch() -> Organization:
    return make_organization()


@pytest.fixture
def secretary(client: Client, branch: Organization) -> Client:
    client.force_login(make_user("sec", role=Role.SECRETARY, organization=branch))
    return client


@pytest.fixture
def other(branch: Organization) -> Client:
    client = Client()
    client.force_login(make_user("other", role=Role.SECRETARY, organization=branch))
    return client


def _keep_edit(client: Client, activity: Activity, **fields: Any) -> Any:
    return client.post(KEEP, make_typed_edit(activity, **fields) | {"activity": activity.pk})


def test_one_request_keeps_the_form_without_its_proof_and_button(
    secretary: Client, branch: Organization
) -> None:
    sent = make_typed(branch, minutes="一\r\n二\x00", csrfmiddlewaretoken="秘密", password="秘密")
    answer = secretary.post(KEEP, sent)
    assert (answer.status_code, answer.content) == (204, b"")
    typed = TypedDraft.objects.get().typed
    assert typed["minutes"] == ["一\n二"]
    assert typed["kinds"] == ["GROUP_STUDY"]
    assert not {"csrfmiddlewaretoken", "password", "action"} & set(typed)


def test_the_form_is_kept_once_in_its_latest_state(secretary: Client, branch: Organization) -> None:
    for minutes in ("一", "一二"):
        secretary.post(KEEP, make_typed(branch, minutes=minutes))
    assert [one.typed["minutes"] for one in TypedDraft.objects.all()] == [["一二"]]


def test_after_logging_in_again_the_form_comes_back_whole(
    secretary: Client, branch: Organization
) -> None:
    agenda = {"agenda-TOTAL_FORMS": 1, "agenda-0-topic": "议题", "agenda-0-votes_for": "不清楚"}
    secretary.post(KEEP, make_typed(branch, held_on="昨天", minutes="没有白写", **agenda))
    secretary.logout()
    secretary.post("/login/", {"username": "sec", "password": "Passw0rd-of-a-test"})
    draft = TypedDraft.objects.get()
    address = f"{NEW}?typed={draft.pk}"
    for page in ("/", NEW):
        assert address in secretary.get(page).text  # type: ignore[attr-defined]
    answer = secretary.get(address)
    form = answer.context["form"]
    assert [form[name].value() for name in ("held_on", "minutes", "kinds", "entry_key")] == [
        "昨天",
        "没有白写",
        ["GROUP_STUDY"],
        str(draft.entry_key),
    ]
    assert "不清楚" in answer.text  # type: ignore[attr-defined]
    assert not form.errors


def test_a_stored_record_offers_what_was_typed_over_it(
    secretary: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=Status.DRAFT, title="旧")
    _keep_edit(secretary, activity, title="新")
    edit = reverse("activity_edit", args=[activity.pk])
    opened = secretary.get(edit)
    assert opened.context["form"]["title"].value() == "旧"
    address = f"{edit}?typed={TypedDraft.objects.get().pk}"
    assert address in opened.text  # type: ignore[attr-defined]
    assert secretary.get(address).context["form"]["title"].value() == "新"
    activity.refresh_from_db()
    assert (activity.title, activity.version) == ("旧", 1)


def test_a_text_of_an_earlier_version_meets_the_page_of_two_texts(
    secretary: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=Status.DRAFT)
    _keep_edit(secretary, activity, title="我的")
    amend_activity(activity, make_entry(branch, title="他们"), user=None, expected_version=1)
    edit = reverse("activity_edit", args=[activity.pk])
    form = secretary.get(f"{edit}?typed={TypedDraft.objects.get().pk}").context["form"]
    assert form["version"].value() == "1"
    again = secretary.post(edit, make_typed_edit(activity, title="我的", version=1))
    assert again.status_code == 409
    assert TypedDraft.objects.exists()


@pytest.mark.parametrize("address", ["typed/{pk}/discard/", "new/?typed={pk}"])
def test_what_somebody_else_typed_does_not_exist(
    secretary: Client, other: Client, branch: Organization, address: str
) -> None:
    secretary.post(KEEP, make_typed(branch, title="只给我看"))
    address = f"/activities/{address.format(pk=TypedDraft.objects.get().pk)}"
    answer = other.post(address) if "discard" in address else other.get(address)
    assert answer.status_code == 404
    assert "只给我看" not in other.get(NEW).text  # type: ignore[attr-defined]
    assert "只给我看" not in other.get("/").text  # type: ignore[attr-defined]
    assert TypedDraft.objects.count() == 1


@pytest.mark.parametrize("pk", ["x", "0", "9" * 30, "²"])
def test_an_address_that_names_nothing_kept_is_404(secretary: Client, pk: str) -> None:
    assert secretary.get(NEW, {"typed": pk}).status_code == 404


def test_two_people_keep_their_own_text_of_one_record(
    secretary: Client, other: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=Status.DRAFT)
    _keep_edit(secretary, activity, title="甲")
    _keep_edit(other, activity, title="乙")
    assert {one.typed["title"][0] for one in TypedDraft.objects.all()} == {"甲", "乙"}
    secretary.post(
        reverse("activity_edit", args=[activity.pk]), make_typed_edit(activity, title="甲")
    )
    assert [one.typed["title"] for one in TypedDraft.objects.all()] == [["乙"]]


def test_saving_a_new_record_forgets_its_form_and_no_other(
    secretary: Client, branch: Organization
) -> None:
    another = str(uuid.UUID(int=2))
    secretary.post(KEEP, make_typed(branch))
    secretary.post(KEEP, make_typed(branch, entry_key=another))
    secretary.post(NEW, make_typed(branch))
    assert [str(one.entry_key) for one in TypedDraft.objects.all()] == [another]


def test_a_form_that_was_refused_stays_kept(secretary: Client, branch: Organization) -> None:
    secretary.post(KEEP, make_typed(branch, title=""))
    assert secretary.post(NEW, make_typed(branch, title="")).status_code == 200
    assert TypedDraft.objects.count() == 1


def test_last_words_that_arrive_after_saving_make_no_new_draft(
    secretary: Client, branch: Organization
) -> None:
    secretary.post(NEW, make_typed(branch))
    assert secretary.post(KEEP, make_typed(branch)).status_code == 204
    assert not TypedDraft.objects.exists()


def test_discarding_throws_it_away(secretary: Client, branch: Organization) -> None:
    secretary.post(KEEP, make_typed(branch))
    draft = TypedDraft.objects.get()
    answer = secretary.post(reverse("typed_draft_discard", args=[draft.pk]))
    assert answer.headers["Location"] == "/"
    assert not TypedDraft.objects.exists()


def test_a_text_nobody_types_is_refused_in_words(secretary: Client, branch: Organization) -> None:
    sent = make_typed(branch, minutes="字" * typed_drafts.LARGEST)
    answer = secretary.post(KEEP, sent, headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.content) == (413, b"The text is too long to be kept.")
    assert not TypedDraft.objects.exists()


def test_a_form_without_its_key_is_refused(secretary: Client, branch: Organization) -> None:
    assert secretary.post(KEEP, make_typed(branch, entry_key="x")).status_code == 400


def test_the_oldest_forms_give_way(
    secretary: Client, branch: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typed_drafts, "MOST", 2)
    for number in (1, 2, 3):
        secretary.post(KEEP, make_typed(branch, entry_key=str(uuid.UUID(int=number))))
    assert {one.entry_key for one in TypedDraft.objects.all()} == {
        uuid.UUID(int=2),
        uuid.UUID(int=3),
    }
