"""One act, one transaction, one entry of the audit log.

    with act("activity.submit", subject=activity, organization=activity.host) as entry:
        …
        entry.changed(activity, {"status": before}, {"status": after})

`act` opens the transaction and writes the entry at its end: what is in the database stands in the
log, what was rolled back does not. An act within an act joins it, so that accepting twenty records
at once is one entry with twenty subjects. Who asks, and from where, is known from the request
(`branches.audit_requests`) or the command (`by_command`).

What is written: names of fields and their values before and after where they are short; of texts
their checksum (`checksum`), never the words; never a password, a token or a number of a document.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from branches.acts import ACTS
from branches.audit_chain import canonical, hash_of
from branches.clean import clean_line
from branches.models import AuditEntry, AuditHead, Organization, Outcome

__all__ = ["Act", "Outcome", "Situation", "act", "by_command", "checksum", "note", "situated"]


@dataclass(eq=False)
class Situation:
    """Who asks, and from where. `request` has the user, who may log in or out on the way."""

    request: Any = None
    actor: str = ""
    address: str = ""
    method: str = ""
    path: str = ""
    entries: int = 0  # written so far

    @property
    def user(self) -> Any:
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None


_situation: ContextVar[Situation | None] = ContextVar("situation", default=None)
_open_act: ContextVar["Act | None"] = ContextVar("open_act", default=None)


class Act:
    """What an act has to tell, gathered while it goes on."""

    def __init__(self, name: str, subject: str, organization: Organization | None) -> None:
        self.name = name
        self.subject = subject
        self.outcome = Outcome.DONE
        self.changes: dict[str, dict[str, list[Any]]] = {}
        self._organizations = {organization.pk} if organization else set[int]()

    @property
    def organization_id(self) -> int | None:
        """The one organization that it is about; None for several or none."""
        return next(iter(self._organizations)) if len(self._organizations) == 1 else None

    def concerns(
        self, subject: models.Model | str, organization: Organization | None = None
    ) -> None:
        """Name the subject, where it came into being only within the act."""
        self.subject = self.subject or _subject(subject)
        if organization is not None:
            self._organizations.add(organization.pk)

    def changed(
        self, subject: models.Model | str, before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> None:
        """Note the names whose values differ. Of a text that people wrote give the `checksum`."""
        self.concerns(subject)
        for name in dict.fromkeys((*before, *after)):
            values = [_plain(before.get(name)), _plain(after.get(name))]
            if values[0] != values[1]:
                _tell(self.changes.setdefault(_subject(subject), {}), name, values)

    def created(self, subject: models.Model | str, **values: Any) -> None:
        """Note what came into being."""
        self.changed(subject, {}, values)

    def noted(self, **facts: Any) -> None:
        """Note what the act was about, where nothing changed: the filter of an export, say."""
        self.changed("", {}, facts)

    def absorb(self, inner: "Act") -> None:
        """Take over what an act within this one told."""
        self.subject = self.subject or inner.subject
        self._organizations |= inner._organizations
        for subject, names in inner.changes.items():
            told = self.changes.setdefault(subject, {})
            for name, values in names.items():
                _tell(told, name, values)


@contextmanager
def act(
    name: str,
    *,
    subject: models.Model | str = "",
    organization: Organization | None = None,
    user: Any = None,
) -> Iterator[Act]:
    """A transaction with one entry of the audit log at its end. `name` is one of `acts.ACTS`.

    `user` is for where no request tells it: imports, tests. An exception leaves nothing, neither
    the change nor the entry.
    """
    if name not in ACTS:
        raise ValueError(f"not an act: {name}")
    this = Act(name, _subject(subject), organization)
    outer = _open_act.get()
    if outer is not None:
        with transaction.atomic():
            yield this
        outer.absorb(this)
        return
    situation = _situation.get() or Situation()
    user = situation.user or user  # before it, as logging out forgets them
    token = _open_act.set(this)
    try:
        with transaction.atomic():
            yield this
            _write(this, situation, user)
    finally:
        _open_act.reset(token)
    situation.entries += 1


def note(
    name: str,
    *,
    subject: models.Model | str = "",
    organization: Organization | None = None,
    outcome: Outcome = Outcome.DONE,
    **facts: Any,
) -> None:
    """An act that changes nothing but is worth an entry: a login, an export, a download."""
    with act(name, subject=subject, organization=organization) as entry:
        entry.outcome = outcome
        entry.noted(**facts)


@contextmanager
def situated(situation: Situation) -> Iterator[Situation]:
    """Everything done inside was asked for in this situation."""
    token = _situation.set(situation)
    try:
        yield situation
    finally:
        _situation.reset(token)


@contextmanager
def by_command(name: str) -> Iterator[None]:
    """Everything done inside was asked for on the server by `manage.py NAME`."""
    with situated(Situation(actor=f"命令 {name}")):
        yield


def checksum(text: Any) -> str | None:
    """What stands in the log for a text: that it changed, not what it says."""
    if text in (None, ""):
        return None
    return f"sha256:{hashlib.sha256(str(text).encode()).hexdigest()}"


def _write(this: Act, situation: Situation, user: Any) -> None:
    # The head is the last thing that a transaction locks, and it is held until the commit: the
    # entries of one transaction follow upon those of another, and nobody waits crosswise.
    head, _is_new = AuditHead.objects.select_for_update().get_or_create(pk=1)
    entry = AuditEntry(
        number=head.number + 1,
        at=timezone.now(),
        user_id=user and user.pk,
        actor=_name(user) or situation.actor,
        act=this.name,
        address=situation.address,
        method=situation.method,
        path=situation.path,
        subject=this.subject,
        organization_id=this.organization_id,
        outcome=this.outcome.value,
        changes=canonical(this.changes) if this.changes else "",
        previous_hash=head.hash,
    )
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    AuditHead.objects.filter(pk=1).update(number=entry.number, hash=entry.hash)


def _name(user: Any) -> str:
    if user is None:
        return ""
    return user.username if str(user) == user.username else f"{user}（{user.username}）"


def _subject(subject: models.Model | str) -> str:
    return subject if isinstance(subject, str) else f"{subject._meta.model_name}:{subject.pk}"


def _tell(told: dict[str, list[Any]], name: str, values: list[Any]) -> None:
    """Said twice within an act: from the first value before to the last value after."""
    told[name] = [told[name][0], values[1]] if name in told else values


def _plain(value: Any) -> Any:
    """A JSON value; texts on one line, as far as they tell what it is about."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, models.Model):
        return _subject(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    return clean_line(str(value))[:300]
