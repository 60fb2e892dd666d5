"""Idle logout, and no write at every request."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from branches.idle import REFRESH_AFTER
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
