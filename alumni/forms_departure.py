"""Forms of departures: announcing, who may know, another day, what does not come back, topics, the conversation."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from alumni.models import Departure, Topic
from alumni.transitions.departure import is_company_address
from alumni.transitions.handover import takers
from portal import clock
from portal.people.models import Grant, Person, Site
from portal.people.models.employment import ToldTo
from portal.people.picking import PersonField
from portal.plans.forms import DateInput, TimeInput
from portal.plans.models import AskedBack
from portal.plans.permissions import HR

WHO_MAY_KNOW = [
    (ToldTo.NEAR, gettext_lazy("My manager and the People team, nobody else")),
    (ToldTo.TEAM, gettext_lazy("My team as well")),
    (ToldTo.COLLEAGUES, gettext_lazy("All colleagues")),
]


class NewsForm(forms.Form):
    """Who may know, and from when; the person's own choice."""

    told_to = forms.ChoiceField(
        label=gettext_lazy("Who may know before the last day"), choices=WHO_MAY_KNOW, widget=forms.RadioSelect, initial=ToldTo.NEAR,
        help_text=gettext_lazy("Your manager and the People team always know. Desks that take things back know ten working days before."),
    )  # fmt: skip
    told_from = forms.DateField(
        label=pgettext_lazy("that day on", "From"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("Empty: at once. Until then only your manager and the People team know."),
    )

    def clean(self):
        data = super().clean()
        if data.get("told_to") == ToldTo.NEAR:
            data["told_from"] = None
        return data


class AnnounceForm(NewsForm):
    """A departure: its kind, the last day, and who may know when it is one's own."""

    field_order = ["kind", "last_day", "told_to", "told_from"]
    kind = forms.ChoiceField(label=gettext_lazy("Kind of departure"))
    last_day = forms.DateField(
        label=gettext_lazy("Last day"), widget=DateInput, help_text=gettext_lazy("The last day worked or on leave. Rights end the morning after.")
    )

    def __init__(self, *args, own: bool, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = Departure.OWN_KINDS if own else Departure.Kind
        self.fields["kind"].choices = [("", _("Choose")), *((kind.value, kind.label) for kind in kinds)]
        if not own:  # the person chooses, on their own page; until then it stays near
            del self.fields["told_to"], self.fields["told_from"]

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day < clock.today():
            raise forms.ValidationError(_("The last day is today at the earliest."))
        return day


class DayForm(forms.Form):
    last_day = forms.DateField(label=gettext_lazy("New last day"), widget=DateInput)

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day < clock.today():
            raise forms.ValidationError(_("The last day is today at the earliest."))
        return day


class StayForm(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, required=False, help_text=gettext_lazy("Read by the People team, the manager and the person.")
    )


class AddressForm(forms.ModelForm):
    """Where the person is reached once the company's address has gone."""

    class Meta:
        model = Departure
        fields = ["own_address"]
        widgets = {"own_address": forms.EmailInput(attrs={"autocomplete": "email"})}
        help_texts = {"own_address": gettext_lazy("You sign in with it afterwards, by a code mailed to it. The company’s address leaves your account.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["own_address"].required = True

    def clean_own_address(self):
        address = self.cleaned_data["own_address"].strip()
        if is_company_address(address, self.instance.person):
            raise forms.ValidationError(_("This is an address of the company: it will not reach you afterwards."))
        return address


class WaiveForm(forms.Form):
    """What became of something that does not come back."""

    how = forms.ChoiceField(
        label=gettext_lazy("What became of it"),
        choices=[(AskedBack.How.LOST, AskedBack.How.LOST.label), (AskedBack.How.KEPT, AskedBack.How.KEPT.label)],
        widget=forms.RadioSelect,
    )
    because = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("It stands beside the thing as its proof; the person reads it.")
    )


class TopicForm(forms.ModelForm):
    """One thing to hand over: to whom, when, where it is written."""

    day = forms.DateField(label=gettext_lazy("Session on"), required=False, widget=DateInput)
    hour = forms.TimeField(label=gettext_lazy("At"), required=False, widget=TimeInput)

    class Meta:
        model = Topic
        fields = ["title", "taker", "place", "link", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 4}), "link": forms.URLInput}
        help_texts = {"link": gettext_lazy("Where it is written or recorded."), "title": gettext_lazy("Such as “The contacts at the Redon lock”.")}

    field_order = ["title", "taker", "day", "hour", "place", "link", "note"]

    def __init__(self, *args, departure: Departure, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(departure.site.timezone)
        if departure.told_now == ToldTo.COLLEAGUES or departure.status != Departure.Status.COMING:
            # Anybody may be asked: a name is typed, where a list of everybody would weigh more than the page.
            self.fields["taker"] = PersonField(label=self.fields["taker"].label, required=False)
            self.initial["taker"] = self.instance.taker
        else:
            self._offer_the_few(departure)
        if self.instance.session_at:
            local = localtime(self.instance.session_at, self.zone)
            self.initial |= {"day": clock.day(self.instance.session_at, departure.site.timezone), "hour": local.time()}

    def _offer_the_few(self, departure: Departure) -> None:
        choice = self.fields["taker"]
        choice.queryset = takers(departure).order_by("family_name", "given_name", "pk")
        choice.empty_label = _("Nobody yet")
        choice.label_from_instance = lambda person: f"{person.family_name} {person.first_name}"
        choice.help_text = _("Only people who may know of this departure are offered.")

    def clean(self):
        data = super().clean()
        day, hour = data.get("day"), data.get("hour")
        if bool(day) != bool(hour):
            self.add_error("hour" if day else "day", _("A session needs a day and an hour."))
        data["session_at"] = datetime.combine(day, hour, self.zone) if day and hour else None
        return data


class TalkForm(forms.Form):
    """When, and with whom of the People team."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=DateInput)
    hour = forms.TimeField(label=gettext_lazy("Hour"), widget=TimeInput)
    host = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("With"))

    def __init__(self, *args, site: Site, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(site.timezone)
        grants = Grant.objects.filter(Q(site=None) | Q(site=site), duty__in=HR)
        self.fields["host"].queryset = Person.objects.filter(grants__in=grants).distinct().order_by("family_name", "given_name", "pk")

    def moment(self) -> datetime:
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"], self.zone)


class NotesForm(forms.Form):
    held = forms.BooleanField(label=gettext_lazy("It was held"), required=False)
    notes = forms.CharField(
        label=gettext_lazy("Notes"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("Facts and proposals. The People team of the site reads this, nobody else; the person may ask for it with their data."),
    )  # fmt: skip


class ListForm(forms.Form):
    """What the list is narrowed by."""

    STATES = [
        ("", gettext_lazy("Open")),
        ("coming", gettext_lazy("Coming")),
        ("left", gettext_lazy("To close")),
        ("late", gettext_lazy("Something is late")),
        ("closed", gettext_lazy("Closed")),
        ("cancelled", gettext_lazy("Cancelled")),
        ("all", gettext_lazy("All")),
    ]
    q = forms.CharField(label=gettext_lazy("Find by name"), required=False, max_length=80)
    site = forms.ModelChoiceField(Site.objects.all(), label=gettext_lazy("Site"), required=False, to_field_name="code", empty_label=gettext_lazy("All sites"))
    state = forms.ChoiceField(label=gettext_lazy("Show"), choices=STATES, required=False)
