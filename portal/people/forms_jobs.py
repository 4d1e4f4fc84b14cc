"""What the People team and those who hire fill in: job descriptions with their activities and skills, and openings."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.people import skills
from portal.people.describing import TEXTS
from portal.people.models import JobDescription, Opening, PersonSkill, Trade
from portal.people.picking import PeopleField, PersonField

ROWS_MORE = 3
MOST_PANEL = 12


def _rows(count: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": count})


class JobForm(forms.ModelForm):
    """The text of a job, in both languages."""

    new_trade_en = forms.CharField(label=_("A trade not in the list, in English"), max_length=120, required=False)
    new_trade_fr = forms.CharField(label=_("The same in French"), max_length=120, required=False)

    class Meta:
        model = JobDescription
        fields = ["title_en", "title_fr", "title_fr_f", "trade", "new_trade_en", "new_trade_fr", *TEXTS[3:]]
        widgets = {
            **{name: _rows(3) for name in TEXTS[3:] if name.endswith(("_en", "_fr"))},
            **{name: forms.TextInput(attrs={"inputmode": "numeric", "class": "num"}) for name in ("pay_min", "pay_max")},
        }
        help_texts = {
            "brings_en": _("One item a line."),
            "brings_fr": _("One item a line."),
            "conditions_en": _("Hours, travel, call duty, tools. One item a line."),
            "conditions_fr": _("Hours, travel, call duty, tools. One item a line."),
            "demanding_en": _("What is hard in this job, said plainly. Nobody is surprised later."),
            "demanding_fr": _("What is hard in this job, said plainly. Nobody is surprised later."),
            "next_steps_en": _("The jobs people go to next. One a line."),
            "next_steps_fr": _("The jobs people go to next. One a line."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["trade"].empty_label = _("No trade")

    def clean(self):
        said = super().clean()
        if bool(said.get("new_trade_en")) != bool(said.get("new_trade_fr")):
            self.add_error("new_trade_fr" if said.get("new_trade_en") else "new_trade_en", _("Name the trade in both languages."))
        low, high = said.get("pay_min"), said.get("pay_max")
        if low is not None and high is not None and high < low:
            self.add_error("pay_max", _("The range ends below its beginning."))
        return said

    def rows(self) -> list[list]:
        """The fields as the page lays them out: English and French side by side."""
        lines = [["title_en"], ["title_fr", "title_fr_f"], ["trade"], ["new_trade_en", "new_trade_fr"]]
        lines += [[name, name.replace("_en", "_fr")] for name in TEXTS[3:] if name.endswith("_en")]
        return [[self[name] for name in line] for line in [*lines, ["pay_min", "pay_max", "currency"]]]

    def described(self) -> JobDescription:
        """The job as filled in, not saved yet but for its new trade."""
        job = self.save(commit=False)
        if name := self.cleaned_data["new_trade_en"]:
            job.trade = trade_called(name, self.cleaned_data["new_trade_fr"])
        return job


def trade_called(name_en: str, name_fr: str) -> Trade:
    """The trade of this name, made if there is none."""
    found = Trade.objects.filter(name_en__iexact=name_en).first()
    return found or Trade.objects.get_or_create(slug=slugify(name_en)[:50] or "trade", defaults={"name_en": name_en, "name_fr": name_fr})[0]


class Row(forms.Form):
    """One row of several; a row whose `key` fields are all left empty is none."""

    key = ()

    def has_changed(self):
        return any(self.data.get(self.add_prefix(name), "").strip() for name in self.key)


class ActivityForm(Row):
    """One activity."""

    key = ("text_en", "text_fr", "share")

    text_en = forms.CharField(label=_("Activity in English"), max_length=200)
    text_fr = forms.CharField(label=_("Activity in French"), max_length=200)
    share = forms.IntegerField(label=_("Share of time, in percent"), min_value=1, max_value=100)


class Rows(forms.BaseFormSet):
    """Any row may be emptied, also one that was filled before."""

    def _construct_form(self, i, **kwargs):
        return super()._construct_form(i, **{**kwargs, "empty_permitted": True, "use_required_attribute": False})


class BaseActivities(Rows):
    def clean(self):
        if any(self.errors):
            return
        total = sum(share for *_texts, share in self.rows())
        if total != 100:
            raise ValidationError(_("The shares make %(total)s %%. Together they must make 100 %%."), params={"total": total})

    def rows(self) -> list[tuple[str, str, int]]:
        return [(form.cleaned_data["text_en"], form.cleaned_data["text_fr"], form.cleaned_data["share"]) for form in self.forms if form.cleaned_data]


class NeedForm(Row):
    """One skill that the job needs or teaches."""

    key = ("skill",)

    skill = forms.CharField(label=_("Skill"), max_length=200)
    level = forms.TypedChoiceField(label=_("Level"), choices=PersonSkill.Level.choices, coerce=int, initial=2)
    learnt = forms.BooleanField(label=_("Learnt in the job"), required=False)

    def clean_skill(self):
        words = self.cleaned_data["skill"].strip()
        found = skills.named(words)
        if found is None:
            near = ", ".join(str(skill.label) for skill in skills.matching(words)[:3])
            said = _("No skill is called “%(words)s”. Near it: %(near)s.") if near else _("No skill is called “%(words)s”.")
            raise ValidationError(said, params={"words": words, "near": near})
        return found


class BaseNeeds(Rows):
    def clean(self):
        if any(self.errors):
            return
        named = [skill.pk for skill, *_rest in self.rows()]
        if len(named) != len(set(named)):
            raise ValidationError(_("The same skill is named twice."))

    def rows(self) -> list[tuple]:
        return [(form.cleaned_data["skill"], form.cleaned_data["level"], form.cleaned_data["learnt"]) for form in self.forms if form.cleaned_data]


Activities = forms.formset_factory(ActivityForm, formset=BaseActivities, extra=ROWS_MORE, max_num=40)
Needs = forms.formset_factory(NeedForm, formset=BaseNeeds, extra=ROWS_MORE, max_num=40)


class OpeningForm(forms.ModelForm):
    """One seat to fill. What the outside has read of it stays as it was until it is published again."""

    hiring_manager = PersonField(label=_("Hiring manager"))
    panel = PeopleField(
        label=_("Who sits on the panel"),
        required=False,
        most=MOST_PANEL,
        help_text=_("Type a name and choose, or write the work e-mail address. You can decide later."),
    )

    class Meta:
        model = Opening
        fields = [
            "job", "team", "site", "hiring_manager", "reason_en", "reason_fr", "seats", "contract", "remote_days", "fully_remote", "work_language",
            "audience", "inside_first_days", "closes_on", "starts_on", "panel",
        ]  # fmt: skip
        widgets = {
            "audience": forms.RadioSelect,
            "closes_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "starts_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }

    def __init__(self, *args, teams, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams
        for name in ("job", "team", "site"):
            self.fields[name].empty_label = _("Choose one")
        self.fields["audience"].choices = Opening.Audience.choices
        self.fields["inside_first_days"].help_text = _("Only for “Inside first, then outside”.")
        if self.instance.pk:
            self.initial["hiring_manager"] = self.instance.hiring_manager
            self.initial["panel"] = list(self.instance.panel.all())
            if self.instance.status != Opening.Status.DRAFT:
                for name in ("job", "team", "site"):
                    self.fields[name].disabled = True

    def clean_seats(self):
        if self.cleaned_data["seats"] < 1:
            raise ValidationError(_("One seat at least."))
        return self.cleaned_data["seats"]

    def clean_remote_days(self):
        if self.cleaned_data["remote_days"] > 5:
            raise ValidationError(_("Five days a week at most."))
        return self.cleaned_data["remote_days"]

    def clean(self):
        said = super().clean()
        if said.get("audience") == Opening.Audience.INSIDE_FIRST and not said.get("inside_first_days"):
            self.add_error("inside_first_days", _("For how many days is it shown inside first?"))
        elif said.get("audience") != Opening.Audience.INSIDE_FIRST:
            said["inside_first_days"] = 0
        closes, starts = said.get("closes_on"), said.get("starts_on")
        if closes and closes < clock.today() and "closes_on" in self.changed_data:
            self.add_error("closes_on", _("This day is over already."))
        if closes and starts and starts <= closes:
            self.add_error("starts_on", _("The first day comes after the closing date."))
        return said
