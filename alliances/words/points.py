"""What the deeds on point, line, area are called on pages, and the buttons that do them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from members.buttons import Button

VERBS = {
    "designate": _("命名示范点"),
    "undesignate": _("撤销示范点"),
    "lay": _("命名"),
    "rename": _("改名"),
    "arrange": _("排列站点"),
    "end_belt": _("撤销命名"),
}

BELT_BUTTONS = (
    Button(_("排列站点"), "belts:arrange", "arrangeable_by", "list-ordered"),
    Button(_("改名"), "belts:rename", "arrangeable_by", "pencil"),
    Button(_("撤销命名"), "belts:end", "arrangeable_by", "archive", danger=True),
)
