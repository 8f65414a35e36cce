"""The parts of a page say with a word what they say with a colour, and need no script."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.apps import apps
from django.template import Context, Template
from django.test import RequestFactory

from members.states import Stateful
from members.templatetags import ui


def show(source, **context):
    return Template("{% load ui icons %}" + source).render(Context(context))


class Thing:
    def __init__(self, state, word):
        self.state, self.word = state, word

    def get_state_display(self):
        return self.word


class ProgressForm(forms.Form):
    text = forms.CharField(label="进展", help_text="一两句话", widget=forms.Textarea)
    role = forms.ChoiceField(label="方式", choices=[("lead", "牵头"), ("assist", "协同")], widget=forms.RadioSelect)
    wait = forms.BooleanField(label="愿意候补", required=False)


class ItemFilter(forms.Form):
    q = forms.CharField(label="标题", required=False)
    kind = forms.MultipleChoiceField(label="清单", required=False, choices=[("problem", "问题"), ("project", "项目")])


@pytest.mark.parametrize(
    ("state", "tone"), [("open", "open"), ("in_hand", "doing"), ("confirmed", "done"), ("rectifying", "late")]
)
def test_a_state_shows_its_word_its_tone_and_an_icon(state, tone):
    shown = show("{% status thing %}", thing=Thing(state, "某状态"))
    assert f"is-{tone}" in shown
    assert "某状态" in shown
    assert 'aria-hidden="true"' in shown


def test_every_state_of_the_house_has_a_look_of_its_own():
    states = {value for model in apps.get_models() if issubclass(model, Stateful) for value in model.State.values}
    assert states - set(ui.LOOKS) == set()


def test_every_look_has_an_icon_that_exists():
    for look in ui.LOOKS.values():
        assert show("{% icon name %}", name=look.icon).startswith("<svg")


def test_a_state_that_nobody_has_drawn_yet_is_grey_but_keeps_its_word():
    shown = show("{% status thing %}", thing=Thing("unheard_of", "新状态"))
    assert "is-waiting" in shown
    assert "新状态" in shown


@pytest.mark.parametrize(
    ("days", "word"), [(-2, "逾期 2 天"), (0, "今天到期"), (1, "剩 1 天"), (30, "剩 30 天"), (None, "")]
)
def test_a_deadline_is_a_word(days, word):
    shown = show("{% due days %}", days=days)
    assert re.sub(r"<[^>]+>", "", shown).strip() == word


def test_places_are_counted_in_words_and_dots():
    shown = show("{% places 2 3 %}")
    assert "已认领 2 / 3 家" in shown
    assert shown.count("<circle") == 3
    assert shown.count("is-taken") == 2


def test_a_field_ties_its_hint_and_error_to_the_control():
    shown = show("{% field form.text draft='7-progress-1' %}", form=ProgressForm({}))
    assert 'aria-describedby="id_text_hint id_text_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'id="id_text_hint"' in shown
    assert 'id="id_text_error"' in shown
    assert 'data-draft="7-progress-1"' in shown


def test_a_group_of_choices_is_a_fieldset_whose_error_it_names():
    shown = show("{% field form.role %}", form=ProgressForm({}))
    assert "<fieldset" in shown
    assert "<legend" in shown
    assert 'aria-describedby="id_role_error"' in shown


def test_the_summary_of_errors_links_to_each_field():
    shown = show("{% errors form %}", form=ProgressForm({}))
    assert 'role="alert"' in shown
    assert 'href="#id_text"' in shown
    assert 'href="#id_role"' in shown
    assert show("{% errors form %}", form=ProgressForm()).strip() == ""


def test_a_chosen_filter_shows_its_words_and_the_way_to_drop_it():
    request = RequestFactory().get("/items/", {"kind": ["problem", "project"], "q": "排水", "page": "3"})
    shown = show("{% filter_chips form %}", form=ItemFilter(request.GET), request=request)
    assert "清单：问题、项目" in shown
    assert 'href="/items/?q=%E6%8E%92%E6%B0%B4"' in shown
    assert 'method="get"' in shown


def test_the_current_tab_is_marked_for_everybody():
    links = [
        SimpleNamespace(label="全部", url="/a", current=True, count=0),
        SimpleNamespace(label="我的", url="/b", current=False, count=None),
    ]
    shown = show("{% tabs links '视图' %}", links=links)
    assert shown.count('aria-current="page"') == 1
    assert ">0</span>" in shown
    assert shown.count("tabs__count") == 1


def test_a_stage_not_yet_reached_says_so():
    stages = [
        SimpleNamespace(label="征集", at=None, current=True),
        SimpleNamespace(label="确认", at=None, current=False),
    ]
    shown = show("{% tracker stages %}", stages=stages)
    assert shown.count("未到") == 2
    assert shown.count('aria-current="step"') == 1


def test_a_share_without_a_whole_is_a_dash():
    assert show("{% percent 1 4 %}") == "25.0%"
    assert "—" in show("{% percent 0 0 %}")


def test_text_from_people_stays_text_in_every_part():
    canary = "<script>alert(1)</script>"
    shown = show(
        "{% badge word %}{% kpi word word %}{% empty word word %}{% facts pairs %}"
        "{% timeline events %}{% crossings words %}",
        word=canary,
        words=[canary],
        pairs=[(canary, canary)],
        events=[SimpleNamespace(what=canary, at=None, who=canary, reason=canary)],
    )
    assert "<script" not in shown
