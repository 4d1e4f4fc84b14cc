"""On the home page: the ballots that are awaited from me, and what is mine to write."""

from django.utils.translation import gettext as _

from portal.panels import reading
from portal.panels.models import Ballot, Panel
from portal.sections import section

SHOWN = 5


@section("home.desk", "panels/_desk.html", order=20)
def awaited(request, subject):
    """Panels that wait for my ballot, or for the meeting's note or the decision where I write it."""
    panels = Panel.objects.allowing(request.user, "panels.vote_panel").exclude(
        pk__in=Ballot.objects.filter(member__person__user=request.user).values("member__panel")
    )
    rows = [(panel, _("Your reasons are awaited") if panel.is_signed else _("Your ballot is awaited")) for panel in reading.titled(panels[:SHOWN])]
    return {"panels": rows, "waiting": len(rows)} if rows else None
