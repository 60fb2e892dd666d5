"""The code as a second login: asked for through Django, so that wrong ones count for the lock."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from branches.models import User
from branches.two_factor.codes import spend


class CodeBackend(BaseBackend):
    """Answers `authenticate(request, username=…, second_code=…)`; nobody logs in by it alone."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        code = credentials.get("second_code")
        if not code:
            return None
        user = User.objects.filter(username=credentials["username"], is_active=True).first()
        sort = user and spend(user, code)
        if user is None or not sort:
            return None
        user.code_given = sort  # for the audit log
        return user

    def get_user(self, user_id: int) -> None:
        """Never the keeper of a session."""
        return None
