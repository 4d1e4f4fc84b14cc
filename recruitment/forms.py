"""What people write when they apply, and on their own page."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment.cv import files, resume

EMPTY = {"empty": gettext_lazy("This file is empty.")}


class Reach(forms.Form):
    """Who somebody is and where we write to them; also corrected later, on their own page."""

    given_name = forms.CharField(
        label=gettext_lazy("Given name"),
        max_length=80,
        error_messages={"required": gettext_lazy("Enter your given name")},
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    family_name = forms.CharField(
        label=gettext_lazy("Family name"),
        max_length=80,
        error_messages={"required": gettext_lazy("Enter your family name")},
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("Your private link and our answers go there."),
        error_messages={"required": gettext_lazy("Enter your e-mail address"), "invalid": gettext_lazy("Enter an e-mail address like name@example.org")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=30, required=False, widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}))


class Who(Reach):
    """Step 1."""

    # For machines: people neither see it nor reach it.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave the hidden field empty."))
        return ""


class Experience(forms.Form):
    """Step 2: a CV, a short form, or a JSON Resume file; and the skills that are true."""

    HOW = [("cv", gettext_lazy("Send a CV")), ("form", gettext_lazy("Fill a short form instead")), ("json", gettext_lazy("Bring a JSON Resume file"))]
    how = forms.ChoiceField(
        label=gettext_lazy("How do you want to tell us?"),
        choices=HOW,
        widget=forms.RadioSelect,
        initial="cv",
        error_messages={"required": gettext_lazy("Choose how you want to tell us")},
    )
    cv = forms.FileField(label=gettext_lazy("Your CV"), required=False, widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt"}), error_messages=EMPTY)
    resume = forms.FileField(
        label=gettext_lazy("Your JSON Resume file"), required=False, widget=forms.FileInput(attrs={"accept": ".json"}), error_messages=EMPTY
    )
    skills = forms.MultipleChoiceField(
        label=gettext_lazy("Skills we read in your CV"),
        help_text=gettext_lazy("Tick what is true. A person decides from your answers; nothing is computed from the file."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    more_skills = forms.CharField(label=gettext_lazy("Other skills"), help_text=gettext_lazy("Separate them with commas."), max_length=300, required=False)

    def __init__(self, *args, kept=None, proposed=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.kept = kept
        self.fields["how"].choice_hints = {
            "cv": _("PDF, Word or ODT, up to 10 MB."),
            "form": _("Three jobs at most, no dates needed to the day."),
            "json": _("We show you what we read before anything is sent."),
        }
        self.fields["skills"].choices = [(label, label) for label in proposed]
        if not proposed:
            del self.fields["skills"]
        for number in range(1, resume.MOST_JOBS + 1):
            self.fields[f"role_{number}"] = forms.CharField(label=_("What you did"), max_length=100, required=False)
            self.fields[f"place_{number}"] = forms.CharField(label=_("Where"), max_length=100, required=False)
            self.fields[f"years_{number}"] = forms.CharField(label=_("From when to when"), max_length=40, required=False)

    @property
    def jobs(self):
        """The rows of the short form, as bound fields."""
        return [(number, self[f"role_{number}"], self[f"place_{number}"], self[f"years_{number}"]) for number in range(1, resume.MOST_JOBS + 1)]

    def clean_cv(self):
        upload = self.cleaned_data.get("cv")
        return files.take(upload) if upload else None

    def clean_resume(self):
        upload = self.cleaned_data.get("resume")
        return resume.read(upload) if upload else None

    def clean(self):
        words = super().clean()
        how = words.get("how")
        if how == "cv" and not (words.get("cv") or self.kept or self.errors):
            self.add_error("cv", _("Upload a CV, or choose the short form"))
        if how == "json" and not (words.get("resume") or self.errors):
            self.add_error("resume", _("Choose your JSON Resume file"))
        if how == "form" and not self.experience():
            self.add_error("role_1", _("Tell us about one thing you did, at work or elsewhere"))
        return words

    def experience(self) -> list[dict]:
        rows = [{key: self.cleaned_data.get(f"{key}_{number}", "") for key in ("role", "place", "years")} for number in range(1, resume.MOST_JOBS + 1)]
        return [row for row in rows if any(row.values())]

    def all_skills(self) -> list[str]:
        """What was ticked and what was written, once each."""
        written = [word.strip()[:60] for word in self.cleaned_data.get("more_skills", "").split(",")]
        return list(dict.fromkeys(filter(None, [*self.cleaned_data.get("skills", []), *written])))[:30]


class Questions(forms.Form):
    """Step 3: what the team asks everybody."""

    def __init__(self, *args, questions=(), **kwargs):
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[f"question_{question.pk}"] = forms.CharField(
                label=str(question.text),
                help_text=str(question.hint),
                required=question.required,
                max_length=3000,
                widget=forms.Textarea(attrs={"rows": 5}),
                error_messages={"required": _("Answer: %(question)s") % {"question": question.text}},
            )


class Adjustments(forms.Form):
    """Step 4: what one needs to take part, apart from everything else."""

    needs = forms.CharField(
        label=gettext_lazy("What would help you show what you can do?"),
        help_text=gettext_lazy("More time, a sign-language interpreter, questions in writing, a step-free room: say what you need, not why."),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class Check(forms.Form):
    """Step 5."""

    pool = forms.BooleanField(
        label=gettext_lazy("Write to me about other jobs for one year"),
        help_text=gettext_lazy("Without it we erase your file three months after our answer. You can change your mind on your page."),
        required=False,
    )


class Talk(forms.Form):
    """A message, from the candidate or to them."""

    text = forms.CharField(
        label=gettext_lazy("Your message"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write your message")},
    )


class Replace(forms.Form):
    """Another CV instead of the one we have."""

    cv = forms.FileField(
        label=gettext_lazy("Your new CV"),
        help_text=gettext_lazy("PDF, Word or ODT, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt"}),
        error_messages=EMPTY | {"required": gettext_lazy("Choose a file")},
    )

    def clean_cv(self):
        return files.take(self.cleaned_data["cv"])


class LostLink(forms.Form):
    """The address to write to."""

    email = forms.EmailField(
        label=gettext_lazy("The e-mail address you applied with"),
        error_messages={"required": gettext_lazy("Enter your e-mail address"), "invalid": gettext_lazy("Enter an e-mail address like name@example.org")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
