"""What the directory runs later: files of people that wait to be looked at or written."""

from portal.people.importing import transitions
from portal.people.models import PeopleImport
from portal.tasks import scheduled


@scheduled("people.carry_imports")
def carry_imports():
    """Look at files whose columns were chosen, write those that were confirmed; how many."""
    verbs = {PeopleImport.Status.CHECKING: transitions.look, PeopleImport.Status.WRITING: transitions.carry}
    waiting = list(PeopleImport.objects.filter(status__in=verbs).order_by("pk").values_list("pk", "status"))
    for pk, status in waiting:
        verbs[status](pk)
    return len(waiting)
