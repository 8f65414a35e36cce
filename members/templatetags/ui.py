"""The parts of a page: one tag a component, each with its partial in ``templates/``."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django import forms, template
from django.core.paginator import Page
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


class Look(NamedTuple):
    """How a state looks: a tone (class ``is-…``) and an icon. The word comes from the model."""

    tone: str
    icon: str


PLAIN = Look("waiting", "circle-dot")
LOOKS = {
    # running, in hand
    "active": Look("doing", "activity"),
    "in_hand": Look("doing", "loader-circle"),
    "running": Look("doing", "loader-circle"),
    "scoring": Look("doing", "clipboard-check"),
    "checking": Look("doing", "loader-circle"),
    "applying": Look("doing", "loader-circle"),
    "standing": Look("doing", "user-round-check"),
    "taking_part": Look("doing", "user-round-check"),
    "under_way": Look("doing", "loader-circle"),
    "sounded": Look("doing", "megaphone"),
    "arrived": Look("doing", "footprints"),
    "selecting": Look("doing", "list-checks"),
    "current": Look("doing", "circle-check"),
    # asked for; nobody has it yet
    "seeking": Look("open", "circle-dashed"),
    "open": Look("open", "circle-dashed"),
    "invited": Look("open", "circle-dashed"),
    "asked": Look("open", "hourglass"),
    "offered": Look("open", "bell-ring"),
    "uploaded": Look("open", "hourglass"),
    "checked": Look("open", "file-search"),
    "collected": Look("open", "inbox"),
    "called": Look("open", "megaphone"),
    # waiting for somebody's word
    "submitted": Look("open", "hourglass"),
    "nominated": Look("open", "hourglass"),
    "proposed": Look("open", "hourglass"),
    "pending": Look("open", "hourglass"),
    "asking": Look("open", "hourglass"),
    "waiting": Look("open", "hourglass"),
    "answered": Look("open", "hourglass"),
    "lodged": Look("open", "hourglass"),
    "ready": Look("open", "clipboard-check"),
    "done": Look("waiting", "message-square-text"),
    "reported": Look("waiting", "message-square-text"),
    "finished": Look("waiting", "message-square-text"),
    "draft": Look("waiting", "pen-line"),
    "voting": Look("open", "vote"),
    # somebody has it
    "claimed": Look("claimed", "circle-dot"),
    "linked": Look("claimed", "link-2"),
    "taken": Look("claimed", "hand-helping"),
    "studied": Look("claimed", "eye"),
    "signed_for": Look("claimed", "pen-line"),
    "signing": Look("claimed", "pen-line"),
    "planned": Look("claimed", "calendar-days"),
    "booked": Look("claimed", "calendar-check"),
    # good ends
    "accepted": Look("done", "circle-check"),
    "applied": Look("done", "circle-check"),
    "adopted": Look("done", "circle-check"),
    "approved": Look("done", "circle-check"),
    "chosen": Look("done", "circle-check"),
    "closed": Look("done", "circle-check"),
    "carried_out": Look("done", "circle-check"),
    "upheld": Look("done", "scale"),
    "ruled_done": Look("done", "scale"),
    "complete": Look("done", "circle-check"),
    "confirmed": Look("done", "circle-check"),
    "in_place": Look("done", "circle-check"),
    "held": Look("done", "circle-check"),
    "evaluated": Look("done", "star"),
    "published": Look("done", "megaphone"),
    "settled": Look("done", "circle-check"),
    "signed": Look("done", "file-check"),
    "registered": Look("done", "circle-check"),
    "joined": Look("done", "circle-check"),
    "thanked": Look("done", "hand-heart"),
    "granted": Look("done", "circle-check"),
    "passed": Look("done", "circle-check"),
    "valid": Look("done", "circle-check"),
    "drawable": Look("open", "key-round"),
    # back, or over
    "declined": Look("open", "undo-2"),
    "not_here": Look("waiting", "circle-dot"),
    "not_admitted": Look("waiting", "circle-x"),
    "overruled": Look("waiting", "undo-2"),
    "released": Look("waiting", "undo-2"),
    "undone": Look("waiting", "undo-2"),
    "rejected": Look("waiting", "circle-x"),
    "reversed": Look("waiting", "undo-2"),
    "reversing": Look("open", "hourglass"),
    "returned": Look("open", "undo-2"),
    "cancelled": Look("waiting", "archive"),
    "called_off": Look("waiting", "archive"),
    "dropped": Look("waiting", "archive"),
    "retired": Look("waiting", "archive"),
    "stopped": Look("waiting", "archive"),
    "dissolved": Look("waiting", "archive"),
    "ended": Look("waiting", "archive"),
    "not_agreed": Look("open", "undo-2"),
    "retracted": Look("waiting", "undo-2"),
    "turned_down": Look("open", "undo-2"),
    "left": Look("waiting", "archive"),
    "withdrawn": Look("waiting", "undo-2"),
    "merged": Look("waiting", "archive"),
    "forwarded": Look("waiting", "forward"),
    "ruled_back": Look("open", "undo-2"),
    "consulting": Look("claimed", "message-square-text"),
    "in_force": Look("done", "file-check"),
    "expired": Look("late", "calendar-days"),
    "present": Look("doing", "activity"),
    "over": Look("waiting", "circle-check"),
    "superseded": Look("waiting", "archive"),
    "lapsed": Look("waiting", "archive"),
    "revoked": Look("waiting", "archive"),
    "withheld": Look("waiting", "archive"),
    "lifted": Look("waiting", "undo-2"),
    "dismissed": Look("waiting", "circle-x"),
    # trouble
    "rectifying": Look("late", "triangle-alert"),
    "ordered": Look("late", "triangle-alert"),
    "refused": Look("late", "circle-x"),
    "ruled_out": Look("late", "ban"),
    "failed": Look("late", "circle-x"),
    "stalled": Look("late", "circle-x"),
    # what a review proposes
    "rectify": Look("late", "triangle-alert"),
    "dissolve": Look("late", "ban"),
    "observe": Look("open", "eye"),
    "reward": Look("done", "award"),
    "merge": Look("open", "network"),
    # how an alliance stands after a review
    "red": Look("late", "triangle-alert"),
    "amber": Look("open", "eye"),
    "green": Look("done", "circle-check"),
    "none": Look("waiting", "circle-dashed"),
}

KINDS = {"problem": "brand", "resource": "done", "supply_demand": "doing", "project": "claimed"}

SOON_DAYS = 3


@register.inclusion_tag("_status.html")
def status(thing: Any, field: str = "state") -> dict[str, Any]:
    """A state as word + colour + icon; ``thing`` has the field and its ``get_…_display``."""
    value = getattr(thing, field)
    return status_of(str(value), getattr(thing, f"get_{field}_display")())


@register.inclusion_tag("_status.html")
def state_word(value: str, label: str) -> dict[str, Any]:
    """The same for a bare state: its value and its word."""
    return status_of(value, label)


def status_of(value: str, label: str) -> dict[str, Any]:
    """What ``_status.html`` shows for a state."""
    return {"look": LOOKS.get(value, PLAIN), "label": label}


@register.inclusion_tag("_badge.html")
def kind(thing: Any, field: str = "kind") -> dict[str, Any]:
    """The kind of a list or item in two characters: 问题, 资源, 供需 or 项目."""
    tone = KINDS.get(str(getattr(thing, field)), "waiting")
    return {"tone": tone, "label": str(getattr(thing, f"get_{field}_display")()).removesuffix("清单")}


@register.inclusion_tag("_badge.html")
def badge(label: str, tone: str = "waiting", icon: str = "") -> dict[str, Any]:
    """A small label; tones: doing, done, open, claimed, waiting, late, brand, outline."""
    return {"tone": tone, "label": label, "icon": icon}


@register.inclusion_tag("_crossings.html")
def crossings(labels: Iterable[str]) -> dict[str, Any]:
    """The computed ways of crossing (跨领域, 跨层级 …) as outlined labels."""
    return {"labels": list(labels)}


@register.inclusion_tag("_due.html")
def due(days: int | None) -> dict[str, Any]:
    """The word for a deadline that many days away (negative: past; None: nothing is shown)."""
    if days is None:
        return {"word": ""}
    if days < 0:
        return {"word": _("逾期 %(days)s 天") % {"days": -days}, "tone": "late", "icon": "triangle-alert"}
    if days == 0:
        return {"word": _("今天到期"), "tone": "late", "icon": "clock"}
    tone = "soon" if days <= SOON_DAYS else "far"
    return {"word": _("剩 %(days)s 天") % {"days": days}, "tone": tone, "icon": "clock"}


@register.inclusion_tag("_places.html")
def places(taken: int, capacity: int) -> dict[str, Any]:
    """How many of an item's places are claimed: dots (up to eight) and the words."""
    dots = [{"x": 7 + 14 * n, "taken": n < taken} for n in range(capacity)] if capacity <= 8 else []
    return {"taken": taken, "capacity": capacity, "dots": dots, "width": 14 * len(dots)}


