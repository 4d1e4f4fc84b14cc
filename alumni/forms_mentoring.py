"""What is written in mentoring: an offer, what one seeks, a request, an answer, an agreement, a session, a note, thanks."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from alumni import words
from alumni.models import Note, Offer, Pair, Seek, Thanks
from alumni.models.mentoring import When
from portal import clock
from portal.people import skills, tongues
from portal.people.models import Skill


def area(rows=4):
    return forms.Textarea(attrs={"rows": rows})


class TonguesField(forms.TypedMultipleChoiceField):
    """Languages one speaks: those of the house first, the rest of one's profile after."""

    def __init__(self, **options):
        super().__init__(label=gettext_lazy("Languages"), widget=forms.CheckboxSelectMultiple, **options)


class SkillsMixin:
    """Skills by ticking those that are near, and by writing others, comma between."""

    def place_skills(self, near) -> None:
        chosen = list(self.instance.skills.all()) if self.instance.pk else []
        found = {skill.pk: skill for skill in [*chosen, *near]}
        self.fields["skills"].queryset = Skill.objects.filter(pk__in=found)
        self.fields["skills"].choices = sorted(((key, str(skill.label)) for key, skill in found.items()), key=lambda pair: pair[1].casefold())
        self.fields["skills"].initial = [skill.pk for skill in chosen] if self.instance.pk else [skill.pk for skill in near if getattr(skill, "ticked", True)]
        if not found:
            del self.fields["skills"]

    def place_tongues(self, person) -> None:
        codes = dict.fromkeys(["fr", "en", *person.spoken_languages, *(self.instance.tongues or [])])
        self.fields["tongues"].choices = [(code, tongues.name_of(code)) for code in codes]
        self.initial["tongues"] = self.instance.tongues or person.spoken_languages or [person.language]

    def clean_more(self):
        wanted, unknown = [], []
        for said in filter(None, (part.strip() for part in self.cleaned_data["more"].split(","))):
            found = skills.named(said)
            (wanted if found else unknown).append(found or said)
        if unknown:
            raise forms.ValidationError(_("Nobody here knows “%(words)s”. Write it as the directory of skills does.") % {"words": "”, “".join(unknown)})
        return wanted

    def save_skills(self):
        """Call after the row is saved."""
        chosen = list(self.cleaned_data.get("skills", ()))
        self.instance.skills.set([*chosen, *self.cleaned_data["more"]])


def more_field():
    return forms.CharField(
        label=gettext_lazy("Other skills"), help_text=gettext_lazy("By their names in the directory of skills, with commas."), required=False, max_length=300
    )


def when_field():
    return forms.MultipleChoiceField(label=pgettext_lazy("mentoring", "When"), choices=When.choices, required=False, widget=forms.CheckboxSelectMultiple)


def skills_field(label):
    return forms.ModelMultipleChoiceField(label=label, queryset=Skill.objects.none(), required=False, widget=forms.CheckboxSelectMultiple)


