"""Logging in and out, and what the navigation offers."""

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import Role
from tests.factories import make_organization, make_user

pytestmark = pytest.mark.django_db


def test_a_user_logs_in_lands_at_home_and_logs_out(client: Client) -> None:
    make_user("someone")
    typed = {"username": "someone", "password": "Passw0rd-of-a-test"}
    answer = client.post(reverse("login"), typed)
    assert answer.headers["Location"] == reverse("home")
    client.post(reverse("logout"))
    answer = client.get(reverse("home"))
    assert answer.headers["Location"].startswith(reverse("login"))


def test_every_page_asks_an_unknown_visitor_to_log_in(client: Client) -> None:
    for name in ("home", "organization_list", "member_list", "activity_list", "activity_create"):
        assert client.get(reverse(name)).headers["Location"].startswith(reverse("login"))


def test_the_navigation_marks_the_page_at_hand(client: Client) -> None:
    client.force_login(make_user(role=Role.RECORDER, organization=make_organization()))
    nav = client.get(reverse("member_list")).context["nav"]
    assert [url for _label, url, is_current in nav if is_current] == [reverse("member_list")]


def test_whoever_may_read_nothing_is_offered_home_alone(client: Client) -> None:
    client.force_login(make_user())
    nav = client.get(reverse("home")).context["nav"]
    assert [url for _label, url, _is_current in nav] == [reverse("home")]
