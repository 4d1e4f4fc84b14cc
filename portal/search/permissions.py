"""Who may see the words that found nothing, and keep the usual names: the People team."""

from portal import roles
from portal.rules import ALL, NONE, rule


def _people_team(user):
    return ALL if roles.has(user, roles.HR, roles.HR_ADMIN) else NONE


rule("search.view_miss")(_people_team)
rule("search.change_miss")(_people_team)
rule("search.view_usualname")(_people_team)
rule("search.change_usualname")(_people_team)
