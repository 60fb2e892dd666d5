"""The whole page of one activity: fields, agenda, attendance grid and grades together."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from branches.access import Deed
from branches.models import Organization, OrganizationKind
from branches.querysets import granted_paths, under
from meetings.forms.activity import NOT_RECORDED, RECORDED, ActivityForm
from meetings.forms.agenda import MOST_ITEMS, AgendaFormSet
from meetings.forms.attachment import AttachmentsPart
from meetings.forms.attendance import Grid, Ticks, grid_for, list_changed, read_ticks
from meetings.forms.grades import GradesPart
from meetings.forms.lines import write_guests, write_materials
from meetings.models import Activity, Kind
from meetings.prefill import Prefill
from meetings.services import AgendaLine, Entry, entry_of
from meetings.services.entry import OWN_FIELDS

SEVERAL = ("kinds", "joint")  # fields of which an address or a form sends several values


class RecordPage:
    """Forms that are valid together or shown again together with all that was typed.

    Bound with `sent`; without it, filled from the activity that is edited or left empty. With
    `is_draft` what was sent is shown again without being judged.
    """

    def __init__(
        self,
        *,
        user: Any,
        today: dt.date,
        activity: Activity | None = None,
        host_code: str = "",
        prefill: Prefill | None = None,
        sent: QueryDict | None = None,
        is_draft: bool = False,
    ) -> None:
        self.today = today
        self.pasted_names = sent.get("pasted_names", "") if sent is not None else ""
        self.stored = entry_of(activity) if activity else None
        choices = choices_of(user, today=today, activity=activity)
        common = {"today": today, **choices}
        bound = sent if not is_draft else None
        initial: dict[str, Any]
        agenda: list[dict[str, Any]]
        if sent is not None and is_draft:
            initial, agenda = _as_typed(sent)
        elif self.stored is not None and activity is not None:
            initial, agenda = _as_stored(self.stored, activity)
        else:
            initial = {
                "held_on": today,
                "host": _usual_host(user, choices["hosts"], host_code, today=today),
                "entry_key": uuid.uuid4(),
            }
            agenda = []
            if prefill:
                # An organization that this user may not record for leaves the usual host.
                host = choices["hosts"].filter(pk=prefill.initial.get("host") or 0).first()
                initial |= prefill.initial | {"host": host or initial["host"]}
                agenda = [{"topic": topic} for topic in prefill.topics]
        self.form = ActivityForm(bound, initial=initial, **common)
        if prefill:
            # As long as the title is the offered one, it follows the day and the kinds.
            offered = prefill.initial.get("title", "")
            self.form.fields["title"].widget.attrs["data-suggested"] = offered
        self.agenda = AgendaFormSet(bound, initial=agenda, prefix="agenda")
        if sent is not None:
            self.ticks = read_ticks(sent)
            self._for_grid = ExpectedQuestion(sent, **common)
        else:
            stored = self.stored.exceptions if self.stored else None
            self.ticks = Ticks(
                states={pk: line.state.value for pk, line in (stored or {}).items()},
                reasons={pk: line.reason for pk, line in (stored or {}).items()},
            )
            self._for_grid = ExpectedQuestion(_question(initial), **common)
        self._for_grid.is_valid()
        self.grid = self._grid()
        self.grades = GradesPart(
            self._appraised(),
            sent=sent,
            is_draft=is_draft,
            stored=self.stored.grades if self.stored else (),
        )
        self.attachments = AttachmentsPart(user=user, activity=activity, sent=sent)

    def is_valid(self) -> bool:
        """Whether all parts are; errors about attendance stand at its field."""
        is_valid = self.form.is_valid() & self.agenda.is_valid() & self.grades.is_valid()
        if not {"kinds", "host", "joint", "held_on", "attendance"} & set(self.form.errors):
            is_valid &= self._is_attendance_valid()
        if is_valid and self.grades.lines() and not self._counts_as_appraisal():
            self.form.add_error("kinds", _not_an_appraisal())
            is_valid = False
        for reason in self.attachments.refused:
            self.form.add_error(None, reason)
        return is_valid and not self.attachments.refused

    def entry(self) -> Entry:
        """What the page says. Only after `is_valid()`."""
        values = self.form.cleaned_data
        return Entry(
            **{name: values[name] for name in OWN_FIELDS},
            credits=self.credits(),
            exceptions=self.ticks.exceptions if values["attendance"] == RECORDED else None,
            agenda=self.agenda.lines(),
            guests=values["guests"],
            materials=values["materials"],
            attachments=self.attachments.lines(),
            grades=self.grades.lines(),
        )

    def credits(self) -> tuple[tuple[str, Organization], ...]:
        """What it counts as.

        An imported record may count as different kinds for different organizations, which the
        fields cannot show: as long as they are left alone, so are its credits.
        """
        return _kept_credits(self.stored, self.form.credits())

    def _grid(self) -> Grid | None:
        question = self._for_grid
        day = question.cleaned_data.get("held_on")
        credits = _kept_credits(self.stored, question.credits())
        if not credits or day is None:
            return None
        return grid_for(credits, on=day, ticks=self.ticks, is_recorded=question.is_recorded)

    def _appraised(self) -> list[Organization]:
        """Whom the grades are asked for: those that the appraisal counts for, and before the kind
        is chosen everyone who took part, so that a choice can show the fields at once.
        """
        question = self._for_grid
        credits = _kept_credits(self.stored, question.credits())
        if appraised := [one for kind, one in credits if kind == Kind.DEMOCRATIC_APPRAISAL]:
            return appraised
        host = question.cleaned_data.get("host")
        return [host, *question.cleaned_data.get("joint", ())] if host else []

    def _counts_as_appraisal(self) -> bool:
        return any(kind == Kind.DEMOCRATIC_APPRAISAL for kind, _one in self.credits())

    def _is_attendance_valid(self) -> bool:
        problem = ""
        people = {row.member_id for row in self.grid.rows} if self.grid else set()
        if self.form.cleaned_data["attendance"] == NOT_RECORDED:
            if self.ticks.states:
                problem = _(
                    "People are marked below, but attendance is “not recorded”. Choose one."
                )
        elif not people:
            problem = _("Nobody was expected on that day, so there is no attendance to record.")
        elif people != self.ticks.shown or not set(self.ticks.states) <= people:
            problem = list_changed()
        if problem:
            self.form.add_error("attendance", problem)
        return not problem


def _not_an_appraisal() -> str:
    return _(
        "Grades are filled in below, but the record does not count as “%(kind)s”. Choose the kind "
        "or empty the grades."
    ) % {"kind": Kind.DEMOCRATIC_APPRAISAL.label}


class ExpectedQuestion(ActivityForm):
    """Of an activity's fields those that decide who was expected; none of them is required."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if name in ("held_on", "host", "kinds", "joint", "attendance"):
                self.fields[name].required = False
            else:
                del self.fields[name]

    def clean_held_on(self) -> dt.date | None:
        held_on: dt.date | None = self.cleaned_data["held_on"]
        return held_on

    @property
    def is_recorded(self) -> bool:
        return self.cleaned_data.get("attendance") == RECORDED


