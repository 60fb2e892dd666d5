"""Where the fields of an activity stand on its page, and with which kinds they come."""

from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from meetings.forms.layout import Folded, for_kinds
from meetings.models import Kind
from meetings.reading import label_of

# Kinds whose form (a film, a visit) is told, whose hours count, in which texts are studied.
KINDS_WITH_FORM = (
    Kind.THEMED_PARTY_DAY,
    Kind.GROUP_STUDY,
    Kind.INTEGRITY_EDUCATION,
    Kind.SPECIAL_SEMINAR,
    Kind.YOUTH_ACTIVITY,
)
KINDS_WITH_HOURS = (Kind.GROUP_STUDY, Kind.PARTY_LECTURE)
KINDS_OF_STUDY = (Kind.PARTY_LECTURE, *KINDS_WITH_FORM)
_JOINT = Folded(gettext_lazy("Joint activity"), Div("joint", css_class="choice-scroll"))


def layout_of(*, is_alone: bool) -> Layout:
    """The page from top to bottom; `is_alone`: there is nobody to hold an activity with."""
    return Layout(
        "version",
        "entry_key",
        Fieldset(
            gettext_lazy("What was held"),
            Div("held_on", "start_time", "end_time", css_class="field-row"),
            "host",
            Field("kinds", css_class="kinds"),
            *([] if is_alone else [_JOINT]),
            for_kinds([Kind.INTEGRITY_EDUCATION], "holiday"),
            "title",
            "place",
            for_kinds(KINDS_WITH_FORM, "form"),
            HTML('{% include "meetings/_forms_of_activity.html" %}'),
        ),
        Fieldset(
            gettext_lazy("Who led it"),
            "chair",
            "recorder",
            for_kinds([Kind.PARTY_LECTURE], "lecturer"),
        ),
        Fieldset(
            gettext_lazy("Who was there"),
            "attendance",
            HTML('{% include "meetings/_expected_frame.html" %}'),
            Folded(gettext_lazy("Guests"), "guests"),
        ),
        Fieldset(gettext_lazy("Agenda"), HTML('{% include "meetings/_agenda.html" %}')),
        Fieldset(
            gettext_lazy("What was said and decided"),
            "minutes",
            "decision",
            for_kinds([Kind.DEMOCRATIC_APPRAISAL], HTML('{% include "meetings/_grades.html" %}')),
            Folded(
                gettext_lazy("What was studied"),
                "materials",
                for_kinds(KINDS_WITH_HOURS, Field("study_hours", wrapper_class="input-short")),
                kinds=KINDS_OF_STUDY,
            ),
            Folded(capfirst(label_of("highlight")), "highlight"),
        ),
        Fieldset(gettext_lazy("Attachments"), HTML('{% include "meetings/_attachments.html" %}')),
    )
