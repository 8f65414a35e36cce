"""The empty table that people fill in: headings with their drop-downs, and a sheet that explains each column."""

from __future__ import annotations

from django.utils.translation import gettext as _

from members.importing.importer import Importer
from members.spreadsheets import Sheet


def template_sheets(importer: Importer) -> tuple[Sheet, Sheet]:
    """The table to fill in and the explaining sheet."""
    columns = [column for column in importer.columns if not column.shown]
    choices = {place: column.words for place, column in enumerate(columns) if column.words}
    marked = [f"{column.label}*" if column.required else str(column.label) for column in columns]
    about = [[str(said), "", "", ""] for said in importer.about]
    about += [["", "", "", ""], [_("列"), _("要不要填"), _("怎样填"), _("可以填的内容")]]
    about += [
        [
            str(column.label), _("必填") if column.required else _("选填"), str(column.help),
            "、".join(column.words),
        ]
        for column in columns
    ]  # fmt: skip
    return (
        Sheet(str(importer.label), marked, (), choices),
        Sheet(_("填写说明"), [_("填写说明"), "", "", ""], about, widths={0: 24, 1: 12, 2: 48, 3: 60}),
    )
