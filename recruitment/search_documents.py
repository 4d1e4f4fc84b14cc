"""How candidates are found, by those who hire for their job only; a hidden name is not in the index."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import roles
from portal.people import standing
from portal.people.models import Opening, Person
from portal.search.documents import CODE, NAME, STRONG, TEXT, Draft, Part, Rung, SearchDocument, audiences_from, register
from recruitment.models import CV, Application
from recruitment.permissions import TEAM


@audiences_from
def audiences(user) -> set[str]:
    """What `user` hires for: all, sites, or openings."""
    mine = {"recruiters" if site is None else f"recruiters:site:{site}" for duty, site in roles.grants(user) if duty in TEAM}
    person = standing.of(user).person if roles.belongs(user, roles.COLLEAGUES) else None
    if person:
        mine |= {f"hires:{key}" for key in Opening.objects.filter(hiring_manager=person).values_list("pk", flat=True)}
    return mine


@register
class ApplicationDocument(SearchDocument):
    kind = "application"
    label = _("Job applicant")
    plural = _("Candidates")
    icon = "briefcase-business"
    model = Application
    fields = {"name": _("name"), "code": _("code"), "email": _("address"), "skill": _("skill"), "answer": _("answer"), "cv": _("CV")}
    name_columns = ("person__family_name", "person__given_name")
    freshened_by = {
        CV: lambda cv: Application.objects.filter(cv=cv).values_list("pk", flat=True),
        Person: lambda person: Application.objects.filter(person=person).values_list("pk", flat=True),
        Opening: lambda opening: Application.objects.filter(opening=opening).values_list("pk", flat=True),
    }

    def queryset(self):
        return Application.objects.select_related("person", "opening__job", "stage", "cv").prefetch_related("answers")

    def draft(self, application):
        opening = application.opening
        owners = ("recruiters", f"recruiters:site:{opening.site_id}", f"hires:{opening.pk}")
        parts = [Part("code", f"{application.code} {application.reference}", CODE)]
        parts += [Part("skill", skill, STRONG) for skill in application.skills]
        parts += [Part("answer", answer.text, TEXT, language=application.language) for answer in application.answers.all()]
        if not application.is_blind:
            parts += [Part("name", application.person.display_name, NAME), Part("email", application.email, CODE)]
            if application.cv:
                parts.append(Part("cv", application.cv.text, TEXT, language=application.language))
        job = opening.job
        return Draft(
            title=f"{application.face.display_name}, {application.reference}",
            url=application.get_absolute_url(),
            subtitle=(job.title_en, job.title_fr),
            parts=parts,
            rungs=[Rung(owners)],
            at=application.submitted_at,
        )

    def by_name(self, user, words):
        """The database's own search, with the index away: never by a hidden name."""
        return super().by_name(user, words).filter(Q(revealed_at__isnull=False))

    def plain_title(self, thing):
        return f"{thing.face.display_name}, {thing.reference}"
