"""How long the house keeps its own rows."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from portal import audit, clock, privacy
from portal.models import AuditEntry, Delivery, Mail, Notice, RetentionRun, TimelineEntry


@privacy.keep(
    "notices",
    Notice,
    data=_("Notices"),
    event=_("the notice was written"),
    period=_("one year"),
    action=privacy.ERASE,
    basis=_("legitimate interest"),
    purpose=_("tell people what concerns them"),
    recipients=_("the person told"),
)
def notices_due(moment):
    return Notice.objects.filter(at__lt=moment - timedelta(days=365))


@privacy.keep(
    "mails",
    Mail,
    data=_("Mails"),
    event=_("the mail was sent, cancelled or given up"),
    period=_("90 days"),
    action=privacy.ERASE,
    basis=_("legitimate interest"),
    purpose=_("prove that a letter left, and keep it from leaving twice"),
    recipients=_("nobody; the addressee got the mail"),
)
def mails_due(moment):
    settled = [Mail.State.SENT, Mail.State.CANCELLED, Mail.State.FAILED]
    return Mail.objects.filter(state__in=settled, written_at__lt=moment - timedelta(days=90))


@privacy.keep(
    "webhooks",
    Delivery,
    data=_("What was told to other systems"),
    event=_("it was delivered or given up"),
    period=_("30 days"),
    action=privacy.ERASE,
    basis=_("legitimate interest"),
    purpose=_("prove what was told, and send it again when it was lost"),
    recipients=_("operators and HR administrators"),
)
def webhooks_due(moment):
    settled = [Delivery.State.DELIVERED, Delivery.State.DEAD]
    return Delivery.objects.filter(state__in=settled, settled_at__lt=moment - timedelta(days=30))


@privacy.keep(
    "audit",
    AuditEntry,
    data=_("Audit log"),
    event=_("the act was logged"),
    period=_("one year"),
    action=privacy.ERASE,
    basis=_("legal obligation (security of processing)"),
    purpose=_("know who did what on whose data"),
    recipients=_("HR administrators"),
    act=audit.retire,
)
def audit_due(moment):
    return AuditEntry.objects.filter(at__lt=moment - timedelta(days=365)).order_by("pk")  # the chain goes from its beginning


@privacy.keep(
    "sessions",
    Session,
    data=_("Sessions"),
    event=_("the session ended"),
    period=_("at once"),
    action=privacy.ERASE,
    basis=_("legitimate interest"),
    purpose=_("keep people signed in while they work"),
    recipients=_("nobody; each person sees their own"),
)
def sessions_due(moment):
    return Session.objects.filter(expire_date__lt=moment)


@privacy.keep(
    "retention runs",
    RetentionRun,
    data=_("Runs of these rules"),
    event=_("the rule ran"),
    period=_("five years"),
    action=privacy.ERASE,
    basis=_("legal obligation (accountability)"),
    purpose=_("prove that what was due was erased; counts, never names"),
    recipients=_("HR administrators"),
)
def runs_due(moment):
    return RetentionRun.objects.filter(at__lt=moment - timedelta(days=5 * 365))


@privacy.exporter("account", _("My account"))
def account(user):
    rows = [privacy.facts(user, "email", "language", "theme", "last_login", "is_active")]
    rows += [privacy.facts(address, "email", "verified", "primary") for address in EmailAddress.objects.filter(user=user)]
    rows += [privacy.facts(key, "type", "created_at", "last_used_at") for key in Authenticator.objects.filter(user=user)]
    return rows


@privacy.exporter("sessions", _("Where I am signed in"))
def sessions(user):
    return [privacy.facts(session, "created_at", "ip", "user_agent") for session in UserSession.objects.filter(user=user)]


@privacy.exporter("notices", _("What the portal told me"))
def notices(user):
    return [privacy.facts(notice, "at", "kind", "text_en", "text_fr", "read_at") for notice in Notice.objects.filter(user=user)]


@privacy.exporter("mails", _("Mails the portal sent me"))
def mails(user):
    addresses = {user.email, *EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)}
    return [privacy.facts(mail, "written_at", "to", "subject", "kind", "state") for mail in Mail.objects.filter(to__in=addresses).exclude(kind="account")]


@privacy.exporter("acts", _("What I did that is logged"))
def acts(user):
    since = clock.now() - timedelta(days=365)
    return [privacy.facts(entry, "at", "action", "target", "address") for entry in AuditEntry.objects.filter(actor=f"user:{user.pk}", at__gt=since)[:1000]]


@privacy.exporter("steps", _("Steps I took"))
def steps(user):
    return [privacy.facts(entry, "at", "verb", "before", "after", "note") for entry in TimelineEntry.objects.filter(by=user)[:1000]]
