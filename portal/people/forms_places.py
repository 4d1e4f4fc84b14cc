"""Where people work, as the People team keeps it: teams with their heads, and sites."""

from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.people.models import Site, Team
from portal.people.models.place import free_slug
from portal.people.picking import PersonField


class TeamForm(forms.ModelForm):
    """One team: its names, its place in the tree, who heads it."""

    head = PersonField(label=_("Head of the team"), required=False)

    class Meta:
        model = Team
        fields = ["name_en", "name_fr", "parent", "head", "site", "mission_en", "mission_fr"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("mission_en", "mission_fr")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        parents = Team.objects.order_by("name_en", "pk")
        if self.instance.pk:
            parents = parents.filter(~Q(path__startswith=self.instance.path))  # never under itself
            self.initial["head"] = self.instance.head
        self.fields["parent"].queryset = parents
        self.fields["parent"].empty_label = _("At the top")
        self.fields["site"].empty_label = _("No site in particular")

    def save(self, commit=True):
        if not self.instance.slug:
            self.instance.slug = free_slug(self.cleaned_data["name_en"])
        return super().save(commit)


class SiteForm(forms.ModelForm):
    """One place of work; its time zone decides when its day begins."""

    class Meta:
        model = Site
        fields = ["name", "code", "timezone", "address", "postal_code", "city", "region", "country", "phone", "getting_here_en", "getting_here_fr"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("getting_here_en", "getting_here_fr")}
        help_texts = {
            "code": _("A short word for addresses and files, such as “nantes”. It stays."),
            "timezone": _("Such as Europe/Paris. A first morning here is nine o’clock in it."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = bool(self.instance.pk)

    def clean_timezone(self):
        if self.cleaned_data["timezone"] not in available_timezones():
            raise ValidationError(_("No time zone is called “%(zone)s”."), params={"zone": self.cleaned_data["timezone"]})
        return self.cleaned_data["timezone"]

    def clean_country(self):
        country = self.cleaned_data["country"].upper()
        if not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise ValidationError(_("Two letters, such as FR or GB."))
        return country
