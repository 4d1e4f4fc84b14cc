"""The filters of the board, as a GET form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.people.models import Site
from portal.plans.models import Family


class BoardForm(forms.Form):
    """Who is shown: a site, a week, a family that is late, a name."""

    site = forms.ModelChoiceField(Site.objects.all(), required=False, to_field_name="code", label=_("Site"), empty_label=_("All sites"))
    late = forms.ChoiceField(choices=[("", _("All")), ("any", _("Late on anything")), *Family.choices], required=False, label=_("Late on"))
    week = forms.DateField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(required=False, max_length=80, label=_("Name"))
