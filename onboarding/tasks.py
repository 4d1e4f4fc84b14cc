"""What runs by itself for arrivals: the checks, nine o'clock, the morning's letters, the check-ins, the codes that end."""

from onboarding import asking, checkins, digests, letters, mornings
from onboarding.models import Arrival
from portal import clock
from portal.plans import access
from portal.plans.models import Plan
from portal.tasks import scheduled


@scheduled("onboarding.check_arrivals")
def check_arrivals():
    """Ask about every arrival that is due; how many."""
    asked = asking.run()
    return "another run is at it" if asked is None else asked


@scheduled("onboarding.ask_system", time_limit=300)
def ask_system(code):
    """Ask one other system what is due; runs on a queue of its own, so that a slow one delays nobody."""
    return asking.ask_system(code)


@scheduled("onboarding.record_mornings")
def record_mornings():
    """Write down the first mornings whose nine o'clock has come."""
    return mornings.record()


@scheduled("onboarding.write_digests")
def write_digests():
    """The letters of the morning and the louder ones; how many."""
    return digests.escalate() + digests.write()


@scheduled("onboarding.send_agendas")
def send_agendas():
    """Send the agenda of the first day three working days before."""
    sent = 0
    coming = Arrival.objects.filter(agenda_sent_at=None, plan__status=Plan.Status.RUNNING, plan__first_day__gte=clock.today())
    for arrival in coming.select_related("plan__site", "plan__person__user", "plan__manager", "plan__buddy"):
        plan = arrival.plan
        soon = plan.days.between(plan.today(), plan.first_day) <= 3
        if soon and letters.agenda_of(arrival).exists() and letters.agenda(arrival):
            sent += Arrival.objects.filter(pk=arrival.pk, agenda_sent_at=None).update(agenda_sent_at=clock.now())
    return sent


@scheduled("onboarding.ask_checkins")
def ask_checkins():
    """Ask the three questions where their day has come."""
    return checkins.ask()


@scheduled("plans.expire_codes")
def expire_codes():
    """Destroy the codes whose time is over."""
    return access.expire()
