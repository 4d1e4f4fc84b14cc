"""What is written in mobility: interest, half an hour asked for, application, conversation, panel, answer, dates, wishes."""

from django import forms
from django.utils.translation import gettext_lazy

from mobility import talking
from mobility.models import Application, Wish
from portal.panels import convening

HE_READS = gettext_lazy("The person can read this.")


def area(rows=4):
    return forms.Textarea(attrs={"rows": rows})


def day_field(label, required, **options):
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), error_messages={"required": required}, **options)


class InterestForm(forms.Form):
    shared = forms.BooleanField(
        label=gettext_lazy("Let those who hire know"),
        required=False,
        help_text=gettext_lazy("The hiring manager and the People team of the opening. Never your present managers, nor the People team of your site."),
    )


class TalkForm(forms.Form):
    """A day and an hour, by the clock of the site of whoever is asked."""

    day = day_field(gettext_lazy("Day"), gettext_lazy("Choose a day"))
    hour = forms.TimeField(
        label=gettext_lazy("Hour"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": gettext_lazy("Choose an hour"), "invalid": gettext_lazy("Choose an hour")},
    )

    def __init__(self, *args, site, **kwargs):
        super().__init__(*args, **kwargs)
        self.site = site
        self.initial |= {"day": talking.next_day(site), "hour": talking.FIRST.replace(hour=talking.FIRST.hour + 1)}

    def clean(self):
        """Refused in words, beside the hour."""
        found = super().clean()
        if {"day", "hour"} <= set(found) and (why := talking.refused(self.site, found["day"], found["hour"])):
            self.add_error("hour", why)
        return found


class MotivationForm(forms.Form):
    motivation = forms.CharField(
        label=gettext_lazy("Why this seat"),
        help_text=gettext_lazy("A few lines. Your profile goes with them; no CV is asked for."),
        max_length=3000,
        widget=area(6),
        error_messages={"required": gettext_lazy("Say in a few lines why this seat")},
    )


class ConversationForm(forms.Form):
    on = day_field(gettext_lazy("Day"), gettext_lazy("Choose the day you talked"))
    said = forms.CharField(
        label=gettext_lazy("What was said"), help_text=HE_READS, max_length=3000, widget=area(5), error_messages={"required": gettext_lazy("Say what was said")}
    )


class RefuseForm(forms.Form):
    """One criterion of the description, what was seen of it, one next step."""

    criterion = forms.ChoiceField(
        label=gettext_lazy("The criterion that decided"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one criterion of the description")},
    )
    because = forms.CharField(
        label=gettext_lazy("What was seen of it"),
        help_text=gettext_lazy("Facts, in the person's language. They read this."),
        max_length=2000,
        widget=area(4),
        error_messages={"required": gettext_lazy("Say what was seen")},
    )
    next_step = forms.CharField(
        label=gettext_lazy("One next step"),
        help_text=gettext_lazy("Something they can do, with whom and by when."),
        max_length=1000,
        widget=area(2),
        error_messages={"required": gettext_lazy("Name one next step")},
    )

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        french = application.person.language == "fr"
        self.fields["criterion"].choices = [(place, pair[french]) for place, pair in enumerate(convening.criteria_of(application.opening.job))]


class DatesForm(forms.Form):
    starts_on = day_field(gettext_lazy("First day in the new seat"), gettext_lazy("Choose a day"))


class WishForm(forms.ModelForm):
    class Meta:
        model = Wish
        fields = ["text", "seen_by"]
        widgets = {"text": area(5), "seen_by": forms.RadioSelect}
        error_messages = {"text": {"required": gettext_lazy("Say in a few lines what you would like next")}}
