"""The living reference of the interface, for staff: every component in every state, both themes (/design/)."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

# fmt: off
COLOURS = [
    "paper", "surface", "sunken", "raised", "ink", "ink-2", "ink-3", "stone-wash", "rule", "rule-strong", "pine", "pine-deep",
    "pine-wash", "band", "on-band-2", "marigold", "mark", "focus", "ph-candidate", "ph-newcomer", "ph-colleague", "ph-leaver",
    "ph-alumni", "ok", "ok-wash", "warn", "warn-wash", "bad", "bad-wash", "info", "info-wash",
]
# fmt: on


@dataclass(frozen=True)
class Sample:
    """Someone who exists on this page only."""

    display_name: str
    initials: str
    hue: str = ""

    @property
    def first_name(self):
        return self.display_name.split()[0]

    def get_absolute_url(self):
        return "#labels"


INES = Sample("Inès Belhadj", "IB", "rose")
TOM = Sample("Tom Okafor", "TO", "blue")
PRIYA = Sample("Priya Raman", "PR", "sun")
MAELLE = Sample("Maëlle Guégan", "MG", "plum")
YANN = Sample("Yann Le Goff", "YL", "stone")
ELODIE = Sample("Élodie Marchand", "ÉM")


class FieldsForm(forms.Form):
    """The states of a field: plain, hinted, refused, fixed, long."""

    name = forms.CharField(label="Full name", widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        label="Phone",
        required=False,
        help_text="Only to warn you of a change on the day.",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label="E-mail address",
        error_messages={"invalid": "Enter an address with an @, like lena@posteo.net"},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    number = forms.CharField(
        label="Employee number", required=False, help_text="Set by payroll; it cannot be changed here.", widget=forms.TextInput(attrs={"readonly": True})
    )
    site = forms.ChoiceField(label="Site", choices=[("nantes", "Nantes"), ("lyon", "Lyon"), ("bristol", "Bristol")])
    first_day = forms.DateField(label="First day", help_text="Working days of the site only.", widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label="Why you refuse", help_text="Lena can read this.", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ChoicesForm(forms.Form):
    """Radios, checkboxes, toggles, anchored levels, a ballot."""

    session = forms.ChoiceField(
        label="Working session, Nantes time",
        widget=forms.RadioSelect,
        choices=[("wed", "Wed 2 December, 09:30 to 11:00"), ("thu", "Thu 3 December, 14:00 to 15:30"), ("none", "None of these suits me")],
    )
    help = forms.MultipleChoiceField(
        label="You can ask me for",
        widget=forms.CheckboxSelectMultiple,
        choices=[("questions", "Questions by message"), ("mentoring", "Mentoring"), ("shadowing", "Job shadowing")],
    )
    digest = forms.BooleanField(label="Weekly digest instead of each notice", required=False)
    photo = forms.BooleanField(label="Photo shown to colleagues", required=False, help_text="The monogram stands for it otherwise.")
    agree = forms.BooleanField(label="I have read how we keep people safe near water", required=False)
    level = forms.ChoiceField(
        label="Keeps a pipeline running for other people",
        help_text="Choose the sentence that fits.",
        widget=forms.RadioSelect,
        choices=[("1", "Waits to be told."), ("2", "Repairs when asked."), ("3", "Warns users before they notice."), ("4", "Others copy how it is done.")],
    )
    verdict = forms.ChoiceField(
        label="Trusts and distrusts data on purpose",
        widget=forms.RadioSelect,
        choices=[("meets", "Meets it"), ("partly", "Partly"), ("not", "Does not"), ("unseen", "Not seen")],
    )
    because = forms.CharField(label="Because", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["session"].choice_hints = {"thu": "13:00 in Bristol"}
        self.fields["help"].choice_hints = {"mentoring": "Two places at most"}


class FileForm(forms.Form):
    cv = forms.CharField(label="CV", help_text="PDF, Word or ODT, up to 10 MB.", widget=forms.FileInput)


def samples():
    """What the page shows; the pictures' people, not the demo's."""
    fields = FieldsForm(
        {
            "name": "Lena Morel",
            "email": "lena.posteo.net",
            "number": "RV-01240",
            "site": "nantes",
            "first_day": "2026-11-30",
            "reason": "We look for someone who has held a rota.",
        }
    )
    chosen = {"session": "wed", "help": ["questions"], "digest": "on", "level": "3", "verdict": "meets", "because": "She told us how she found the drift."}
    refused = FileForm({}, {})
    refused.errors["cv"] = refused.error_class(["This file is 14 MB. The limit is 10 MB."])
    return {
        "colours": COLOURS,
        "fields": fields,
        "choices": ChoicesForm(chosen),
        "file_form": FileForm(prefix="f1"),
        "refused": refused,
        "people": [INES, TOM, PRIYA, MAELLE, YANN, ELODIE],
        "ines": INES,
        "tom": TOM,
        "yann": YANN,
        "maelle": MAELLE,
        "cards": [
            {
                "person": INES,
                "pronouns": "she/her",
                "role": "Head of river data",
                "place": "River data, Nantes",
                "skills": [("Hydrology", "teaches it", True), ("Gauge networks", "", False), ("Python", "", False)],
                "ask": "Where the 2019 alert thresholds come from.",
                "foot": "Accepts to help",
            },
            {
                "person": TOM,
                "pronouns": "he/him",
                "role": "Data engineer",
                "place": "River data, Nantes",
                "skills": [("Kafka", "", False), ("PostGIS", "", False)],
                "ask": "Stream processing, bike commuting, school places.",
                "phase": "newcomer",
                "phase_label": "Arrives Monday",
                "foot": "Buddy: Priya Raman",
            },
        ],
        "path": [
            {"title": "You applied", "when": "5 November", "state": "done"},
            {"title": "A call with Inès", "when": "Answer by 26 November", "state": "now", "late": "3 days late"},
            {"title": "The panel decides together", "when": "By 16 December"},
        ],
        "steps": [
            {"label": "Who you are", "url": "#threads", "state": "done"},
            {"label": "Your experience", "state": "now"},
            {"label": "Two questions"},
            {"label": "Check and send"},
        ],
        "weeks": [
            {"title": "This week", "sub": "23 to 29 Nov", "people": [], "empty": "Nobody starts. Two preparation calls, Thursday.", "current": True},
            {"title": "Mon 30 Nov", "sub": "2 people", "people": [TOM, ELODIE]},
            {"title": "Mon 7 Dec", "sub": "1 person", "people": [INES]},
            {"title": "Mon 14 Dec", "sub": "2 people", "people": [PRIYA, MAELLE]},
            {"title": "Mon 21 Dec", "sub": "1 person", "people": [YANN]},
        ],
        "rows": [
            ("Field laptop, Samir Haddad", "IT desk", "20 Nov", "late", "Late 3 d", "1,840 €"),
            ("Screen, Jeanne Dubreuil", "IT desk", "27 Nov", "done", "Done", "310 €"),
            ("Badge, Aoife Kelly", "Security", "4 Dec", "part", "3 of 4", "12 €"),
            ("Phone, Lucas Perrin", "IT desk", "11 Dec", "wait", "Not due", "420 €"),
        ],
        "page": Paginator(range(137), 25).page(2),
        "facets": [
            {
                "name": "help",
                "label": "Can help with",
                "open": True,
                "options": [{"value": "q", "label": "Questions by message", "count": 18, "checked": True}, {"value": "m", "label": "Mentoring", "count": 6}],
            },
            {
                "name": "site",
                "label": "Site",
                "open": True,
                "options": [{"value": "nantes", "label": "Nantes", "count": 14}, {"value": "lyon", "label": "Lyon", "count": 7}],
            },
            {"name": "path", "label": "Where they are in their path", "open": False, "options": []},
        ],
        "skills": [
            {
                "name": "Hydrology",
                "level": 4,
                "words": "4, teaches it",
                "detail": "Confirmed in July 2026 by Maëlle Guégan: “set the Vilaine thresholds with us”.",
            },
            {"name": "R", "level": 2, "words": "2, with help", "fading": "Last confirmed in October 2024: fading.", "still_url": "#people"},
        ],
        "reasons": [
            ("sprout", "She wants to learn team building; you offer it."),
            ("route", "Same path: network engineer, then head of field networks."),
            ("languages", "Both in French, Thursday evenings, at a distance."),
        ],
        "ties": [(MAELLE, 3, True), (YANN, 2, True), (PRIYA, 2, True), (TOM, 1, True), (ELODIE, 1, False)],
        "below": [TOM, PRIYA, YANN],
        "ready_by_week": [71, 73, 72, 76, 75, 79, 78, 82, 80, 84, 83, 87],
        "bars": [("Access", 46, "46 of 100"), ("Equipment", 31, "31 of 100"), ("Contract", 14, "14 of 100"), ("Team", 9, "9 of 100")],
        "parts": [("Kept", 11, "11"), ("Not verified yet", 8, "8"), ("Partly", 5, "5"), ("Broken", 2, "2")],
        "curve": [("Day 7", 68, 51, 82), ("Day 30", 50, 33, 67), ("Day 90", 30, 17, 48), ("Day 180", 27, 13, 48), ("One year", 12, 4, 32)],
        "thresholds": [(60, "kept from 60"), (50, "broken under 50")],
        "heads": ["Milestone", "True today", "Interval"],
    }


def reference(request):
    """Every part in every state: what the accessibility tests open."""
    if not request.user.is_staff:
        raise Http404
    messages.success(request, _("Saved. A toast says what was done, and undoes it."), extra_tags=f"undo:{request.path}")
    return render(request, "design/reference.html", samples())


urlpatterns = [path("", reference, name="design")]
