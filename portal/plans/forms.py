"""Forms of plans: steps, templates, equipment and access."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.people import path
from portal.people.models import Assignment, Grant, Person
from portal.people.models.employment import current
from portal.plans.models import DESKS, Desk, EquipmentModel, Step, Template, TemplateStep, Unit


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **options):
        super().__init__(format="%Y-%m-%d", **options)


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **options):
        super().__init__(format="%H:%M", **options)


def colleagues(role: str = "", site=None, *, on: date | None = None):
    """People who work here today, and on the day `on` for all that colleagues know; with a desk's role, those who sit at it for `site`."""
    working = Person.objects.filter(employee__assignments__in=Assignment.objects.filter(current()))
    if on:
        working = working.exclude(path.gone_by(on))
    if role in DESKS:
        here = Grant.objects.filter(duty=role).filter(site=None) | Grant.objects.filter(duty=role, site=site)
        working = working.filter(grants__in=here)
    return working.distinct().order_by("family_name", "given_name")


class ReassignForm(forms.Form):
    """Who takes the step: the desk's people first, then everybody who works at the site."""

    owner = forms.ModelChoiceField(Person.objects.none(), label=_("New owner"))

    def __init__(self, *args, step: Step, **kwargs):
        super().__init__(*args, **kwargs)
        desk = colleagues(step.role, step.plan.site)
        near = colleagues().filter(employee__assignments__site=step.plan.site)
        self.fields["owner"].queryset = (Person.objects.filter(pk__in=desk.values("pk")) | Person.objects.filter(pk__in=near.values("pk"))).order_by(
            "family_name", "given_name"
        )
        self.fields["owner"].label_from_instance = lambda person: f"{person.family_name} {person.first_name}"


class StepForm(forms.ModelForm):
    """What a step of a plan says: its words, its day, and whether it must be done."""

    class Meta:
        model = Step
        fields = ["text_en", "text_fr", "role", "family", "due_on", "at", "place_en", "place_fr", "mandatory"]
        widgets = {"due_on": DateInput, "at": TimeInput}


class TemplateForm(forms.ModelForm):
    class Meta:
        model = Template
        fields = ["name_en", "name_fr", "kind", "site", "trade", "contract", "remote", "manages"]


class TemplateStepForm(forms.ModelForm):
    class Meta:
        model = TemplateStep
        fields = [
            "key", "text_en", "text_fr", "more_en", "more_fr", "kind", "role", "family", "mandatory", "anchor", "span", "offset", "at", "place_en", "place_fr",
            "equipment", "thing", "thing_en", "thing_fr", "delivery", "opens_after", "lasts", "system",
        ]  # fmt: skip
        widgets = {"at": TimeInput, "more_en": forms.Textarea(attrs={"rows": 3}), "more_fr": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["equipment"] = forms.ChoiceField(
            choices=[("", _("No equipment")), *EquipmentModel.Kind.choices], required=False, label=self.fields["equipment"].label
        )


class CodeForm(forms.Form):
    """The code as the desk writes it; never shown back."""

    code = forms.CharField(label=_("Code"), max_length=120, strip=True, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))


class UnitForm(forms.ModelForm):
    class Meta:
        model = Unit
        fields = ["model", "serial", "site"]


class AssignForm(forms.Form):
    """For which coming person a unit is set aside."""

    plan = forms.ModelChoiceField(None, label=_("For"))

    def __init__(self, *args, plans, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans
        self.fields["plan"].label_from_instance = lambda plan: f"{plan.person.display_name}, {plan.first_day:%d/%m/%Y}"


class SignForm(forms.Form):
    """A signature: the name as the person writes it."""

    name = forms.CharField(label=_("Your name, as your signature"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    agreed = forms.BooleanField(label=_("I received this, or gave it back, as written above."))


class UnitImportForm(forms.Form):
    """A CSV file with the columns model, kind, serial and site."""

    file = forms.FileField(
        label=_("CSV file"), help_text=_("Columns: model, kind, serial, site. 2 MB at most."), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"})
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > 2 * 1024 * 1024:
            raise ValidationError(_("This file is too large. The limit is 2 MB."))
        return file


class DeskForm(forms.ModelForm):
    class Meta:
        model = Desk
        fields = ["role", "site", "email", "language"]
