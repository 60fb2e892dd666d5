"""Taking an imported roster back: what it changed is as before, what it added is void.

Nothing is taken back of which something later makes use: the reason says what that is.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import batched
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from branches.effects import undo
from branches.importers.roster.organizations import TreePlan
from branches.models import AuditEntry, Member, Organization
from branches.services.organizations import correct_particulars, correct_place

_BATCH = 500
_LONGEST_CODE = 40
# One whose day of founding is not on file has to be closed after some day.
_SOME_DAY = dt.date(1921, 7, 1)
_NO_USE = (AuditEntry,)  # to have been spoken of is no use
# What an organization has from its founding.
_FROM_FOUNDING = frozenset({"names", "placements", "placements_below"})


class TreeEffects:
    """What writing a tree does: `begin` before it and `as_json` after it.

    {"created": [keys], "changed": [[key, {column: [before, after]}]], "moved": [[key, key of the
    one above before (null for none), and after]]}
    """

    def __init__(self, plan: TreePlan) -> None:
        self._plan = plan
        self._before = self._read()

    def as_json(self) -> dict[str, Any]:
        """What was done, as JSON values."""
        after = self._read()
        return {
            "created": [after[line.code][0].pk for line in self._plan.to_add],
            "changed": [
                [
                    after[code][0].pk,
                    {
                        name: [_plain(getattr(one[code][0], name)) for one in (self._before, after)]
                        for name in changes
                    },
                ]
                for code, changes in self._plan.to_update.items()
            ],
            "moved": [
                [after[code][0].pk, self._before[code][1], after[code][1]]
                for code in self._plan.to_move
            ],
        }

    def _read(self) -> dict[str, tuple[Organization, int | None]]:
        """Organizations and the keys of those above them, by code. One query."""
        everyone = list(Organization.objects.all())
        at = {one.path: one.pk for one in everyone}
        return {one.code: (one, at.get(one.path[: -one.steplen])) for one in everyone}


def undo_roster(effects: Mapping[str, Any]) -> None:
    """Take back what `write_roster` did, inside a transaction. ValidationError, with what is in
    the way, when something later builds on it."""
    people = effects["people"]
    created = [
        effect["pk"]
        for effect in people
        if effect["is_new"] and effect["model"] == Member._meta.label_lower
    ]
    undo(people)  # from here on what came with them is void, and no use of them
    refuse_if_used(Member, created)
    tree = effects["organizations"]
    _move_back(tree["moved"])
    _change_back(tree["changed"])
    _never_founded(tree["created"])


def refuse_if_used(model: type[models.Model], pks: list[int]) -> None:
    """ValidationError when a row that stands refers to one of these rows."""
    for relation in model._meta.related_objects:
        referring: Any = relation.related_model
        if referring in _NO_USE or relation.name in _FROM_FOUNDING:
            continue
        for part in batched(pks, _BATCH):
            if _standing(referring, relation.field.name, part).exists():
                raise built_on(referring)


def built_on(model: type[models.Model]) -> ValidationError:
    """Why something cannot be taken back."""
    return ValidationError(
        _("A later entry builds on this one (%(what)s). Correct that one first."),
        code="built_on",
        params={"what": model._meta.verbose_name},
    )


def _standing(model: Any, field: str, pks: Iterable[int]) -> models.QuerySet:
    """Rows that refer to one of the keys, but those of records that are void themselves."""
    rows = model._default_manager.filter(**{f"{field}__in": list(pks)})
    names = {one.name for one in model._meta.get_fields()}
    if "void_reason" in names:
        rows = rows.exclude(status="VOID")
    elif "activity" in names:
        rows = rows.exclude(activity__status="VOID")
    return rows


def _move_back(moved: list[list[int]]) -> None:
    for pk, before, after in reversed(moved):
        node = Organization.objects.select_for_update().get(pk=pk)
        above = Organization.objects.get_parent(node)
        if above is None or above.pk != after:
            raise built_on(Organization)
        if before is None:
            raise ValidationError(
                _("An organization stood at the top before and was moved; move it back by hand.")
            )
        correct_place(node, Organization.objects.get(pk=before))


def _change_back(changed: list[Any]) -> None:
    for pk, values in changed:
        one = Organization.objects.select_for_update().get(pk=pk)
        for name, (_before, after) in values.items():
            if _plain(getattr(one, name)) != after:
                raise built_on(Organization)
        correct_particulars(one, **{name: before for name, (before, _after) in values.items()})


def _never_founded(created: list[int]) -> None:
    """Leave those rows as organizations that stood on no day, as `undo_event` does, and free
    their codes."""
    refuse_if_used(Organization, created)
    own = set(created)
    for one in Organization.objects.select_for_update().filter(pk__in=created):
        if any(child.pk not in own for child in _children(one)):
            raise built_on(Organization)
        ending = f"~{one.pk}"
        founded_on = one.founded_on or _SOME_DAY
        Organization.objects.filter(pk=one.pk).update(
            founded_on=founded_on,
            closed_on=founded_on,
            code=one.code[: _LONGEST_CODE - len(ending)] + ending,
        )


def _children(one: Organization) -> Iterator[Organization]:
    below = Organization.objects.filter(path__startswith=one.path, depth=one.depth + 1)
    yield from below


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


__all__ = ["TreeEffects", "built_on", "refuse_if_used", "undo_roster"]
