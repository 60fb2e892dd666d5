"""The forms of what happens to people, and the timeline that they fill."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.models import Member, MemberEvent, Organization, Role, StandingException, User
from branches.services import people
from tests.factories import make_bureau, make_member, make_post, make_user

pytestmark = pytest.mark.django_db

MARCH = dt.date(2025, 3, 1)


@pytest.fixture
def places() -> list[Organization]:
    bureau, branches = make_bureau()
    make_user("admin", role=Role.ADMINISTRATOR, organization=bureau)
    make_user("secretary", role=Role.SECRETARY, organization=branches[0])
    return branches


def as_(client: Client, username: str) -> Client:
    client.force_login(User.objects.get(username=username))
    return client


def titles(client: Client, member: Member) -> list[tuple[str, str]]:
    page = client.get(reverse("member_detail", args=[member.pk]))
    return [
        (line.title, " ".join(line.details))
        for _year, lines, _turnout in page.context["years"]
        for line in lines
    ]


def test_an_admission_opens_the_page_of_the_new_member(
    client: Client, places: list[Organization]
) -> None:
    answer = as_(client, "admin").post(
        reverse("member_admit"),
        {
            "name": " 单小红 ",
            "birth_month": "１９９９年1月",
            "organization": places[0].pk,
            "happened_on": "2025年3月1日",
        },
        follow=True,
    )
    member = Member.objects.get()
    assert (member.name, member.birth_month, member.joined_on) == ("单小红", "1999-01", MARCH)
    assert answer.redirect_chain[0][0] == reverse("member_detail", args=[member.pk])
    assert "单小红" in answer.text
    event = MemberEvent.objects.get()
    assert (event.recorded_by and event.recorded_by.username) == "admin"


def test_a_refusal_of_the_service_stands_at_its_field_and_keeps_what_was_typed(
    client: Client, places: list[Organization]
) -> None:
    member = make_member("甲一", places[0], since=MARCH)
    answer = as_(client, "admin").post(
        reverse("member_transfer", args=[member.pk]),
        {"organization": places[1].pk, "happened_on": "2025-02-01", "note": "随岗位调整"},
    )
    assert list(answer.context["form"].errors) == ["happened_on"]
    assert "2025年3月1日" in str(answer.context["form"].errors)
    assert "随岗位调整" in answer.text
    assert not MemberEvent.objects.exists()


def test_nothing_is_recorded_for_a_day_to_come(client: Client, places: list[Organization]) -> None:
    member = make_member("甲一", places[0])
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    answer = as_(client, "admin").post(
        reverse("member_decease", args=[member.pk]), {"happened_on": tomorrow.isoformat()}
    )
    assert list(answer.context["form"].errors) == ["happened_on"]


def test_a_month_that_is_none_is_refused_in_words(
    client: Client, places: list[Organization]
) -> None:
    page = as_(client, "admin").post(reverse("member_admit"), {"birth_month": "1999-13"})
    assert "1980-05" in str(page.context["form"].errors["birth_month"])


def test_a_secretary_ends_what_the_branch_decides_and_not_a_measure(
    client: Client, places: list[Organization]
) -> None:
    member = make_member("甲一", places[0])
    for effect in StandingException.Effect:
        people.mark_exception(
            member, effect=effect, happened_on=MARCH, until=None, reason="—", user=None
        )
    form = as_(client, "secretary").get(reverse("member_end_exception", args=[member.pk]))
    offered = [row.effect for row in form.context["form"].rows.values()]
    assert offered == [StandingException.Effect.NOT_EXPECTED]
    measure = StandingException.objects.get(effect=StandingException.Effect.NOT_VOTING)
    answer = client.post(
        reverse("member_end_exception", args=[member.pk]),
        {"exception": measure.pk, "happened_on": "2025-05-01"},
    )
    assert list(answer.context["form"].errors) == ["exception"]


def test_a_person_offers_what_can_be_recorded_now(
    client: Client, places: list[Organization]
) -> None:
    member = make_member("甲一", places[0])
    young = make_member("乙二", places[0], converted_on=None)
    former = make_member("丙三", places[0], until=MARCH)
    make_post(member, places[0])

    def offered(one: Member) -> set[str]:
        page = client.get(reverse("member_detail", args=[one.pk]))
        return {url.rstrip("/").rpartition("/")[2] for _label, url in page.context["links"]}

    as_(client, "admin")
    always = {"transfer", "transfer-out", "not-expected", "leave", "decease", "edit"}
    assert offered(member) == always | {"begin-post", "end-post", "not-voting"}
    assert offered(young) == always | {"convert", "extend"}
    assert offered(former) == {"transfer-in", "edit"}
    as_(client, "secretary")
    assert offered(member) == {"not-expected"}
    assert offered(former) == set()


def test_every_act_that_a_person_offers_opens(client: Client, places: list[Organization]) -> None:
    member = make_member("甲一", places[0])
    page = as_(client, "admin").get(reverse("member_detail", args=[member.pk]))
    answers = [client.get(url).status_code for _label, url in page.context["links"]]
    assert answers == [200] * len(answers)
    assert len(answers) > 5


def test_the_timeline_names_the_own_end_of_a_transfer_alone(
    client: Client, places: list[Organization]
) -> None:
    first, second = places
    member = make_member("甲一", first)
    people.transfer(member, organization=second, happened_on=MARCH, user=None)
    here = titles(as_(client, "secretary"), member)
    assert here[0] == ("转接组织关系", f"来自{first.label}")
    everywhere = titles(as_(client, "admin"), member)
    assert everywhere[0] == ("转接组织关系", f"转入{second.label} 来自{first.label}")


def test_an_undone_entry_stays_in_the_timeline_with_its_reason(
    client: Client, places: list[Organization]
) -> None:
    member = make_member("甲一", places[0])
    event = people.transfer(member, organization=places[1], happened_on=MARCH, user=None)
    client = as_(client, "admin")
    answer = client.post(
        reverse("member_undo_entry", args=[event.pk]), {"reason": "登记错人"}, follow=True
    )
    assert "已撤回：登记错人" in answer.text
    again = client.post(reverse("member_undo_entry", args=[event.pk]), {"reason": "再撤销"})
    assert again.context["form"].non_field_errors()


def test_somebody_entered_by_mistake_is_shown_as_such_and_listed_nowhere(
    client: Client, places: list[Organization]
) -> None:
    event = people.admit(organization=places[0], happened_on=MARCH, name="误录者", user=None)
    people.undo_entry(event, reason="重复", user=None)
    page = as_(client, "secretary").get(reverse("member_detail", args=[event.member_id]))
    assert "误录" in page.text
    assert page.context["links"] == []
    assert "误录者" not in client.get(reverse("member_list")).text


def test_a_changed_name_is_told_field_by_field(client: Client, places: list[Organization]) -> None:
    member = make_member("单一", places[0])
    client = as_(client, "admin")
    page = client.get(reverse("member_edit", args=[member.pk]))
    typed = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    client.post(reverse("member_edit", args=[member.pk]), typed | {"sort_key": "Shan Yi"})
    member.refresh_from_db()
    assert member.sort_key == "shan yi"
    assert titles(client, member)[0] == ("更正基本信息", f"排序拼音 {places[0].label}")
    late = client.post(reverse("member_edit", args=[member.pk]), typed | {"sort_key": "x"})
    assert late.context["form"].non_field_errors()
