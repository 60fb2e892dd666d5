"""Codes: who must give one, which are right, and how the second factor comes and goes."""

import datetime as dt

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare

from branches.audit import act
from branches.devices import end_devices
from branches.lockout import forget_failures
from branches.models import Role, User

ADMINISTRATORS, EVERYONE = "administrators", "everyone"
TYPE = Authenticator.Type


def factor_of(user: User) -> Authenticator | None:
    """The user's second factor."""
    found: Authenticator | None = Authenticator.objects.filter(user=user, type=TYPE.TOTP).first()
    return found


def must_have(user: User, *, on: dt.date) -> bool:
    """Whether the setting TWO_FACTOR lets the user in with a second factor only."""
    if settings.TWO_FACTOR == EVERYONE:
        return True
    if settings.TWO_FACTOR != ADMINISTRATORS:
        return False
    posts = user.appointments.in_force(on).filter(role=Role.ADMINISTRATOR)
    return user.is_superuser or posts.exists()


def recovery_codes_left(user: User) -> int:
    """How many recovery codes were not used yet."""
    row = Authenticator.objects.filter(user=user, type=TYPE.RECOVERY_CODES).first()
    return len(RecoveryCodes(row).get_unused_codes()) if row else 0


def counter_of(secret: str, code: str) -> int | None:
    """The step of time that the code stands for, now or one step beside; None when wrong."""
    for counter in yield_hotp_counters_from_time():
        if constant_time_compare(format_hotp_value(hotp_value(secret, counter)), code):
            return int(counter)
    return None


def spend(user: User, code: str) -> str:
    """Use the code up; which sort it was ("totp", "recovery_codes"), "" when it opens nothing.

    A code of the app holds once, and none older than it holds afterwards (RFC 6238 §5.2). That is
    kept beside the secret, as a cache differs from process to process.
    """
    with transaction.atomic():
        rows = Authenticator.objects.select_for_update().filter(user=user)
        by_type = {row.type: row for row in rows}
        factor, recovery = by_type.get(TYPE.TOTP), by_type.get(TYPE.RECOVERY_CODES)
        if factor is None:
            return ""
        counter = counter_of(_secret_of(factor), code)
        if counter is not None and counter > factor.data.get("last_counter", 0):
            factor.data["last_counter"] = counter
            factor.record_usage()
            factor.save(update_fields=["data"])
            return str(TYPE.TOTP)
        if recovery is not None and RecoveryCodes(recovery).validate_code(code):
            return str(TYPE.RECOVERY_CODES)
        return ""


def activate(user: User, *, secret: str, counter: int) -> list[str] | None:
    """Switch the second factor on; the recovery codes, which nothing shows again.

    None when another window was faster. `counter` is the step of the code that confirmed it.
    """
    with act("factor.activate", subject=user, user=user):
        User.objects.select_for_update().get(pk=user.pk)
        if factor_of(user) is not None:
            return None
        totp = TOTP.activate(user, secret)
        totp.instance.data["last_counter"] = counter
        totp.instance.save(update_fields=["data"])
        return _new_recovery_codes(user)


def renew_recovery_codes(user: User) -> list[str]:
    """New recovery codes; the old ones open nothing any more."""
    with act("factor.codes", subject=user):
        User.objects.select_for_update().get(pk=user.pk)
        return _new_recovery_codes(user)


def deactivate(user: User) -> None:
    """Back to the password alone, by the user."""
    with act("factor.deactivate", subject=user):
        Authenticator.objects.filter(user=user).delete()


def take_off(user: User) -> None:
    """The same by the administrator, for a user whose phone is lost: whoever found it is logged
    out, and wrong codes before do not lock the user out."""
    with act("user.factor_remove", subject=user) as entry:
        Authenticator.objects.filter(user=user).delete()
        forget_failures(user)
        entry.noted(ended_sessions=end_devices(user))


def _secret_of(factor: Authenticator) -> str:
    return str(decrypt(factor.data["secret"]))


def _new_recovery_codes(user: User) -> list[str]:
    Authenticator.objects.filter(user=user, type=TYPE.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(user).generate_codes()
    return codes
