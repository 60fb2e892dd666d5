"""What an entry did to the rows of the register, kept so that a later entry can undo it.

Services write through a recorder. What it kept is a list for a JSON column, in the order of
writing:

    [{"model": "branches.membership", "pk": 7, "is_new": false,
      "fields": {"ended_on": [null, "2025-06-01"]}}, …]

Undoing puts the values before back, provided that nothing has changed them since, and marks
created rows void: no row of the register is ever deleted.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

Effect = dict[str, Any]

_BATCH = 500  # rows of one statement; SQLite takes a limited number of parameters


class Effects:
    """Records what a service writes. Use it inside the service's transaction."""

    def __init__(self) -> None:
        self._kept: list[Effect] = []

    def create[Row: models.Model](self, row: Row) -> Row:
        """Save a new row. Raises ValidationError when a constraint of the database is broken."""
        row.validate_constraints()
        row.save(force_insert=True)
        self.created([row])
        return row

    def change(self, row: models.Model, **values: Any) -> None:
        """Set fields of a row and save those that differ; as for `create` otherwise."""
        before = _values(row, values)
        for name, value in values.items():
            setattr(row, name, value)
        changed = [name for name in before if before[name] != _values(row, [name])[name]]
        if changed:
            row.validate_constraints()
            row.save(update_fields=changed)
            self.changed(row, {name: before[name] for name in changed})

    def created(self, rows: Iterable[models.Model]) -> None:
        """Keep rows that were written in bulk and were not there before."""
        for row in rows:
            after = _values(row, [column.name for column in _own_fields(type(row))])
            self._keep(row, {name: [None, value] for name, value in after.items()}, is_new=True)

    def changed(self, row: models.Model, before: dict[str, Any]) -> None:
        """Keep a change already saved: `before` has the values of the changed fields as Python
        values or as JSON, the row has those after."""
        after = _values(row, before)
        changes = {
            name: [_jsonable(value), after[name]]
            for name, value in before.items()
            if _jsonable(value) != after[name]
        }
        if changes:
            self._keep(row, changes, is_new=False)

    def lean_on(self, row: models.Model, *names: str) -> None:
        """Keep that what was written depends on these values of a row, which stay as they are."""
        self._keep(row, {n: [v, v] for n, v in _values(row, names).items()}, is_new=False)

    def as_json(self) -> list[Effect]:
        """What was kept, for a JSON column."""
        return list(self._kept)

    def _keep(self, row: models.Model, fields: dict[str, list[Any]], *, is_new: bool) -> None:
        self._kept.append(
            {"model": row._meta.label_lower, "pk": row.pk, "is_new": is_new, "fields": fields}
        )


def values_touched(effects: Iterable[Effect]) -> set[tuple[str, int, str]]:
    """(model, pk, field) of all that was written or leaned on: by this one sees which of two
    entries builds on the other."""
    return {
        (effect["model"], effect["pk"], name) for effect in effects for name in effect["fields"]
    }


def undo(effects: Sequence[Effect]) -> Effects:
    """Put everything back as it was before; call it inside a transaction.

    Returns what the undoing itself did. Raises ValidationError, and writes nothing, when a value
    is no longer the one that was written, or when a row that stands refers to one that would
    become void: a later entry builds on this one. Two queries for each model and one or two for
    each thousand rows.
    """
    states = _states(effects)
    rows = {model: _locked(model, list(wanted)) for model, wanted in states.items()}
    for model, wanted in states.items():
        for pk, state in wanted.items():
            row = rows[model].get(pk)
            if row is None or _values(row, state.after) != state.after:
                raise _builds_on(model)
    void = {
        model: {pk for pk, state in wanted.items() if state.is_new}
        for model, wanted in states.items()
    }
    for model, pks in void.items():
        _refuse_if_referred_to(model, pks, void)

    done = Effects()
    # Voiding first frees what is unique: one open membership a member.
    for model, pks in void.items():
        _write(model, {pk: (rows[model][pk], {"is_void": True}) for pk in pks}, done)
    for model, wanted in states.items():
        back = {
            pk: (rows[model][pk], state.before) for pk, state in wanted.items() if not state.is_new
        }
        _write(model, back, done)
    return done


@dataclass(slots=True)
class _State:
    """A row over the whole entry: its values before the first write and after the last."""

    is_new: bool
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


def _states(effects: Sequence[Effect]) -> dict[type[models.Model], dict[int, _State]]:
    states: dict[type[models.Model], dict[int, _State]] = defaultdict(dict)
    for effect in effects:
        wanted = states[apps.get_model(effect["model"])]
        state = wanted.setdefault(effect["pk"], _State(is_new=effect["is_new"]))
        for name, (old, new) in effect["fields"].items():
            state.before.setdefault(name, old)
            state.after[name] = new
    return states


def _write(
    model: type[models.Model],
    wanted: dict[int, tuple[models.Model, dict[str, Any]]],
    done: Effects,
) -> None:
    """Write JSON values into locked rows in bulk, and keep what that changed."""
    names = sorted({name for _row, values in wanted.values() for name in values})
    for row, values in wanted.values():
        before = _values(row, values)
        for name, value in values.items():
            column: Any = model._meta.get_field(name)
            setattr(row, column.attname, column.to_python(value))
        done.changed(row, before)
    if names:
        changed = [row for row, _values_written in wanted.values()]
        model._base_manager.bulk_update(changed, names, batch_size=_BATCH)


def _locked(model: type[models.Model], pks: list[int]) -> dict[int, models.Model]:
    found: dict[int, models.Model] = {}
    for part in _parts(pks):
        found |= model._base_manager.select_for_update().in_bulk(part)
    return found


def _refuse_if_referred_to(
    model: type[models.Model], pks: set[int], void: dict[type[models.Model], set[int]]
) -> None:
    """Rows that can be void themselves must not stand on a row that is void."""
    for relation in model._meta.related_objects:
        referring: Any = relation.related_model
        if not pks or not any(column.name == "is_void" for column in _own_fields(referring)):
            continue
        for part in _parts(sorted(pks)):
            standing = referring._base_manager.filter(
                is_void=False, **{f"{relation.field.name}__in": part}
            ).values_list("pk", flat=True)
            if set(standing) - void.get(referring, set()):
                raise _builds_on(referring)


def _builds_on(model: type[models.Model]) -> ValidationError:
    return ValidationError(
        _("A later entry builds on this one (%(what)s). Correct that one first."),
        code="built_on",
        params={"what": model._meta.verbose_name},
    )


def _own_fields(model: type[models.Model]) -> list[models.Field]:
    return [column for column in model._meta.concrete_fields if not column.primary_key]


def _values(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """Values of the named fields as they stand in JSON; keys of other rows as numbers."""
    return {
        name: _jsonable(getattr(row, row._meta.get_field(name).attname))  # type: ignore[union-attr]
        for name in names
    }


def _jsonable(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    return value.isoformat() if isinstance(value, dt.date) else value


def _parts(pks: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(pks), _BATCH):
        yield pks[start : start + _BATCH]
