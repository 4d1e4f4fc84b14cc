"""How alumni are found by colleagues and by each other: who agreed to stay reachable, by the lines they opened and no other."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from alumni import consenting
from alumni.models import AlumniCard, Consent
from alumni.permissions.consent import stayed
from portal.people.models import Assignment, Employee, Person
from portal.search.documents import NAME, STRONG, TEXT, Draft, Part, Rung, SearchDocument, register

SeenBy = AlumniCard.SeenBy
RUNGS = {SeenBy.EVERYONE: 0, SeenBy.ALUMNI: 1}


@register
class AlumniCardDocument(SearchDocument):
    kind = "alumnus"
    label = _("Alumnus")
    plural = _("Alumni")
    icon = "users"
    model = AlumniCard
    fields = {"name": _("name"), "now": _("what they do now"), "town": _("town"), "topics": _("ask them about"), "role": _("former role")}
    name_columns = ("person__family_name", "person__given_name", "person__usual_name")
    freshened_by = {
        Consent: lambda consent: AlumniCard.objects.filter(person=consent.person_id).values_list("pk", flat=True),
        Person: lambda person: AlumniCard.objects.filter(person=person).values_list("pk", flat=True),
        Employee: lambda employee: AlumniCard.objects.filter(person=employee.person_id).values_list("pk", flat=True),
        Assignment: lambda seat: AlumniCard.objects.filter(person__employee=seat.employee_id).values_list("pk", flat=True),
    }

    def queryset(self):
        seats = Prefetch("person__employee__assignments", queryset=Assignment.objects.select_related("team").order_by("-ended_on"), to_attr="all_seats")
        found = AlumniCard.objects.filter(stayed(consenting.Scope.REACHABLE))
        return found.select_related("person__employee").prefetch_related(seats)

    def draft(self, card):
        person = card.person
        seats = person.employee.all_seats
        last = seats[0] if seats else None
        parts = [Part("name", person.family_name, NAME)]
        parts += [Part("name", name, NAME, given=True) for name in dict.fromkeys((person.usual_name, person.given_name)) if name]
        if last:
            parts += [Part("role", text, STRONG, language=code) for text, code in ((last.title_en, "en"), (last.title_fr, "fr")) if text]
        for name, weight in (("now", TEXT), ("town", STRONG), ("topics", TEXT)):
            level = card.level_of(name)
            if level in RUNGS and getattr(card, name):
                parts.append(Part(name, getattr(card, name), weight, RUNGS[level], language=card.language))
        subtitle = (last.title_en or last.title_fr, last.title_fr or last.title_en) if last else ""
        url = card.get_absolute_url()
        return Draft(person.display_name, url, parts, [Rung(("alumni", "colleagues")), Rung(("alumni",))], subtitle=subtitle, wholes=(person.display_name,))

    def turning(self, since, until):
        """Seats that end and consents that run out, without anybody touching a row."""
        ended = AlumniCard.objects.filter(person__employee__assignments__ended_on__range=(since, until))
        over = AlumniCard.objects.filter(person__consents__until__range=(since, until))
        return {*ended.values_list("pk", flat=True), *over.values_list("pk", flat=True)}
