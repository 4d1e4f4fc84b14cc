"""What operators fill in about a subscription."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.webhooks import events, guard
from portal.webhooks.models import Subscription


class SubscriptionForm(forms.ModelForm):
    events = forms.MultipleChoiceField(label=_("Events"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Choose at least one event.")})

    class Meta:
        model = Subscription
        fields = ["name", "url", "events", "names", "active"]
        widgets = {"url": forms.URLInput(attrs={"placeholder": "https://desk.example.org/hooks", "autocomplete": "off"})}
        help_texts = {"url": _("A public https address. Addresses inside a private network are refused, and redirects are not followed.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["events"].choices = [(event.name, f"{event.label} ({event.name})") for event in events.every()]
        self.fields["url"].assume_scheme = "https"
        if self.instance.pk is None:
            del self.fields["active"]

    def clean_url(self):
        try:
            guard.demand(self.cleaned_data["url"])
        except guard.Refused as reason:
            raise ValidationError(str(reason)) from None
        return self.cleaned_data["url"]


class DeliveryFilter(forms.Form):
    """Every field may stay empty."""

    state = forms.ChoiceField(label=_("State"), required=False)
    event = forms.ChoiceField(label=_("Event"), required=False)

    def __init__(self, *args, **kwargs):
        from portal.webhooks.models import Delivery

        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("All")), *Delivery.State.choices]
        self.fields["event"].choices = [("", _("All")), *((event.name, event.name) for event in events.every()), ("ping", "ping")]
        for field in self.fields.values():
            field.widget.attrs |= {"class": "field-s", "data-submit-on-change": True}

    def narrow(self, rows):
        """The rows that fit; a filter that makes no sense narrows nothing."""
        chosen = getattr(self, "cleaned_data", {}) if self.is_valid() else {}
        return rows.filter(**{name: value for name, value in chosen.items() if value})
