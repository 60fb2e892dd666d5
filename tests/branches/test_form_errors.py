"""The list of errors on top of a page, and what the form package draws around a field."""

from django import forms
from django.template import Context, Template

from branches.templatetags.form_errors import Problem, form_errors


class MeetingForm(forms.Form):
    title = forms.CharField(label="标题", help_text="不超过四十字。")
    holiday = forms.ChoiceField(
        label="节日",
        choices=[("spring", "春节"), ("may", "五一")],
        widget=forms.RadioSelect,
        help_text="只在廉政教育时填写。",
    )
    key = forms.CharField(label="键", widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("同一天已有这条记录。")


class TopicForm(forms.Form):
    topic = forms.CharField(label="议题")


TopicFormSet = forms.formset_factory(TopicForm, extra=0)
TWO_TOPICS_ONE_EMPTY = {
    "form-TOTAL_FORMS": "2",
    "form-INITIAL_FORMS": "2",
    "form-0-topic": "选举",
    "form-1-topic": "",
}


def test_every_error_points_to_its_control_and_the_general_one_to_none():
    targets = [(problem.target, problem.label) for problem in form_errors(MeetingForm({}))]

    assert targets == [
        ("", ""),
        ("id_title", "标题"),
        ("id_holiday_0", "节日"),
        ("", ""),  # a hidden field: its name says nothing to people
    ]


def test_an_error_in_a_row_says_which_row():
    (problem,) = form_errors(None, [TopicFormSet(TWO_TOPICS_ONE_EMPTY)])

    assert problem.target == "id_form-1-topic"
    assert "2" in problem.label and problem.label.endswith("议题")


def test_what_is_no_form_or_not_yet_filled_in_has_no_errors():
    assert form_errors("", "") == []
    assert form_errors(MeetingForm(), [TopicFormSet()]) == []


def test_the_summary_escapes_what_a_message_repeats():
    page = Template('{% include "_error_summary.html" %}').render(
        Context({"problems": [Problem("id_x", "<b>", "<script>")]})
    )

    assert "<script>" not in page and "&lt;script&gt;" in page
    assert 'href="#id_x"' in page


def test_a_drawn_form_has_no_inline_style_and_links_its_help_to_the_control():
    page = Template("{% load crispy_forms_filters %}{{ form|crispy }}").render(
        Context({"form": MeetingForm({})})
    )

    assert "style=" not in page
    assert 'aria-describedby="id_title_helptext id_title_error"' in page
    assert 'id="id_title_error"' in page


def test_help_and_error_of_a_choice_stand_before_the_first_choice():
    page = Template("{% load crispy_forms_filters %}{{ form|crispy }}").render(
        Context({"form": MeetingForm({})})
    )

    assert (
        page.index('id="id_holiday_helptext"')
        < page.index('id="id_holiday_error"')
        < page.index('id="id_holiday_0"')
    )


def test_general_errors_are_not_said_twice():
    page = Template("{% load crispy_forms_filters %}{{ form|crispy }}").render(
        Context({"form": MeetingForm({})})
    )

    assert "同一天已有这条记录。" not in page


def test_a_formset_whose_count_was_lost_says_so_once():
    problems = form_errors(None, [TopicFormSet({"form-0-topic": "一"})])
    assert [(problem.target, problem.label) for problem in problems] == [("", "")]
    assert "ManagementForm" not in problems[0].message
