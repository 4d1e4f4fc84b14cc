"""On the home page: the ballots that are awaited from me, and what is mine to write."""

from portal.panels import reading
from portal.panels.models import Ballot, Panel
from portal.sections import section

SHOWN = 5


@section("home.desk", "panels/_desk.html", order=20)
def awaited(request, subject):
    """Panels that wait for my ballot, or for the meeting's note or the decision where I write it."""
    sealed = Ballot.objects.filter(member__person__user=request.user).values("member__panel")
    votes = Panel.objects.allowing(request.user, "panels.vote_panel").exclude(pk__in=sealed)
    panels = reading.titled((votes | Panel.objects.allowing(request.user, "panels.write_panel"))[:SHOWN])
    return {"panels": panels, "waiting": len(panels)} if panels else None
