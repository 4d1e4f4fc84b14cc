"""How a team is found."""

from django.utils.translation import gettext_lazy, ngettext

from portal.people.models import (
    Person,
    Site,
    Team,
)
from portal.people.search_documents.words import INSIDE, titles
from portal.search.documents import TEXT, Draft, Facet, Part, SearchDocument, register


@register
class TeamDocument(SearchDocument):
    kind = "team"
    label = gettext_lazy("Team")
    plural = gettext_lazy("Teams")
    icon = "users"
    model = Team
    fields = {"name": gettext_lazy("name"), "mission": gettext_lazy("mission"), "head": gettext_lazy("led by"), "site": gettext_lazy("site")}
    facets = {"site": gettext_lazy("Site")}
    name_columns = ("name_en", "name_fr")
    freshened_by = {
        Person: lambda person: Team.objects.filter(head=person).values_list("pk", flat=True),
        Site: lambda site: Team.objects.filter(site=site).values_list("pk", flat=True),
    }

    def queryset(self):
        return Team.objects.select_related("parent", "site", "head")

    def draft(self, team) -> Draft:
        parts = titles("name", team.name_en, team.name_fr)
        parts += [Part("mission", text, TEXT, language=code) for text, code in ((team.mission_en, "en"), (team.mission_fr, "fr")) if text]
        if team.head:
            parts.append(Part("head", team.head.display_name, TEXT))
        if team.site:
            parts.append(Part("site", team.site.name, TEXT, facets=(Facet("site", team.site.code, team.site.name),)))
        above = team.parent
        subtitle = (above.name_en, above.name_fr or above.name_en) if above else ""
        wholes, extra = (team.name_en, team.name_fr), {"slug": team.slug}
        return Draft((team.name_en, team.name_fr), team.get_absolute_url(), parts, INSIDE, subtitle=subtitle, wholes=wholes, extra=extra)

    def intent(self, extra, counts):
        people = counts("team", extra["slug"])
        return ngettext("%(n)s person works there", "%(n)s people work there", people) % {"n": people} if people else ""
