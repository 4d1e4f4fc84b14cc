"""The file to bring in, and which of its columns fills which field."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.people.importing.fields import FIELDS, never_taken
from portal.people.importing.mapping import Column, Mapping, from_json
from portal.people.models import Site

HINTS = {
    "number": _("People are recognised by it, so it is needed."),
    "family_name": _("A row without any name is shown by its number: no name is invented."),
    "team": _("“Rivage / Data / River data” makes the teams that are missing."),
    "manager": _("The employee number of the manager."),
    "joined_on": _("2026-01-31 or 31/01/2026."),
}


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, with the names of the columns in the first line; 50 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class ColumnsForm(forms.Form):
    """One choice a field, among the columns of the file that may be taken."""

    site_for_all = forms.ModelChoiceField(label=_("Site, where no column says it"), queryset=Site.objects.none(), required=False)
    split = forms.CharField(label=_("Between two skills of a cell stands"), max_length=3, initial=";", required=False)

    def __init__(self, *args, bringing, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site_for_all"].queryset = Site.objects.all()
        stored = from_json(bringing.mapping)
        columns = [("", _("Nothing"))] + [(heading, heading) for heading in bringing.headings if heading and not never_taken(heading)]
        chosen = {}
        for name, field in FIELDS.items():
            hint = HINTS.get(name, "")
            chosen[name] = forms.ChoiceField(label=field.label, choices=columns, required=name == "number", help_text=hint)
            if name in stored.columns:
                chosen[name].initial = stored.columns[name].column
        self.fields = {**chosen, **self.fields}
        self.order_fields(list(self.fields))
        if "site" in stored.constants:
            self.fields["site_for_all"].initial = Site.objects.filter(code=stored.constants["site"]).first()

    def mapping(self) -> Mapping:
        """What was chosen."""
        said = self.cleaned_data
        split = said["split"] or ""
        columns = {name: Column(said[name], split=split if name == "skills" else "") for name in FIELDS if said.get(name)}
        return Mapping(columns, {"site": said["site_for_all"].code} if said["site_for_all"] else {})
