"""Which day the demo shall live."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.demo import day


class DayForm(forms.Form):
    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Give a date, such as 2027-03-15.")},
    )

    def clean_day(self):
        try:
            day.live_on(self.cleaned_data["day"])
        except ValueError:
            raise forms.ValidationError(_("Choose a day less than three years away.")) from None
        return self.cleaned_data["day"]
