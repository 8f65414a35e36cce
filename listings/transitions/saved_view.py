"""The verbs of saved views: kept under a name, dropped."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from listings.filters.item import ItemFilter
from listings.models import Item, SavedView
from members.lifecycle import lock, note
from members.models import Organization, User
from members.states import Refused

MOST = 20
LONGEST = 500
KEPT = {*ItemFilter.base_filters, "ordering"}
"""What a saved view may ask: the filters of items and the order, never a place in the list."""


def save_view(
    user: User, *, name: str, query: str = "", look: str = SavedView.Look.LIST,
    organization: Organization | None = None, at: datetime,
) -> SavedView:  # fmt: skip
    """Keep a question under a name; the same name again says the new question. With ``organization`` it is shared.

    Raises ValidationError for a question that the list does not know, Refused ``too_many`` beyond twenty.
    """
    name = name.strip()
    if not name:
        raise ValidationError({"name": _("请给视图起个名字。")})
    with transaction.atomic():
        owner = User.objects.select_for_update().get(pk=user.pk)
        there = owner.saved_views.filter(name=name).first()
        if there is None and owner.saved_views.count() >= MOST:
            raise Refused("too_many", _("最多保存 %(most)s 个视图，请先删去不用的。") % {"most": MOST})
        view = there or SavedView(user=owner, name=name)
        view.query, view.look, view.organization, view.saved_at = plain(query), look, organization, at
        view.clean_fields(exclude=["user", "organization"])
        view.save()
        note(owner, "save_view", at=at, by=owner, organization=organization, detail={"name": name})
    return view


def plain(query: str) -> str:
    """The question with only what the list of items knows."""
    try:
        asked = QueryDict(query.removeprefix("?")[: 4 * LONGEST], mutable=True)
    except UnicodeError as odd:
        raise ValidationError({"query": _("筛选条件不可用。")}) from odd
    for name in set(asked) - KEPT:
        del asked[name]
    for name in [name for name in asked if not asked[name]]:
        del asked[name]
    said = asked.urlencode()
    if len(said) > LONGEST or not ItemFilter(asked, queryset=Item.objects.none()).form.is_valid():
        raise ValidationError({"query": _("筛选条件不可用。")})
    return said


def drop_view(view: SavedView, *, by: Any, at: datetime) -> None:
    """Forget a saved view; for everybody, where it was shared."""
    with transaction.atomic():
        lock(view)
        note(view.user, "drop_view", at=at, by=by, organization=view.organization, detail={"name": view.name})
        view.delete()
