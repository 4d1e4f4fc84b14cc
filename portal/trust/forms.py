"""What HR administrators fill in: the filters of the audit log, and the consultation that turns a part on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal import clock


class AuditFilter(forms.Form):
    """Every field may stay empty."""

    action = forms.CharField(label=_("Act"), required=False, max_length=60, help_text=_("The beginning is enough: account., person., data."))
    actor = forms.CharField(label=_("Who"), required=False, max_length=40, help_text=_("As the log writes it: user:12, worker, visitor."))
    target = forms.CharField(label=_("On what"), required=False, max_length=80)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def narrow(self, rows):
        """The rows that fit what was filled in."""
        asked = self.cleaned_data
        if asked.get("action"):
            rows = rows.filter(action__startswith=asked["action"])
        for name in ("actor", "target"):
            if asked.get(name):
                rows = rows.filter(**{name: asked[name]})
        if asked.get("since"):
            rows = rows.filter(at__date__gte=asked["since"])
        if asked.get("until"):
            rows = rows.filter(at__date__lte=asked["until"])
        return rows


class ConsultationForm(forms.Form):
    """The dates without which a part stays off."""

    consulted_on = forms.DateField(label=_("Works council consulted on"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    informed_on = forms.DateField(label=_("Employees informed on"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not (cleaned.get("consulted_on") or cleaned.get("informed_on")):
            raise forms.ValidationError(_("Give the date the works council was consulted, or the date employees were informed."))
        for name in ("consulted_on", "informed_on"):
            if cleaned.get(name) and cleaned[name] > clock.today():
                self.add_error(name, _("This date is still to come: the part can be turned on once it has passed."))
        return cleaned
