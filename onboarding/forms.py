"""Forms of arrivals: planning one, its details, and what the newcomer writes."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from onboarding.models import CheckIn
from portal import clock, roles
from portal.people.models import Contract, Site, Team
from portal.plans.forms import ColleagueField, DateInput, colleagues

LANGUAGES = [("fr", "Français"), ("en", "English")]


class ArrivalForm(forms.Form):
    """Somebody who did not come through recruitment here."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    address = forms.EmailField(label=_("Personal e-mail address"), required=False, help_text=_("The private link goes there."))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"))
    team = forms.ModelChoiceField(Team.objects.all(), label=_("Team"))
    title_en = forms.CharField(label=_("Title in English"), max_length=120)
    title_fr = forms.CharField(label=_("Title in French"), max_length=120, required=False)
    contract = forms.ChoiceField(label=_("Contract"), choices=Contract.choices)
    first_day = forms.DateField(label=_("First day"), widget=DateInput)
    trial_ends_on = forms.DateField(label=_("End of trial period"), widget=DateInput, required=False)
    manager = ColleagueField(label=_("Manager"))
    buddy = ColleagueField(label=_("Buddy"), required=False)
    remote = forms.BooleanField(label=_("Works from home"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = Site.objects.filter(roles.scope(user, (roles.HR, roles.HR_ADMIN), "pk"))
        self.fields["manager"].queryset = self.fields["buddy"].queryset = colleagues()

    def clean(self):
        asked = super().clean()
        first, trial = asked.get("first_day"), asked.get("trial_ends_on")
        for name in ("manager", "buddy"):
            if first and asked.get(name) and not colleagues(on=first).filter(pk=asked[name].pk).exists():
                self.add_error(name, ValidationError(_("%(name)s will not be there."), params={"name": asked[name].display_name}))
        if first and asked.get("site") and first < clock.today(asked["site"].timezone):
            self.add_error("first_day", ValidationError(_("This day is past.")))
        if first and trial and trial <= first:
            self.add_error("trial_ends_on", ValidationError(_("The trial period ends after the first day.")))
        return asked


class DetailsForm(forms.Form):
    """What may change while the plan runs."""

    first_day = forms.DateField(label=_("First day"), widget=DateInput, help_text=_("What is not done moves with it; everyone involved is told."))
    buddy = ColleagueField(label=_("Buddy"), required=False)
    desk = forms.CharField(label=_("Desk and seat"), max_length=80, required=False, help_text=_("Such as “2.14, by the window”."))
    address = forms.EmailField(label=_("Personal e-mail address"), required=False)

    def __init__(self, *args, arrival, **kwargs):
        plan = arrival.plan
        kwargs.setdefault("initial", {"first_day": plan.first_day, "buddy": plan.buddy, "desk": plan.desk, "address": arrival.address})
        super().__init__(*args, **kwargs)
        self.fields["buddy"].queryset = colleagues(on=plan.first_day)
        self.plan = plan

    def clean_buddy(self):
        """An empty field names nobody, unless whoever is the buddy has no work address to stand in it."""
        before = self.plan.buddy
        return self.cleaned_data["buddy"] or (before if before and not before.work_email else None)

    def clean_first_day(self):
        day = self.cleaned_data["first_day"]
        if day != self.plan.first_day and day < self.plan.today():
            raise ValidationError(_("This day is past."))
        return day


class CancelForm(forms.Form):
    because = forms.CharField(
        label=_("Why"), max_length=300, required=False, help_text=_("Kept with the plan; not sent to the person."), widget=forms.Textarea(attrs={"rows": 3})
    )


class RemarkForm(forms.Form):
    text = forms.CharField(label=_("Remark"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class QuestionForm(forms.Form):
    text = forms.CharField(label=_("Your question"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Your answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class CheckInForm(forms.ModelForm):
    class Meta:
        model = CheckIn
        fields = ["works", "lacks", "wish", "readers"]
        widgets = {
            "works": forms.Textarea(attrs={"rows": 3}),
            "lacks": forms.Textarea(attrs={"rows": 3}),
            "wish": forms.Textarea(attrs={"rows": 3}),
            "readers": forms.RadioSelect,
        }

    def clean(self):
        """An empty form is no answer; who once answered may take every word back."""
        said = super().clean()
        if self.instance.answered_at is None and not any((said.get(name) or "").strip() for name in ("works", "lacks", "wish")):
            raise ValidationError(_("Answer one of the three, in a few words."))
        return said
