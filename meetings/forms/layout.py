"""Parts of a form that show when they are needed."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Div
from django.forms import BaseForm
from django.template.loader import render_to_string


def for_kinds(kinds: Iterable[str], *fields: Any, **attributes: Any) -> Div:
    """Fields of the given kinds: `kind_fields.js` hides them with the others while they are empty.

    Without JavaScript they always show.
    """
    return Div(*fields, data_kinds=" ".join(kinds), **attributes)


class Folded(Div):
    """Fields that few records need, folded away; open while one holds a value or an error.

    The choice of one of `kinds` opens it.
    """

    template = "meetings/_folded.html"

    def __init__(self, summary: Any, *fields: Any, kinds: Iterable[str] = ()) -> None:
        super().__init__(*fields)
        self.summary = summary
        self.kinds = " ".join(kinds)

    def render(self, form: BaseForm, context: Any, template_pack: Any = None, **kwargs: Any) -> str:
        kwargs = {"template_pack": template_pack} if template_pack else {}
        names = [pointer.name for pointer in self.get_field_names()]
        return render_to_string(
            self.template,
            {
                "summary": self.summary,
                "kinds": self.kinds,
                "is_open": any(_says_something(form, name) for name in names),
                "fields": self.get_rendered_fields(form, context, **kwargs),
            },
        )


def _says_something(form: BaseForm, name: str) -> bool:
    return name in form.fields and (bool(form.errors.get(name)) or bool(form[name].value()))
