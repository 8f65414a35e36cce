"""The bulk bar (批量办理): one verb and one reason for many items, each under its own right and its own lock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from listings.models import Item
from listings.transitions import open_, return_, study
from members.mouths import demand
from members.states import Refused

MOST = 100


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb that the bar knows: its word, who may speak it, whether it needs a reason."""

    label: str | Promise
    able: str
    verb: Callable[..., Any]
    reason_needed: bool = False


DEEDS = {
    "study": Deed(gettext_lazy("研判"), "studyable_by", study),
    "open": Deed(gettext_lazy("开放认领"), "openable_by", open_),
    "return": Deed(gettext_lazy("退回"), "studyable_by", return_, reason_needed=True),
}


@dataclass(slots=True)
class Outcome:
    """What became of each: the items that were done, and those that were not, each with a code and why in words."""

    done: list[Item] = field(default_factory=list)
    failed: list[tuple[int, Item | None, str, str]] = field(default_factory=list)

    @property
    def denial(self) -> str:
        """The code of the first item that was not the user's to act on; security's trail remembers it."""
        return next((code for _pk, _item, code, _why in self.failed if code in ("not_found", "permission_denied")), "")


def act(verb: str, ids: Iterable[int], *, by: Any, at: datetime, reason: str = "") -> Outcome:
    """Speak the verb on each item, one after another in the order of their ids; what fails stops no other.

    What the user does not see fails like what does not exist.
    """
    deed, outcome = DEEDS[verb], Outcome()
    wanted = sorted(set(ids))
    seen = {item.pk: item for item in Item.objects.visible_to(by).filter(pk__in=wanted)}
    for pk in wanted:
        item = seen.get(pk)
        if item is None:
            outcome.failed.append((pk, None, "not_found", _("没有这个事项。")))
            continue
        try:
            demand(item, by, deed.able, "overseen_by")
            deed.verb(item, by=by, at=at, reason=reason)
            outcome.done.append(item)
        except Refused as refused:
            outcome.failed.append((pk, item, refused.code, refused.message))
        except PermissionDenied as denied:
            outcome.failed.append((pk, item, "permission_denied", str(denied)))
        except ValidationError as invalid:
            outcome.failed.append((pk, item, "invalid", " ".join(invalid.messages)))
    return outcome