@register.inclusion_tag("_kpi.html")
def kpi(
    label: str,
    value: Any,
    unit: str = "",
    note: Any = "",
    icon: str = "",
    tone: str = "",
    url: str = "",
    trend: Any = "",
) -> dict[str, Any]:
    """A key figure; ``trend`` is a ready sparkline; None shows a dash."""
    return {
        "label": label,
        "value": value,
        "unit": unit,
        "note": note,
        "icon": icon,
        "tone": tone,
        "url": url,
        "trend": trend,
    }


@register.inclusion_tag("_empty.html")
def empty(
    title: str, text: str = "", icon: str = "inbox", url: str = "", action: str = "", verbs: Any = (), of: Any = None
) -> dict[str, Any]:
    """What a list shows when it is empty, with the way on where there is one: an address and its word, or the first
    of the page's ``verbs`` (buttons that the user may press), spoken on the thing ``of``."""
    verb = verbs[0] if verbs and not url else None
    if verb is not None:
        url, action = reverse(verb.url, args=[of.pk]), verb.label
    return {"title": title, "text": text, "icon": icon, "url": url, "action": action, "sheet": verb and verb.sheet}


@register.inclusion_tag("_tabs.html")
def tabs(links: Iterable[Any], label: str, css: str = "tabs") -> dict[str, Any]:
    """Links with ``label url current count`` (and ``icon``); ``css`` is tabs, ``tabs tabs--phone`` or segments."""
    return {"links": links, "name": label, "css": css, "part": css.split(maxsplit=1)[0]}


