"""The select that is written at once is the one that Django writes."""

from typing import Any

import pytest
from django import forms
from django.test.html import parse_html

from branches.forms.fields import LongSelect, OrganizationChoiceField
from branches.models import Organization
from tests.factories import make_organization

CHOICES = [("", "请选择"), ("a", "<甲> & 乙"), ("b\"'", "丙")]


@pytest.mark.parametrize("value", ["", None, "a", "b\"'", "none of them"])
@pytest.mark.parametrize("attrs", [{}, {"id": "id_x", "class": "form-select", "required": True}])
def test_it_is_the_mark_up_of_django(value: Any, attrs: dict[str, Any]) -> None:
    ours, theirs = (
        kind(attrs={"aria-label": "名"}, choices=CHOICES).render("x", value, attrs)
        for kind in (LongSelect, forms.Select)
    )
    assert parse_html(ours) == parse_html(theirs)


@pytest.mark.django_db
def test_a_field_of_organizations_marks_the_chosen_one() -> None:
    make_organization("D01")
    chosen = make_organization("D02", name="<第二>")

    class Choosing(forms.Form):
        place = OrganizationChoiceField(queryset=Organization.objects.all())

    page = str(Choosing({"place": str(chosen.pk)})["place"])
    assert f'<option value="{chosen.pk}" selected>&lt;第二&gt;</option>' in page
    assert page.count(" selected") == 1
    assert Choosing({"place": str(chosen.pk)}).is_valid()
