"""Idle and absolute end of a session, and no write at every request."""

import datetime as dt
import time

import pytest
from django.test import Client
from django.utils import timezone

from branches.models import Session
from branches.session_limits import REFRESH_AFTER
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def expiry_after(client: Client, *, seconds_since_last_request: int):
    session = client.session
    session["last_seen"] -= seconds_since_last_request
    session.save()
    Session.objects.update(expire_date=timezone.now())  # whatever it was: does it move?
    before = Session.objects.get().expire_date
    client.cookies["sessionid"] = session.session_key
    Session.objects.update(expire_date=before + dt.timedelta(seconds=10))
    client.get("/")
    return Session.objects.get().expire_date - before


def test_going_on_working_prolongs_the_session(client):
    client.force_login(make_user())
    client.get("/")
    moved = expiry_after(client, seconds_since_last_request=REFRESH_AFTER)
    assert moved.total_seconds() > 1_000


def test_two_requests_within_a_minute_write_the_session_once(client):
    client.force_login(make_user())
    client.get("/")
    moved = expiry_after(client, seconds_since_last_request=1)
    assert moved.total_seconds() == 10


def session_of(client: Client, **values: int) -> None:
    session = client.session
    session.update(values)
    session.save()


def test_an_idle_session_is_over(client):
    client.force_login(make_user())
    client.get("/")
    row = Session.objects.get()
    left = row.expire_date - timezone.now()
    assert dt.timedelta(minutes=29) < left <= dt.timedelta(minutes=30)
    Session.objects.update(expire_date=timezone.now())
    assert client.get("/")["Location"].startswith("/login/")


def test_however_busy_a_session_is_over_after_twelve_hours(client):
    client.force_login(make_user())
    client.get("/")
    now = int(time.time())
    session_of(client, started=now - 12 * 3600 + 5, last_seen=now)
    assert client.get("/").status_code == 200
    session_of(client, started=now - 12 * 3600, last_seen=now)
    assert client.get("/")["Location"].startswith("/login/")
    assert not Session.objects.exists()


def test_logging_in_begins_the_twelve_hours_anew(client):
    make_user()
    client.get("/login/")
    session_of(client, started=1)
    client.post("/login/", {"username": "someone", "password": "Passw0rd-of-a-test"})
    assert client.get("/").status_code == 200
