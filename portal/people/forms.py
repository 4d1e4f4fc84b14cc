"""What one fills in on people pages: the own page part by part, reports, official lines, skills."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.people import path, photos, skills, tongues
from portal.people.models import Assignment, Correction, Person, PersonSkill, Skill, SkillAlias, SkillConfirmation
from portal.people.models.employment import current
from portal.people.picking import PersonField
from portal.people.visibility import FIELDS, LEVELS, level_of

MOST_LINKS = 5


class NameForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ["usual_name", "pronunciation", "pronouns"]
        help_texts = {
            "pronunciation": _("As you would write it for somebody who reads aloud, such as “eh-NESS”."),
            "pronouns": _("Such as she/her, he/him or they/them. Nobody has to say."),
        }


class AskForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ["headline", "ask_me_about", "language", "can_help", "can_mentor"]
        widgets = {"ask_me_about": forms.Textarea(attrs={"rows": 4, "maxlength": 1200})}
        labels = {"language": _("You wrote this in"), "can_help": _("I accept questions from colleagues"), "can_mentor": _("I accept to mentor")}


class ContactForm(forms.ModelForm):
    spoken_languages = forms.MultipleChoiceField(label=_("Languages you speak"), required=False, widget=forms.SelectMultiple(attrs={"size": 8}))
    links = forms.CharField(
        label=_("Professional networks"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One address a line, starting with https://, five at most."),
    )

    class Meta:
        model = Person
        fields = ["phone", "working_pattern", "absence_contact", "spoken_languages", "links"]
        labels = {"phone": _("Work phone"), "absence_contact": _("Who to ask when you are away")}
        help_texts = {"working_pattern": _("Such as “From home on Tuesday and Thursday”. Not why: nobody needs a reason.")}
        widgets = {"phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["spoken_languages"].choices = tongues.choices()
        self.fields["absence_contact"].queryset = beside(self.instance)
        self.fields["absence_contact"].empty_label = _("Nobody in particular")
        self.initial["links"] = "\n".join(self.instance.links)

    def clean_links(self):
        lines = [line.strip() for line in self.cleaned_data["links"].splitlines() if line.strip()]
        if len(lines) > MOST_LINKS:
            raise ValidationError(_("List five addresses at most."))
        field = forms.URLField(assume_scheme="https", max_length=200)
        for line in lines:
            if not line.startswith("https://"):
                raise ValidationError(_("“%(line)s” does not start with https://."), params={"line": line})
            field.clean(line)
        return lines


def beside(person: Person):
    """The people of the same teams and the managers: who one asks in somebody's absence."""
    here = path.of(person)
    teams, managers = here.teams, [seat.manager_id for seat in here.held if seat.manager_id]
    mates = Assignment.objects.filter(current(), team__in=teams).values("employee__person")
    return Person.objects.filter(Q(pk__in=mates) | Q(pk__in=managers) | Q(pk=person.absence_contact_id)).exclude(pk=person.pk)


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=_("Your photo"),
        help_text=_("JPEG, PNG or WebP, 5 MB at most. We keep the picture only: where and when it was taken is removed."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def clean_photo(self):
        return photos.cleaned(self.cleaned_data["photo"])


class VisibilityForm(forms.Form):
    """One level for each field of the page; its names are those of the fields, so its ids are its own."""

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, auto_id="seen_%s", **kwargs)
        for name, (label, _default) in FIELDS.items():
            field = forms.ChoiceField(label=label, choices=list(LEVELS.items()), initial=level_of(person, name))
            field.widget.attrs["class"] = "field-s"
            self.fields[name] = field

    def chosen(self) -> dict[str, str]:
        """What to keep: levels that differ from the default."""
        return {name: level for name, level in self.cleaned_data.items() if level != FIELDS[name][1]}


