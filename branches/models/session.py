"""Sessions that know whose they are, so that a user sees their signed-in devices and ends them."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from branches.models.user import User


class Session(AbstractBaseSession):
    """A browser in which somebody is logged in. What it told of itself stands in its values."""

    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        return SessionStore


class SessionStore(DatabaseSessions):
    """Django's store in the database, with the user beside the values."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of these values."""
        row = super().create_model_instance(data)
        assert isinstance(row, Session)
        # Written by django.contrib.auth when somebody logs in.
        row.user_id = data.get("_auth_user_id")
        return row