class OfferForm(SkillsMixin, forms.ModelForm):
    skills = skills_field(gettext_lazy("Skills I can pass on"))
    more = more_field()
    tongues = TonguesField(error_messages={"required": gettext_lazy("Choose at least one language")})
    when = when_field()
    capacity = forms.TypedChoiceField(
        label=gettext_lazy("How many people at a time"),
        coerce=int,
        choices=[(n, str(n)) for n in range(1, 6)],
        help_text=gettext_lazy("You are never asked by more."),
    )

    class Meta:
        model = Offer
        fields = ["topics", "capacity", "tongues", "when", "where", "town", "paused_from", "paused_until"]
        widgets = {
            "topics": area(3),
            "where": forms.RadioSelect,
            "paused_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "paused_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {"paused_from": gettext_lazy("Nobody finds you during a pause. Empty: no pause.")}

    field_order = ["skills", "more", "topics", "tongues", "capacity", "when", "where", "town", "paused_from", "paused_until"]

    def __init__(self, *args, person, near, town="", **kwargs):
        super().__init__(*args, **kwargs)
        self.place_skills(near)
        self.place_tongues(person)
        if not self.instance.pk:
            self.initial.setdefault("town", town)

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("paused_from"), cleaned.get("paused_until")
        if start and end and end < start:
            self.add_error("paused_until", _("The pause ends before it begins"))
        if end and not start:
            self.add_error("paused_from", _("Say from when"))
        return cleaned

    def _save_m2m(self):
        self.save_skills()


class SeekForm(SkillsMixin, forms.ModelForm):
    skills = skills_field(gettext_lazy("What I want to learn"))
    more = more_field()
    tongues = TonguesField(error_messages={"required": gettext_lazy("Choose at least one language")})
    when = when_field()

    class Meta:
        model = Seek
        fields = ["tongues", "when", "where"]
        widgets = {"where": forms.RadioSelect}

    field_order = ["skills", "more", "tongues", "when", "where"]

    def __init__(self, *args, person, near, **kwargs):
        super().__init__(*args, **kwargs)
        self.place_skills(near)
        self.place_tongues(person)

    def _save_m2m(self):
        self.save_skills()


class AskForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("A few words"),
        help_text=gettext_lazy("What you would like to understand or dare. The mentor alone reads it."),
        max_length=600,
        widget=area(4),
        error_messages={"required": gettext_lazy("Say in a few words why")},
    )


class ReplyForm(forms.Form):
    reply = forms.CharField(label=gettext_lazy("A few words back"), max_length=600, required=False, widget=area(2))


class AgreementForm(forms.ModelForm):
    class Meta:
        model = Pair
        fields = ["goals", "rhythm", "weeks"]
        widgets = {"goals": area(4), "weeks": forms.NumberInput(attrs={"min": 4, "max": 24})}
        help_texts = {"goals": gettext_lazy("Read by the two of you alone."), "weeks": gettext_lazy("Between 4 and 24.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["goals"].required = True
        self.fields["goals"].error_messages["required"] = _("Say what you want to reach")
        self.fields["weeks"].min_value, self.fields["weeks"].max_value = 4, 24

    def clean_weeks(self):
        weeks = self.cleaned_data["weeks"]
        if not 4 <= weeks <= 24:
            raise forms.ValidationError(_("Choose between 4 and 24 weeks"))
        return weeks


class SessionForm(forms.Form):
    """A day, an hour and a place; times are those of the organisation."""

    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Choose a day"), "invalid": gettext_lazy("Choose a day")},
    )
    hour = forms.TimeField(
        label=pgettext_lazy("mentoring", "From"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": gettext_lazy("Choose an hour"), "invalid": gettext_lazy("Choose an hour")},
    )
    minutes = forms.TypedChoiceField(
        label=pgettext_lazy("mentoring", "How long"), coerce=int, choices=[(n, gettext_lazy("%(n)s minutes") % {"n": n}) for n in (30, 45, 60, 90)], initial=60
    )
    place = forms.CharField(
        label=gettext_lazy("Where"), help_text=gettext_lazy("A place, or the address of a call, beginning with https://"), max_length=200, required=False
    )

    def __init__(self, *args, session=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hour"].help_text = _("%(zone)s time, for both of you.") % {"zone": words.zone()}
        if session:
            here = localtime(session.starts_at)
            self.initial |= {"day": clock.day(session.starts_at), "hour": here.time(), "minutes": session.minutes, "place": session.place}

    def when(self) -> dict:
        """What `plan` and `shift` take."""
        starts_at = datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"], ZoneInfo(settings.TIME_ZONE))
        return {"starts_at": starts_at, "minutes": self.cleaned_data["minutes"], "place": self.cleaned_data["place"]}


class NoteForm(forms.ModelForm):
    class Meta:
        model = Note
        fields = ["text"]
        widgets = {"text": area(3)}
        error_messages = {"text": {"required": gettext_lazy("Write a few lines first")}}


class ThanksForm(forms.ModelForm):
    class Meta:
        model = Thanks
        fields = ["text"]
        widgets = {"text": area(3)}
        error_messages = {"text": {"required": gettext_lazy("Say what you thank them for")}}