class ReportForm(forms.ModelForm):
    """What is wrong or missing on somebody's page, or that they have left."""

    LINES = [
        ("", _("Another line")),
        ("name", _("Name")),
        ("title", _("Title")),
        ("team", _("Team")),
        ("site", _("Site")),
        ("manager", _("Manager")),
        ("work_email", _("E-mail address")),
        ("phone", _("Work phone")),
        ("pronunciation", _("How to say the name")),
        ("headline", _("In one line")),
        ("ask_me_about", _("Ask me about")),
        ("working_pattern", _("Working pattern")),
    ]
    field = forms.ChoiceField(label=_("Which line?"), choices=LINES, required=False)

    class Meta:
        model = Correction
        fields = ["kind", "field", "proposed", "note"]
        widgets = {"kind": forms.RadioSelect, "proposed": forms.Textarea(attrs={"rows": 2, "maxlength": 1200})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Correction.Kind.choices
        self.fields["kind"].initial = Correction.Kind.WRONG

    def clean(self):
        data = super().clean()
        if data.get("kind") in (Correction.Kind.WRONG, Correction.Kind.MISSING) and not (data.get("proposed") or data.get("note")):
            self.add_error("proposed", _("Write what the line should say, or explain in a word what is wrong."))
        return data


class OfficialForm(forms.ModelForm):
    """The lines the People team keeps: names, address, and the main seat."""

    title_en = forms.CharField(label=_("Title in English"), max_length=120)
    title_fr = forms.CharField(label=_("Title in French"), max_length=120, required=False)
    manager = PersonField(label=_("Manager"), required=False)

    class Meta:
        model = Person
        fields = ["given_name", "family_name", "work_email"]

    def __init__(self, *args, seat: Assignment | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.seat = seat
        if seat is None:
            for name in ("title_en", "title_fr", "manager"):
                del self.fields[name]
            return
        for name in ("team", "site"):
            self.fields[name] = Assignment._meta.get_field(name).formfield(label=_("Team") if name == "team" else _("Site"), initial=getattr(seat, name))
        self.initial |= {"title_en": seat.title_en, "title_fr": seat.title_fr, "manager": seat.manager}

    def clean_manager(self):
        manager = self.cleaned_data["manager"]
        if manager == self.instance:
            raise ValidationError(_("Nobody is their own manager."))
        return manager

    def save(self, commit=True):
        person = super().save(commit)
        if self.seat is not None:
            for name in ("title_en", "title_fr", "manager", "team", "site"):
                setattr(self.seat, name, self.cleaned_data[name])
            self.seat.save()
        return person


class SkillChoiceForm(forms.Form):
    """A skill by its words; when nothing is called so, the nearest are offered, then a new one."""

    skill = forms.CharField(label=_("Skill"), max_length=200, help_text=_("In English or in French; other words for it are known too."))

    def clean_skill(self):
        words = self.cleaned_data["skill"].strip()
        found = skills.named(words)
        self.near = [] if found else list(skills.matching(words)[:8])
        if found is None:
            raise ValidationError(_("No skill is called “%(words)s”. Choose a near one below."), params={"words": words})
        return found


class HoldingForm(forms.ModelForm):
    """How well one has a skill, and what one wishes with it."""

    visibility = forms.ChoiceField(label=_("Who sees this skill"), required=False)

    class Meta:
        model = PersonSkill
        fields = ["level", "interest", "accepts_help", "visibility"]
        widgets = {"level": forms.RadioSelect, "interest": forms.RadioSelect}
        labels = {"accepts_help": _("I accept questions about it")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = PersonSkill.Level.choices
        self.fields["interest"].choices = PersonSkill.Interest.choices
        self.fields["visibility"].choices = [("", _("As all my skills")), *LEVELS.items()]


class SeenForm(forms.ModelForm):
    class Meta:
        model = SkillConfirmation
        fields = ["where", "seen"]
        widgets = {"where": forms.RadioSelect}
        help_texts = {"seen": _("Such as “set the thresholds of the Vilaine with us”. It is shown with your name.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["where"].choices = SkillConfirmation.Where.choices
        self.fields["where"].required = False

    def clean_where(self):
        return self.cleaned_data["where"] or SkillConfirmation.Where.WORK


class SkillForm(forms.ModelForm):
    """The words of a skill, kept by the People team."""

    other_words = forms.CharField(
        label=_("Other words for it"), required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("One a line, in either language.")
    )

    class Meta:
        model = Skill
        fields = ["name", "label_fr", "group"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["other_words"] = "\n".join(self.instance.aliases.values_list("text", flat=True))

    def clean_other_words(self):
        lines = [line.strip() for line in self.cleaned_data["other_words"].splitlines() if line.strip()]
        return list(dict.fromkeys(line[:255] for line in lines))

    def save(self, commit=True):
        """Keep the words that stay, so that their language is not lost."""
        skill = super().save(commit)
        wanted = self.cleaned_data["other_words"]
        skill.aliases.exclude(text__in=wanted).delete()
        kept = set(skill.aliases.values_list("text", flat=True))
        SkillAlias.objects.bulk_create([SkillAlias(skill=skill, text=text) for text in wanted if text not in kept])
        skill.save()
        return skill
