"""The words plans are made of: kinds, families, owners, and the part of a step that template and plan share."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import roles
from portal.languages import Bilingual
from portal.plans.planning import Anchor, Moment, Span

page_of_ours_or_https = RegexValidator(r"^(/(?![/\\])|https://)[^\s\\]*$", _("A page of this site begins with “/”, any other address with “https://”."))


class PlanKind(models.TextChoices):
    ARRIVAL = "arrival", _("Arrival")
    MOVE = "move", _("Move")
    DEPARTURE = "departure", _("Departure")


class StepKind(models.TextChoices):
    TASK = "task", _("Task")
    APPOINTMENT = "appointment", _("Appointment")
    DOCUMENT = "document", _("Document to read")
    FORM = "form", _("Form to fill in")
    MEETING = "meeting", _("Meeting someone")
    LEARNING = "learning", _("Something to learn")
    CHECK = "check", _("Automatic check")
    HANDOVER = "handover", _("Hand-over")


class Family(models.TextChoices):
    CONTRACT = "contract", _("Contract")
    EQUIPMENT = "equipment", _("Equipment")
    ACCESS = "access", _("Access")
    TEAM = "team", _("Team")
    DAY_ONE = "day_one", _("Day one")


class Owner(models.TextChoices):
    """Who owns a step. Desks bear the name of the duty their people hold."""

    IT = roles.IT, _("IT desk")
    FACILITIES = roles.FACILITIES, _("Facilities")
    SECURITY = roles.SECURITY, _("Security")
    PAYROLL = roles.PAYROLL, _("Payroll")
    HR = roles.HR, _("People team")
    MANAGER = "manager", _("Manager")
    BUDDY = "buddy", _("Buddy")
    NEWCOMER = "newcomer", _("The person")


DESKS = (Owner.IT, Owner.FACILITIES, Owner.SECURITY, Owner.PAYROLL, Owner.HR)


class Thing(models.TextChoices):
    """What an access opens."""

    SYSTEM = "system", _("System")
    MAILBOX = "mailbox", _("Mailbox")
    BADGE = "badge", _("Badge")
    DOOR = "door", _("Door code")
    VPN = "vpn", _("VPN")
    WIFI = "wifi", _("Wi-Fi")
    INTERNET = "internet", _("Internet")
    LICENCE = "licence", _("Licence")


class Delivery(models.TextChoices):
    """How an access reaches its person."""

    ACCOUNT = "account", _("An account that is opened")
    CODE = "code", _("A code, shown once")
    IN_PERSON = "in_person", _("Handed over in person")


class Reaches(models.TextChoices):
    """Where a step brings the unit it needs; the register's own words for its states."""

    ASSIGNED = "assigned", _("Set aside")
    PREPARED = "prepared", _("Prepared")
    TESTED = "tested", _("Tested")
    GIVEN = "given", _("Handed over")


class StepWords(models.Model):
    """What a step says and when it is due: the same in a template and in a plan, which copies it."""

    key = models.SlugField(_("key"), max_length=60, help_text=_("The same key in two templates: the more particular one wins."))
    kind = models.CharField(_("kind"), max_length=12, choices=StepKind.choices, default=StepKind.TASK)
    text_en = models.CharField(_("what is to do, in English"), max_length=160, help_text=_("A verb first: “Order the laptop”."))
    text_fr = models.CharField(_("what is to do, in French"), max_length=160, blank=True)
    more_en = models.TextField(_("more, in English"), blank=True)
    more_fr = models.TextField(_("more, in French"), blank=True)
    role = models.CharField(_("owner"), max_length=12, choices=Owner.choices, default=Owner.HR)
    family = models.CharField(_("family"), max_length=10, choices=Family.choices, default=Family.DAY_ONE)
    mandatory = models.BooleanField(_("must be done"), default=True)
    anchor = models.CharField(_("counted from"), max_length=10, choices=Anchor.choices, default=Anchor.FIRST_DAY)
    span = models.CharField(_("counted in"), max_length=8, choices=Span.choices, default=Span.DAYS)
    offset = models.SmallIntegerField(_("how many"), default=0, help_text=_("Negative: before. Zero: on the day itself."))
    at = models.TimeField(_("at"), null=True, blank=True)
    place_en = models.CharField(_("place, in English"), max_length=160, blank=True)
    place_fr = models.CharField(_("place, in French"), max_length=160, blank=True)
    link = models.CharField(
        _("where it is"),
        max_length=300,
        blank=True,
        validators=[page_of_ours_or_https],
        help_text=_("A page of this site, such as /people/{me}/ for the person’s own one, or an address beginning with https://."),
    )
    questions_en = models.TextField(_("questions in English, one a line"), max_length=2000, blank=True)
    questions_fr = models.TextField(_("questions in French, one a line"), max_length=2000, blank=True)
    asks = models.CharField(_("answered by the check"), max_length=60, blank=True)
    reaches = models.CharField(_("the unit is then"), max_length=10, choices=Reaches.choices, blank=True)

    text = Bilingual("text")
    questions = Bilingual("questions")
    more = Bilingual("more")
    place = Bilingual("place")

    COPIED = (
        "key",
        "kind",
        "text_en",
        "text_fr",
        "more_en",
        "more_fr",
        "role",
        "family",
        "mandatory",
        "anchor",
        "span",
        "offset",
        "at",
        "place_en",
        "place_fr",
        "link",
        "questions_en",
        "questions_fr",
        "asks",
        "reaches",
    )

    class Meta:
        abstract = True

    @property
    def asked(self) -> list[str]:
        """The questions of a form, in the reader's language."""
        return [line.strip() for line in str(self.questions).splitlines() if line.strip()] if self.kind == StepKind.FORM else []

    @property
    def by_itself(self) -> bool:
        """Whether the house answers this step by a check, and no hand does."""
        return self.kind == StepKind.CHECK and bool(self.asks)

    @property
    def one_click(self) -> bool:
        """Whether a button alone does it: not a form to fill in, nor what the house answers by itself."""
        return not self.asked and not self.by_itself

    @property
    def moment(self) -> Moment:
        return Moment(self.anchor, self.offset, self.span)
