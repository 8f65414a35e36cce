"""What people hand in on the pages of imports; what is in the file is the import's own affair."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.uploads import TABLES, accepted, check_upload, safe_name, words


class ImportForm(forms.Form):
    """One spreadsheet, known by its content."""

    file = forms.FileField(label=_("表格文件"), widget=forms.ClearableFileInput(attrs={"accept": accepted(TABLES)}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("%(kinds)s，不超过 20 MB、10 万行。") % {"kinds": words(TABLES)}

    def clean_file(self) -> Any:
        """The file under a name that can be shown."""
        file = self.cleaned_data["file"]
        file.name = safe_name(file.name, check_upload(file, TABLES))
        return file
