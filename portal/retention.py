"""How long the house keeps its own rows."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal import audit, privacy
from portal.models import AuditEntry, Mail, Notice


@privacy.keep(
    "notices",
    Notice,
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
    "audit",
    AuditEntry,
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
