"""The permission table of the addresses that two-factor login adds."""

import pytest

from tests.security import permission_table
from tests.security.answers import answers_to, url_names
from tests.security.world import Ask, World, make_world

pytestmark = pytest.mark.django_db

TABLE = """
row                        asks anon inact rec  rec2 sec  sec2 insp adm  adm2 aud  none end  root
factor_code                GET  302  302  302  302  302  302  302  302  302  302  302  302  302
factor_code                POST 302  302  302  302  302  302  302  302  302  302  302  302  302
factor_enroll              GET  302  302  302  302  302  302  302  302  302  302  302  302  302
factor_enroll              POST 302  302  302  302  302  302  302  302  302  302  302  302  302
factor                     GET  in   in   200  200  200  200  200  200  200  200  200  200  200
factor                     POST in   in   405  405  405  405  405  405  405  405  405  405  405
factor_activate            GET  in   in   200  200  200  200  200  200  200  200  200  200  200
factor_activate            POST in   in   200  200  200  200  200  200  200  200  200  200  200
factor_codes               GET  in   in   302  302  302  302  302  302  302  302  302  302  302
factor_codes               POST in   in   302  302  302  302  302  302  302  302  302  302  302
factor_deactivate          GET  in   in   302  302  302  302  302  302  302  302  302  302  302
factor_deactivate          POST in   in   302  302  302  302  302  302  302  302  302  302  302
user_factor_remove         GET  in   in   405  405  405  405  405  405  405  405  405  405  405
user_factor_remove         POST in   in   403  403  403  403  403  302  404  403  403  403  302
"""
EXPECTED = permission_table.read(TABLE)
ROWS = list(dict.fromkeys(row for row, _method in EXPECTED))


@pytest.fixture
def world() -> World:
    world = make_world()
    world.asks["user_factor_remove"] = Ask(dict(world.asks["user_deactivate"].parts))
    return world


def test_every_address_has_a_row() -> None:
    known = {row.split()[0] for row, _method in permission_table.expected_answers()}
    assert set(url_names("config.urls")) - known == set(ROWS)


@pytest.mark.parametrize("row", ROWS)
def test_each_person_gets_the_answer_of_the_table(world: World, row: str) -> None:
    for method in ("GET", "POST"):
        answers = answers_to(world, row, method)
        words = {person: answer.word for person, answer in answers.items()}
        assert words == EXPECTED[row, method], method
        assert [p for p, answer in answers.items() if answer.is_refusal and answer.written] == []
        strangers = [person for person, answer in answers.items() if answer.word == "404"]
        nothing = answers_to(world, row, method, people=strangers, of_nothing=True)
        assert {person: answers[person] for person in strangers} == nothing
