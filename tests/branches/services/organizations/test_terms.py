"""Terms of office: due after three or five years, put off by a year at most."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from branches.services.organizations import begin_term, end_term, extend_term, undo_event
from tests.branches.services.organizations.conftest import Bureau

pytestmark = pytest.mark.django_db

ELECTED = dt.date(2024, 2, 29)


def test_a_branch_is_elected_for_three_years_and_a_committee_for_five(bureau: Bureau) -> None:
    branch = begin_term(bureau.first, number=1, on=ELECTED, user=bureau.admin)
    committee = begin_term(bureau.top, number=4, on=ELECTED, user=bureau.admin)
    assert (branch.due_on, committee.due_on) == (dt.date(2027, 2, 28), dt.date(2029, 2, 28))
    with pytest.raises(ValidationError):
        begin_term(bureau.group, number=1, on=ELECTED, user=bureau.admin)


def test_an_election_ends_the_term_before(bureau: Bureau) -> None:
    begin_term(bureau.first, number=1, on=ELECTED, user=bureau.admin)
    elected_again = dt.date(2027, 1, 15)
    begin_term(bureau.first, number=2, on=elected_again, user=bureau.admin)
    assert [(one.number, one.ended_on) for one in bureau.first.terms.all()] == [
        (1, elected_again),
        (2, None),
    ]
    undo_event(bureau.first.events.last(), on=elected_again, user=bureau.admin, reason="录入错误")
    assert [(one.number, one.ended_on) for one in bureau.first.terms.all()] == [(1, None)]


def test_numbers_and_days_go_upwards(bureau: Bureau) -> None:
    begin_term(bureau.first, number=2, on=ELECTED, user=bureau.admin)
    for number, day, field in ((3, ELECTED, "on"), (2, dt.date(2027, 1, 1), "number")):
        with pytest.raises(ValidationError) as refused:
            begin_term(bureau.first, number=number, on=day, user=bureau.admin)
        assert field in refused.value.message_dict


def test_a_re_election_is_put_off_by_a_year_at_most(bureau: Bureau) -> None:
    term = begin_term(bureau.first, number=1, on=ELECTED, user=bureau.admin)
    approved_on = dt.date(2027, 1, 10)
    for due_on in (dt.date(2027, 2, 28), dt.date(2028, 2, 29)):
        with pytest.raises(ValidationError) as refused:
            extend_term(term, due_on=due_on, on=approved_on, user=bureau.admin, reason="批复")
        assert "due_on" in refused.value.message_dict
    latest = dt.date(2028, 2, 28)
    extended = extend_term(term, due_on=latest, on=approved_on, user=bureau.admin, reason="批复")
    assert extended.due_on == latest
    with pytest.raises(ValidationError):
        extend_term(
            extended,
            due_on=latest + dt.timedelta(days=1),
            on=approved_on,
            user=bureau.admin,
            reason="批复",
        )


def test_a_term_ended_is_neither_put_off_nor_ended_again(bureau: Bureau) -> None:
    term = begin_term(bureau.first, number=1, on=ELECTED, user=bureau.admin)
    day = dt.date(2025, 3, 1)
    end_term(term, on=day, user=bureau.admin)
    with pytest.raises(ValidationError):
        end_term(term, on=day, user=bureau.admin)
    with pytest.raises(ValidationError):
        extend_term(term, due_on=dt.date(2027, 5, 1), on=day, user=bureau.admin, reason="批复")
