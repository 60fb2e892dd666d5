"""One-time links: hashed, for a while, once, one at a time."""

import datetime as dt

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from branches.models import AuditEntry, PasswordLink, User
from branches.services.accounts import (
    activate_user,
    create_user,
    deactivate_user,
    issue_link,
    open_link,
    set_password_by_link,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LATER = NOW + dt.timedelta(hours=settings.PASSWORD_LINK_HOURS)


def everything_stored() -> str:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        texts = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            texts.append(str(cursor.fetchall()))
    return "".join(texts)


def test_a_new_account_has_no_password_and_a_link_that_is_stored_nowhere() -> None:
    administrator = make_user("adm")
    user = User(username="zhang", name="张三")
    token = create_user(user, by=administrator, at=NOW)
    assert (user.has_usable_password(), user.created_by) == (False, administrator)
    assert len(token) >= 40
    stored = everything_stored()
    assert "zhang" in stored
    assert token not in stored
    link = open_link(token, at=NOW)
    assert link is not None
    assert link.user == user
    assert AuditEntry.objects.count() == 1


def test_a_link_works_once() -> None:
    user = make_user()
    token = issue_link(user, by=None, at=NOW)
    twice = [open_link(token, at=NOW), open_link(token, at=NOW)]
    assert [
        set_password_by_link(link, password=f"Mima-{number}-xin", at=NOW)
        for number, link in enumerate(twice)
        if link
    ] == [True, False]
    user.refresh_from_db()
    assert user.check_password("Mima-0-xin")
    assert open_link(token, at=NOW) is None


def test_a_link_ends_by_a_newer_one_by_its_time_and_with_the_account() -> None:
    user = make_user()
    first = issue_link(user, by=None, at=NOW)
    second = issue_link(user, by=None, at=NOW)
    assert open_link(first, at=NOW) is None
    assert open_link(second, at=LATER - dt.timedelta(seconds=1))
    assert open_link(second, at=LATER) is None
    deactivate_user(user, at=NOW)
    activate_user(user)
    assert open_link(second, at=NOW) is None
    assert PasswordLink.objects.count() == 2


def test_a_made_up_token_opens_nothing() -> None:
    issue_link(make_user(), by=None, at=NOW)
    for token in ("", "x", "\x00", "\ud800", PasswordLink.objects.get().token_hash):
        assert open_link(token, at=NOW) is None


def test_the_database_holds_one_open_link_for_a_user() -> None:
    user = make_user()
    issue_link(user, by=None, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        PasswordLink.objects.create(
            user=user, token_hash="x" * 64, created_at=NOW, expires_at=LATER
        )
