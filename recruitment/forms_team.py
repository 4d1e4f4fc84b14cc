"""What those who hire write: moves, refusals, offers, hires, notes."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment import processes
from recruitment.models import Reason

DAY = {"type": "date"}
READ_BY = gettext_lazy("The person can read this.")


def area(rows=4):
    return forms.Textarea(attrs={"rows": rows})


class Move(forms.Form):
    """To which stage; and what the person did well."""

    to = forms.IntegerField()
    seen = forms.CharField(required=False, max_length=1000)


class Promise(forms.Form):
    """A new date, with its reason."""

    on = forms.DateField(
        label=gettext_lazy("You answer by"), widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY), error_messages={"required": gettext_lazy("Choose a day")}
    )
    words = forms.CharField(
        label=gettext_lazy("Why it takes longer"),
        help_text=READ_BY,
        max_length=300,
        widget=area(2),
        error_messages={"required": gettext_lazy("Say why in one sentence")},
    )

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, **kwargs)
        self.application = application

    def clean_on(self):
        on = self.cleaned_data["on"]
        if fault := processes.cannot_promise(self.application, on):
            raise forms.ValidationError(fault)
        return on


def proposed_words(reason: str) -> str:
    """A first draft of the words for a reason, in the language they are read in; a person rewrites it."""
    return {
        Reason.EXPERIENCE: _("Several people who applied have already done this work for longer. We chose to meet them first."),
        Reason.SKILL: _("One skill the work cannot do without was not in what you told us. We say which below."),
        Reason.LANGUAGE: _("The work is done in a language you told us you do not use yet at work."),
        Reason.WISHES: _("What you wish for and what this job offers do not meet: we prefer to say it now."),
        Reason.OTHER_CHOSEN: _("We met several people who could do this work, and chose one of them."),
        Reason.CLOSED: _("This job will not be filled. It has nothing to do with you."),
        Reason.INCOMPLETE: _("We asked for missing answers twice and did not get them."),
    }.get(reason, "")


class Refuse(forms.Form):
    """A reason for us, words for the person, what was seen."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason, for us"),
        choices=[("", gettext_lazy("Choose a reason")), *Reason.choices],
        error_messages={"required": gettext_lazy("Choose a reason")},
    )
    because = forms.CharField(
        label=gettext_lazy("In your words, for us"),
        help_text=gettext_lazy("Facts, not impressions. The person can ask to read it."),
        required=False,
        max_length=1000,
        widget=area(2),
    )
    words = forms.CharField(
        label=gettext_lazy("What the person reads"),
        help_text=gettext_lazy("Say what decided, in their language. It leaves after 24 hours; until then you can take it back."),
        max_length=3000,
        widget=area(5),
        error_messages={"required": gettext_lazy("Write what the person reads")},
    )
    seen = forms.CharField(
        label=gettext_lazy("Skills you saw"),
        help_text=gettext_lazy("One a line. Theirs to keep, whatever the answer."),
        required=False,
        max_length=1000,
        widget=area(2),
    )


class MakeOffer(forms.Form):
    """Pay, first day, until when."""

    pay = forms.IntegerField(label=gettext_lazy("Pay, a year before tax"), min_value=1, max_value=2_000_000)
    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY))
    expires_on = forms.DateField(label=gettext_lazy("Their answer by"), widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY))
    words = forms.CharField(label=gettext_lazy("What you want to say"), required=False, max_length=2000, widget=area(4), help_text=READ_BY)


class Hire(forms.Form):
    """The first day."""

    joined_on = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY), error_messages={"required": gettext_lazy("Choose the first day")}
    )


class Write(forms.Form):
    """A note, or a message."""

    text = forms.CharField(label=gettext_lazy("Your note"), max_length=3000, widget=area(3), error_messages={"required": gettext_lazy("Write something")})