def choices_of(user: Any, *, today: dt.date, activity: Activity | None) -> dict[str, Any]:
    """`hosts` the user may record for and `partners` they may name.

    Those that the activity at hand already has are offered too: a host that is closed by now, a
    partner outside the user's scope.
    """
    everyone = Organization.objects.all()
    recordable = under(granted_paths(user, Deed.RECORD, on=today))
    readable = under(granted_paths(user, Deed.READ, on=today))
    if activity is None:
        return {
            "hosts": everyone.filter(recordable).open_on(today),
            "partners": everyone.filter(readable).open_on(today),
        }
    credited = activity.credits.order_by().values("organization")
    return {
        "hosts": everyone.filter(recordable),
        "partners": everyone.filter(readable) | everyone.filter(pk__in=credited),
    }


def _usual_host(user: Any, hosts: Any, code: str, *, today: dt.date) -> Organization | None:
    """The host asked for, or the one a user of a single branch always means."""
    if code:
        return hosts.with_code(code).first()
    tops = granted_paths(user, Deed.RECORD, on=today)
    if len(tops) != 1:
        return None
    return hosts.filter(path=tops[0]).exclude(kind=OrganizationKind.COMMITTEE).first()


def _kept_credits(
    stored: Entry | None, chosen: tuple[tuple[str, Organization], ...]
) -> tuple[tuple[str, Organization], ...]:
    if stored is None or not chosen:
        return chosen

    def outline(credits: tuple[tuple[str, Organization], ...]) -> tuple[set[str], set[int]]:
        kinds = {kind for kind, _organization in credits}
        return kinds, {one.pk for _kind, one in credits} | {host}

    host = chosen[0][1].pk
    is_untouched = stored.host.pk == host and outline(stored.credits) == outline(chosen)
    return stored.credits if is_untouched else chosen


def _as_stored(entry: Entry, activity: Activity) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    own: dict[str, Any] = {name: getattr(entry, name) for name in OWN_FIELDS}
    initial = own | {
        "host": entry.host.pk,
        "kinds": list(dict.fromkeys(kind for kind, _organization in entry.credits)),
        "joint": [
            pk
            for pk in dict.fromkeys(one.pk for _kind, one in entry.credits)
            if pk != entry.host.pk
        ],
        "materials": write_materials(entry.materials),
        "guests": write_guests(entry.guests),
        "attendance": NOT_RECORDED if entry.exceptions is None else RECORDED,
        "version": activity.version,
        "entry_key": uuid.uuid4(),  # under which files are kept until this form is saved
    }
    names = AgendaLine.__dataclass_fields__
    return initial, [{name: getattr(line, name) for name in names} for line in entry.agenda]


def _as_typed(sent: QueryDict) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What was sent, unjudged, as initial values."""
    initial: dict[str, Any] = {
        name: sent.getlist(name) if name in SEVERAL else sent.get(name, "")
        for name in ActivityForm.base_fields
    }
    rows = sent.get("agenda-TOTAL_FORMS", "")
    count = min(int(rows), MOST_ITEMS) if rows.isascii() and rows.isdigit() else 0
    typed = [
        {name: sent.get(f"agenda-{row}-{name}", "") for name in AgendaLine.__dataclass_fields__}
        for row in range(count)
    ]
    return initial, [row for row in typed if any(row.values())]


def _question(initial: Mapping[str, Any]) -> dict[str, Any]:
    """Initial values as a browser would send them."""
    question = {
        name: initial[name]
        for name in ("held_on", "host", "kinds", "joint", "attendance")
        if initial.get(name)
    }
    if isinstance(host := question.get("host"), Organization):
        question["host"] = host.pk
    return question
