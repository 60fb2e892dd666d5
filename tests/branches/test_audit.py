"""One act, one transaction, one entry; who asked and from where; nothing that was undone."""

import pytest
from django.db import connection

from branches.audit import Act, Situation, act, by_command, checksum, note, situated
from branches.models import AuditEntry, Organization, Outcome
from tests.factories import make_organization, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch() -> Organization:
    return make_organization()


def entries() -> list[AuditEntry]:
    return list(AuditEntry.objects.order_by("number"))


def test_an_act_leaves_one_entry_with_what_was_before_and_after(branch: Organization) -> None:
    with act("user.appoint", subject=branch, organization=branch) as entry:
        entry.changed(branch, {"name": "甲", "code": "A"}, {"name": "乙", "code": "A"})
    (written,) = entries()
    assert (written.number, written.act, written.outcome) == (1, "user.appoint", Outcome.DONE)
    assert written.subject == f"organization:{branch.pk}"
    assert written.organization == branch
    assert written.changed == {f"organization:{branch.pk}": {"name": ["甲", "乙"]}}


def test_the_situation_tells_who_asked_and_from_where() -> None:
    user = make_user("zhang", name="张某")

    class Request:
        pass

    request = Request()
    request.user = user  # type: ignore[attr-defined]
    where = Situation(request=request, address="10.0.0.7", method="POST", path="/activities/new/")
    with situated(where):
        note("logout")
    (written,) = entries()
    assert (written.user, written.actor) == (user, "张某（zhang）")
    assert (written.address, written.method, written.path) == (
        "10.0.0.7",
        "POST",
        "/activities/new/",
    )
    assert where.entries == 1


def test_what_is_done_by_a_command_bears_its_name() -> None:
    with by_command("appoint"):
        note("user.appoint")
    assert [(one.user_id, one.actor) for one in entries()] == [(None, "命令 appoint")]


def test_what_fails_leaves_neither_a_change_nor_an_entry(branch: Organization) -> None:
    with pytest.raises(LookupError), act("user.appoint"):
        Organization.objects.filter(pk=branch.pk).update(name="改名")
        raise LookupError
    branch.refresh_from_db()
    assert branch.name != "改名"
    assert entries() == []
    note("logout")  # and the next act is one of its own
    assert [one.act for one in entries()] == ["logout"]


def test_an_act_within_an_act_joins_it(branch: Organization) -> None:
    other = make_organization("B01")
    with act("activity.accept") as outer:
        for one in (branch, other):
            with act("activity.void", subject=one, organization=one) as inner:
                inner.changed(one, {"name": one.name}, {"name": "新"})
        with act("activity.edit") as inner:
            inner.changed(branch, {"name": "新"}, {"name": "更新"})
    (written,) = entries()
    assert isinstance(outer, Act)
    assert written.act == "activity.accept"
    assert written.changed == {
        f"organization:{branch.pk}": {"name": [branch.name, "更新"]},
        f"organization:{other.pk}": {"name": [other.name, "新"]},
    }
    assert written.organization is None  # it was about several


def test_an_inner_act_that_fails_tells_nothing(branch: Organization) -> None:
    def fails() -> None:
        with act("activity.void") as inner:
            inner.changed(branch, {"name": "甲"}, {"name": "乙"})
            raise LookupError

    with act("activity.accept"), pytest.raises(LookupError):
        fails()
    assert [one.changed for one in entries()] == [{}]


def test_an_act_that_has_no_name_is_refused() -> None:
    with pytest.raises(ValueError, match="not an act"), act("something.else"):
        pass
    assert entries() == []


def test_texts_are_told_by_their_checksum_alone(branch: Organization) -> None:
    with act("activity.edit") as entry:
        entry.changed(branch, {"minutes": None}, {"minutes": checksum("会议记录全文")})
    (written,) = entries()
    assert "会议" not in written.changes
    assert written.changes.count("sha256:") == 1
    assert checksum("") is None


def test_an_entry_costs_three_queries_in_the_transaction_of_its_act(
    django_assert_num_queries,
) -> None:
    note("logout")
    with django_assert_num_queries(5) as queries:  # and the two ends of the transaction
        note("logout")
    locks = "FOR UPDATE" in " ".join(query["sql"] for query in queries.captured_queries)
    assert locks == (connection.vendor == "postgresql")
