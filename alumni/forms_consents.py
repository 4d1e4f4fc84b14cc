"""What an alumnus writes on their card, and who reads each line."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alumni.models import AlumniCard

SeenBy = AlumniCard.SeenBy


class CardForm(forms.ModelForm):
    """Each line stands beside the choice of its readers; nothing is shown that nobody chose to show."""

    class Meta:
        model = AlumniCard
        fields = ["now", "town", "topics", "address", "link"]
        widgets = {"topics": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in AlumniCard.FIELDS:
            field = forms.ChoiceField(label=_("Who reads it"), choices=SeenBy.choices, initial=self.instance.level_of(name), required=False)
            self.fields[f"seen_{name}"] = field

    def pairs(self):
        """(line, readers) in their order, for the template."""
        return [(self[name], self[f"seen_{name}"]) for name in AlumniCard.FIELDS]

    def save(self, commit=True):
        self.instance.seen_by = {name: self.cleaned_data[f"seen_{name}"] or SeenBy.ME for name in AlumniCard.FIELDS}
        return super().save(commit)


class LeaveForm(forms.Form):
    """A confirmation that cannot be a slip."""

    sure = forms.BooleanField(
        label=_("I understand that this cannot be undone"),
        error_messages={"required": _("Tick the box to confirm")},
    )