@register.inclusion_tag("_steps.html")
def steps(labels: Sequence[str], current: int) -> dict[str, Any]:
    """The steps of a form in several pages; ``current`` counts from 1."""
    return {
        "steps": [
            {"label": label, "number": n, "passed": n < current, "current": n == current}
            for n, label in enumerate(labels, 1)
        ],
        "current": current,
        "total": len(labels),
    }


@register.inclusion_tag("_tracker.html")
def tracker(stages: Iterable[Any]) -> dict[str, Any]:
    """The closed loop: stages with ``label``, ``at`` (None: not yet), ``current``."""
    return {"stages": stages}


@register.inclusion_tag("_timeline.html")
def timeline(events: Iterable[Any]) -> dict[str, Any]:
    """What happened, newest first: events with ``what``, ``at``, ``who``, ``reason``."""
    return {"events": events}


@register.inclusion_tag("_facts.html")
def facts(pairs: Iterable[tuple[str, Any]], wide: bool = False) -> dict[str, Any]:
    """Names and values side by side; an empty value shows a dash."""
    return {"pairs": pairs, "wide": wide}


DASHES = BLANK_CHOICE_DASH[0][1]
"""What Django shows where nothing is chosen yet."""


@register.inclusion_tag("_field.html")
def field(bound: BoundField, **attrs: str) -> dict[str, Any]:
    """A form field with label, hint and error, tied together for screen readers.

    Further names become attributes of the widget: ``draft="progress-7"`` gives ``data-draft``.
    """
    widget = bound.field.widget
    if isinstance(widget, forms.Select):
        widget.choices = [(value, _("请选择") if label == DASHES else label) for value, label in widget.choices]
    grouped = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    single = isinstance(widget, forms.CheckboxInput)
    extra: dict[str, Any] = {}
    if "draft" in attrs:
        extra["data-draft"] = attrs.pop("draft")
    extra |= attrs
    described = [f"{bound.id_for_label}_hint"] if bound.help_text and bound.id_for_label else []
    if bound.errors:
        described.append(f"{bound.auto_id}_error")
        extra["aria-invalid"] = "true"
    if described and not grouped:
        extra["aria-describedby"] = " ".join(described)
    return {
        "bound": bound,
        "grouped": grouped,
        "single": single,
        "control": "" if grouped else bound.as_widget(attrs=extra),
    }


