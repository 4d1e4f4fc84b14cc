"""The entry of the People team: words that found nothing."""

from django.utils.translation import gettext_lazy as _

from portal import navigation, rules

navigation.enter(
    _("Searches that found nothing"),
    "search_misses",
    icon="search",
    order=85,
    shown_to=lambda user: rules.may(user, "search.view_miss"),
    covers=("/search/misses/", "/search/usual-names/"),
)
