"""The filters of the board, as a GET form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.people.models import Site
from portal.plans.models import Family


class BoardForm(forms.Form):
    """Who is shown: a site, a week, a family that is late, a name."""

    site = forms.ChoiceField(required=False, label=_("Site"))
    late = forms.ChoiceField(choices=[("", _("All")), ("any", _("Late on anything")), *Family.choices], required=False, label=_("Late on"))
    week = forms.DateField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(required=False, max_length=80, label=_("Name"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.sites = {site.code: site for site in Site.objects.all()}
        self.fields["site"].choices = [("", _("All sites")), *((code, site.name) for code, site in self.sites.items())]

    def clean_site(self) -> Site | None:
        return self.sites.get(self.cleaned_data["site"])