@register.inclusion_tag("_errors.html")
def errors(form: forms.BaseForm) -> dict[str, Any]:
    """The summary over a refused form: each error links to its field."""
    return {"form": form, "listed": [bound for bound in form if bound.errors and not bound.is_hidden]}


@register.inclusion_tag("_hidden.html")
def hidden(form: forms.BaseForm) -> dict[str, Any]:
    """The hidden fields of a form whose visible ones are laid out by hand."""
    return {"form": form}


@register.inclusion_tag("_filters.html", takes_context=True)
def filter_chips(context: Context, form: forms.BaseForm, search: str = "q") -> dict[str, Any]:
    """A filter form as chips (GET, no script needed); ``search`` names the free-text field."""
    request: HttpRequest = context["request"]
    return {
        "search": form[search] if search in form.fields else None,
        "chips": [chip_of(request, bound) for bound in form if bound.name != search and not bound.is_hidden],
        "hidden": form.hidden_fields(),
        "path": request.path,
        "any": any(request.GET.get(name) for name in form.fields),
    }


def chip_of(request: HttpRequest, bound: BoundField) -> dict[str, Any]:
    """One filter: its field, the words now chosen, the address without it."""
    chosen = [value for value in request.GET.getlist(bound.name) if value]
    words = dict(flat_choices(bound))
    query = request.GET.copy()
    for name in (bound.name, "page", "cursor"):
        query.pop(name, None)
    return {
        "bound": bound,
        "words": "、".join(words.get(value, value) for value in chosen),
        "set": bool(chosen),
        "clear": f"{request.path}?{query.urlencode()}",
    }


def flat_choices(bound: BoundField) -> Iterable[tuple[str, str]]:
    """The choices of a field without their groups."""
    for value, label in getattr(bound.field, "choices", ()):
        if isinstance(label, list | tuple):
            yield from ((str(inner), str(word)) for inner, word in label)
        else:
            yield str(value), str(label)


@register.inclusion_tag("_pagination.html", takes_context=True)
def pagination(context: Context, page: Page) -> dict[str, Any]:
    """Numbered pages; the other parts of the query stay."""
    return {
        "request": context["request"],
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
    }


@register.inclusion_tag("_cursor.html")
def cursor_pagination(previous: str | None, following: str | None, count: int | None = None) -> dict[str, Any]:
    """Pages by cursor: the two addresses, None at an end."""
    return {"previous": previous, "following": following, "count": count}


@register.simple_tag
def percent(part: float | None, whole: float | None = 1) -> str | SafeString:
    """A share in per cent with one place; a dash where there is no whole."""
    if part is None or not whole:
        return format_html('<span title="{}">—</span>', _("暂无数据"))
    return f"{part / whole:.1%}"
