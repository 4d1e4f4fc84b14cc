"""Forms of plans: steps, templates, equipment and access."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import roles
from portal.people import path, standing
from portal.people.models import Assignment, Grant, Person
from portal.people.models.employment import current
from portal.people.picking import PersonField
from portal.plans import kinds
from portal.plans.models import DESKS, Absence, Desk, EquipmentModel, Step, StepKind, Template, TemplateStep, Unit
from portal.plans.permissions import HR
from portal.rules import ALL, NONE

MOST_NAMED = 6  # of a desk's people in the hint of a form


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


def absentees(user):
    """The people `user` may say an absence of: themselves, their reports, and for the People team those of its sites."""
    where = roles.scope(user, HR)
    person = standing.of(user).person
    if where is ALL:
        return colleagues()
    mine = Q(manager=person) | Q(employee__person=person)
    seats = Assignment.objects.filter(current(), mine if where is NONE else mine | where)
    return Person.objects.filter(pk__in=seats.values("employee__person")).order_by("family_name", "given_name")


class ColleagueField(PersonField):
    """Somebody out of `queryset`, named by their work address: a house of a thousand is no list to scroll through."""

    queryset = Person.objects.none()

    def clean(self, value):
        person = super().clean(value)
        if person and not self.queryset.filter(pk=person.pk).exists():
            raise ValidationError(_("%(name)s cannot be chosen here: not at work by then, or elsewhere."), params={"name": person.display_name})
        return person


class ReassignForm(forms.Form):
    """Who takes the step: the desk's people, whom the hint names, or anybody else who works at the site."""

    owner = ColleagueField(label=_("New owner"))

    def __init__(self, *args, step: Step, **kwargs):
        super().__init__(*args, **kwargs)
        desk = colleagues(step.role, step.plan.site)
        near = colleagues().filter(employee__assignments__site=step.plan.site)
        owner = self.fields["owner"]
        owner.queryset = Person.objects.filter(pk__in=desk.values("pk")) | Person.objects.filter(pk__in=near.values("pk"))
        if step.of_a_desk and (people := desk.exclude(work_email="")[:MOST_NAMED]):
            owner.help_text = _("At this desk: %(names)s.") % {"names": ", ".join(f"{person.display_name} ({person.work_email})" for person in people)}


class StepForm(forms.ModelForm):
    """What a step of a plan says: its words, its day, and whether it must be done."""

    class Meta:
        model = Step
        fields = ["text_en", "text_fr", "role", "family", "due_on", "at", "place_en", "place_fr", "link", "mandatory"]
        widgets = {"due_on": DateInput, "at": TimeInput}


class TemplateForm(forms.ModelForm):
    class Meta:
        model = Template
        fields = ["name_en", "name_fr", "kind", "site", "trade", "contract", "remote", "manages"]


class TemplateStepForm(forms.ModelForm):
    class Meta:
        model = TemplateStep
        fields = [
            "key", "text_en", "text_fr", "more_en", "more_fr", "kind", "role", "family", "mandatory", "anchor", "span", "offset", "at",
            "place_en", "place_fr",
            "link", "questions_en", "questions_fr", "asks", "equipment", "reaches", "thing", "thing_en", "thing_fr", "delivery", "opens_after", "lasts",
        ]  # fmt: skip
        widgets = {"at": TimeInput, "more_en": forms.Textarea(attrs={"rows": 3}), "more_fr": forms.Textarea(attrs={"rows": 3}),
                   "questions_en": forms.Textarea(attrs={"rows": 3}), "questions_fr": forms.Textarea(attrs={"rows": 3})}  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["equipment"] = forms.ChoiceField(
            choices=[("", _("No equipment")), *EquipmentModel.Kind.choices], required=False, label=self.fields["equipment"].label
        )
        self.fields["asks"] = forms.ChoiceField(
            choices=[("", _("No check")), *kinds.checks()],
            required=False,
            label=self.fields["asks"].label,
            help_text=_("For an automatic check: the house does the step when the answer is yes, and opens it again when it is no."),
        )

    def clean(self):
        asked = super().clean()
        kind = asked.get("kind")
        if kind == StepKind.CHECK and not asked.get("asks"):
            self.add_error("asks", _("Say which check answers this step."))
        if kind == StepKind.FORM and not (asked.get("questions_en") or asked.get("link")):
            self.add_error("questions_en", _("Write the questions, or say where the form is."))
        if asked.get("reaches") and not asked.get("equipment"):
            self.add_error("equipment", _("Say which equipment."))
        return asked


class AbsenceForm(forms.ModelForm):
    """Who is away, from when to when, and who stands in."""

    stand_in = ColleagueField(label=_("Who stands in"), required=False)

    class Meta:
        model = Absence
        fields = ["person", "starts_on", "ends_on", "stand_in"]
        widgets = {"starts_on": DateInput, "ends_on": DateInput}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        if roles.has(user, *HR):  # everybody of a site: a name is typed, where a manager chooses from a few
            self.fields["person"] = ColleagueField(label=self.fields["person"].label)
        else:
            self.fields["person"].label_from_instance = lambda person: f"{person.family_name} {person.first_name}"
        self.fields["person"].queryset = absentees(user)
        self.fields["stand_in"].queryset = colleagues()
        self.fields["person"].initial = getattr(user, "person", None)

    def clean(self):
        asked = super().clean()
        first, last = asked.get("starts_on"), asked.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", ValidationError(_("The last day comes after the first.")))
        if asked.get("stand_in") and asked.get("stand_in") == asked.get("person"):
            self.add_error("stand_in", ValidationError(_("Nobody stands in for themselves.")))
        return asked


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
    agreed = forms.BooleanField(
        label=_("I received this, or gave it back, as written above."), error_messages={"required": _("Tick this box: your name alone is no signature.")}
    )


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
