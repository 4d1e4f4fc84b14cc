"""What is written about a panel: its convening, a ballot per criterion, the meeting's note, the lines the person will read, an overrule."""

from datetime import date, timedelta

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.panels.models import Ballot, BallotLine, Panel
from portal.panels.transitions import SHORTEST_OVERRULE, Line
from portal.people.models import Person


class ConveneForm(forms.Form):
    """Who sits for the People team, the rule, and until when; the rest follows from the opening."""

    hr = forms.ModelChoiceField(
        label=_("For the People team"),
        queryset=Person.objects.none(),
        error_messages={"required": _("Choose who sits for the People team")},
    )
    rule = forms.ChoiceField(label=_("Rule, frozen when the panel opens"), choices=Panel.Rule.choices, widget=forms.RadioSelect, initial=Panel.Rule.CONSENT)
    deadline = forms.DateField(
        label=_("Ballots until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Six in the evening, within the next 30 days."),
        error_messages={"required": _("Choose the last day of the ballots")},
    )

    def __init__(self, *args, today: date, people, me: Person, votes: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not votes:  # two sign, each for one college: nothing to choose
            del self.fields["rule"]
            self.fields["deadline"].label = _("Reasons until")
            self.fields["deadline"].error_messages["required"] = _("Choose the last day for the reasons")
        self.fields["hr"].queryset = Person.objects.filter(pk__in=[person.pk for person in people])
        self.fields["hr"].initial = me if me in people else people[0] if people else None
        self.fields["deadline"].initial = today + timedelta(days=7)
        if votes:
            self.fields["rule"].choice_hints = {
                Panel.Rule.CONSENT.value: _("The answer is yes unless somebody objects with a reason that names a criterion."),
                Panel.Rule.MAJORITY.value: _("The answer is yes when each college has more yes than no."),
            }

    def clean(self):
        return {"rule": Panel.Rule.MAJORITY, **super().clean()}


class BallotForm(forms.Form):
    """One verdict and one reason per criterion, then an objection (consent) or a vote (majority, signed reasons)."""

    def __init__(self, *args, panel: Panel, ballot: Ballot | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.panel, self.criteria = panel, list(panel.criteria.all())
        known = {line.criterion_id: line for line in ballot.lines.all()} if ballot else {}
        for criterion in self.criteria:
            line = known.get(criterion.pk)
            self.fields[f"verdict_{criterion.pk}"] = forms.ChoiceField(
                label=criterion.text,
                choices=BallotLine.Verdict.choices,
                widget=forms.RadioSelect,
                initial=line.verdict if line else None,
                error_messages={"required": format_lazy("{} {}", _("Choose a verdict:"), criterion.text)},
            )
            self.fields[f"because_{criterion.pk}"] = forms.CharField(
                label=_("Because"),
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=line.because if line else "",
                error_messages={"required": format_lazy("{} {}", _("Say in one line what made you choose:"), criterion.text)},
            )
        self._add_choice(ballot)

    def _add_choice(self, ballot):
        initial = ballot.choice if ballot else None
        if self.panel.rule == Panel.Rule.CONSENT:
            choices = [(Ballot.Choice.YES, _("No objection")), (Ballot.Choice.NO, _("I object, on one criterion"))]
            self.fields["choice"] = forms.ChoiceField(label=_("Do you object?"), choices=choices, widget=forms.RadioSelect, initial=initial)
            self.fields["choice"].choice_hints = {Ballot.Choice.NO.value: _("An objection opens a meeting. It is not a veto.")}
            self.fields["objection"] = forms.ChoiceField(
                label=_("The criterion you object on"),
                choices=[("", _("No objection")), *((criterion.pk, criterion.text) for criterion in self.criteria)],
                required=False,
                initial=ballot.objection_id if ballot else None,
            )
            self.fields["objection_reason"] = forms.CharField(
                label=_("Your objection"),
                max_length=1000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=ballot.objection_reason if ballot else "",
            )
        else:
            choices = Ballot.Choice.choices[:2] if self.panel.is_signed else Ballot.Choice.choices
            self.fields["choice"] = forms.ChoiceField(label=_("Your answer"), choices=choices, widget=forms.RadioSelect, initial=initial)
        self.fields["choice"].error_messages["required"] = _("Choose your answer.")

    def rows(self):
        """(verdict, because) bound fields per criterion, for the template."""
        return [(self[f"verdict_{criterion.pk}"], self[f"because_{criterion.pk}"]) for criterion in self.criteria]

    def clean(self):
        values = super().clean()
        if self.panel.rule == Panel.Rule.CONSENT and values.get("choice") == Ballot.Choice.NO:
            if not values.get("objection"):
                self.add_error("objection", _("Choose the criterion you object on."))
            if not values.get("objection_reason"):
                self.add_error("objection_reason", _("Give the reason of your objection."))
        return values

    def ballot(self) -> dict:
        """The arguments of `transitions.seal`."""
        values = self.cleaned_data
        return {
            "choice": values["choice"],
            "lines": [Line(c.pk, values[f"verdict_{c.pk}"], values[f"because_{c.pk}"]) for c in self.criteria],
            "objection": int(values["objection"]) if values.get("objection") else None,
            "objection_reason": values.get("objection_reason", ""),
        }


class MeetingForm(forms.Form):
    note = forms.CharField(
        label=_("What the meeting found"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The panel reads it, and it is kept with the file."),
        error_messages={"required": _("Say what the meeting found")},
    )
    decision = forms.ChoiceField(
        label=_("The answer"), choices=Panel.Decision.choices, widget=forms.RadioSelect, error_messages={"required": _("Choose the answer")}
    )


class OverruleForm(forms.Form):
    reason = forms.CharField(
        label=_("Your reason"),
        min_length=SHORTEST_OVERRULE,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=format_lazy(_("The panel reads it, and it is kept with the file. {least} characters at least."), least=SHORTEST_OVERRULE),
        error_messages={
            "required": _("Give your reason"),
            "min_length": _("Say more: the panel will read it. It takes %(limit_value)s characters at least, you wrote %(show_value)s."),
        },
    )


class SummaryForm(forms.Form):
    """One line per criterion, in the language of the person it is about."""

    def __init__(self, *args, panel: Panel, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = list(panel.criteria.all())
        for criterion in self.criteria:
            self.fields[f"summary_{criterion.pk}"] = forms.CharField(
                label=criterion.text,
                max_length=400,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": format_lazy(_("Write one line: {criterion}"), criterion=criterion.text)},
            )

    def summaries(self) -> dict[int, str]:
        return {criterion.pk: self.cleaned_data[f"summary_{criterion.pk}"] for criterion in self.criteria}
