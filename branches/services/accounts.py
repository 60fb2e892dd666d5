"""Opening and closing accounts. Who may do it for whom: `UserQuerySet.looked_after_by`."""

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.db.models import QuerySet

from branches.audit import act
from branches.devices import end_devices
from branches.lockout import forget_failures
from branches.models import PasswordLink, User
from branches.pinyin import sort_key_of

__all__ = [
    "activate_user",
    "change_password",
    "create_user",
    "deactivate_user",
    "end_links",
    "issue_link",
    "link_with",
    "open_link",
    "rename_user",
    "set_password_by_link",
]


def create_user(user: User, *, by: User | None, at: dt.datetime) -> str:
    """Store a new account without a password; what goes into its one-time link."""
    with act("user.create", user=by) as entry:
        user.created_by = by
        user.sort_key = sort_key_of(user.name)
        user.set_unusable_password()
        user.save(force_insert=True)
        entry.created(user, username=user.username, name=user.name)
        return issue_link(user, by=by, at=at)


def rename_user(user: User, *, name: str) -> None:
    """The person's name as pages show it; old entries of the audit log keep the old one."""
    with act("user.edit", subject=user) as entry:
        before = User.objects.select_for_update().get(pk=user.pk).name
        user.name, user.sort_key = name, sort_key_of(name)
        user.save(update_fields=["name", "sort_key"])
        entry.changed(user, {"name": before}, {"name": name})


def issue_link(user: User, *, by: User | None, at: dt.datetime) -> str:
    """What goes into a new one-time link. It is returned this once; the one before ends."""
    with act("user.link", subject=user, user=by) as entry:
        # The row of the user is the lock: of two links made at once the later one is open.
        User.objects.select_for_update().get(pk=user.pk)
        end_links(user, at=at)
        token = secrets.token_urlsafe(32)
        link = PasswordLink.objects.create(
            user=user,
            token_hash=_hash(token),
            created_by=by,
            created_at=at,
            expires_at=at + dt.timedelta(hours=settings.PASSWORD_LINK_HOURS),
        )
        entry.created(link, user=user, expires_at=link.expires_at)
        return token


def end_links(user: User, *, at: dt.datetime, except_by: User | None = None) -> None:
    """No link of the user opens anything any more, but those made by `except_by`."""
    links = PasswordLink.objects.filter(user=user, used_at__isnull=True, ended_at__isnull=True)
    if except_by is not None:
        links = links.exclude(created_by=except_by)
    links.update(ended_at=at)


def open_link(token: str, *, at: dt.datetime) -> PasswordLink | None:
    """The link, if it still opens the page to set a password."""
    return _usable(at).filter(token_hash=_hash(token)).first()


def link_with(pk: int, *, at: dt.datetime) -> PasswordLink | None:
    """The same link on the page it has opened."""
    return _usable(at).filter(pk=pk).first()


def set_password_by_link(link: PasswordLink, *, password: str, at: dt.datetime) -> bool:
    """Use the link up; whether it could still be used. The user is logged out everywhere, and
    wrong tries before do not lock them out."""
    with act("password.set", subject=link.user) as entry:
        if not _usable(at).filter(pk=link.pk).update(used_at=at):
            return False
        user = link.user
        user.set_password(password)
        user.save(update_fields=["password"])
        ended = end_devices(user)
        forget_failures(user)
        entry.noted(link=link, ended_sessions=ended)
        return True


def change_password(user: User, *, password: str, current_key: str | None) -> None:
    """A new password; the user stays logged in here and nowhere else."""
    with act("password.change", subject=user) as entry:
        user.set_password(password)
        user.save(update_fields=["password"])
        entry.noted(ended_sessions=end_devices(user, except_key=current_key))


def deactivate_user(user: User, *, at: dt.datetime) -> None:
    """Nobody gets in by the account any more, from the next request on. Appointments stay."""
    with act("user.deactivate", subject=user) as entry:
        entry.changed(user, {"is_active": user.is_active}, {"is_active": False})
        user.is_active = False
        user.save(update_fields=["is_active"])
        end_links(user, at=at)
        entry.noted(ended_sessions=end_devices(user))


def activate_user(user: User) -> None:
    """The account opens again, with the password it had."""
    with act("user.activate", subject=user) as entry:
        entry.changed(user, {"is_active": user.is_active}, {"is_active": True})
        user.is_active = True
        user.save(update_fields=["is_active"])


def _usable(at: dt.datetime) -> QuerySet[PasswordLink]:
    return PasswordLink.objects.select_related("user").filter(
        used_at__isnull=True, ended_at__isnull=True, expires_at__gt=at, user__is_active=True
    )


def _hash(token: str) -> str:
    # Plain SHA-256 is enough: a token is 256 random bits, not a word somebody chose.
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
