"""Ben looks elsewhere, and no page of the house changes by a letter for his present line."""

import re

from django.test import Client
from django.urls import reverse

from mobility import transitions
from portal import search
from tests.house import table
from tests.mobility.test_transitions import convene, decide, talk

NEAR = ("maya", "nora")  # manages Ben, is the People team of his site
FEWEST = 25  # pages at least that each of them can open
# One's own account says when one signed in; what one is handed of one's data is asked for in test_permissions.py.
OF_THE_ACCOUNT = ("account_", "mfa_", "my_data", "socialaccount_", "usersessions_")
FRESH = re.compile(r'(value|content|nonce)="[\w-]{20,}"')  # tokens of the request


def browser_of(person):
    browser = Client()
    browser.force_login(type(person.user).objects.get(pk=person.user_id), backend="django.contrib.auth.backends.ModelBackend")
    return browser


def places(inside) -> list[str]:
    """Every inner address without arguments, and those about Ben, his team and the seat he looks at; searched and filtered too."""
    inner = [address for address in table.addresses().values() if not address.is_public and not address.name.startswith(OF_THE_ACCOUNT)]
    bare = sorted({address.path for address in inner if address.path})
    about = [
        inside.ben.get_absolute_url(),
        inside.data.get_absolute_url(),
        inside.far.get_absolute_url(),
        inside.opening.get_absolute_url(),
        reverse("people:person_card", args=[inside.ben.slug]),
        reverse("people:job_detail", args=[inside.job.slug]),
    ]
    asked = [f"{reverse('search')}?q=Ben+Okafor", f"{reverse('people:person_list')}?q=Okafor"]
    return bare + about + asked


def seen(inside) -> dict:
    """What each of the present line reads at each place that answers them."""
    search.reindex()
    found = {}
    for name in NEAR:
        browser = browser_of(getattr(inside, name))
        for place in places(inside):
            answer = browser.get(place)
            if answer.status_code == 200 and not answer.streaming:
                found[name, place] = FRESH.sub(r"\1", answer.content.decode(errors="replace"))
    return found


def test_no_page_changes_for_the_present_line_until_it_is_lifted(inside):
    before = seen(inside)
    for name in NEAR:
        assert sum(who == name for who, _place in before) > FEWEST
    transitions.express_interest(inside.opening.pk, by=inside.ben.user, shared=True)
    application = transitions.apply(inside.opening.pk, by=inside.ben.user, motivation="I read hydrographs at night.", language="en")
    talk(application, inside)
    decide(convene(application, inside), inside)
    transitions.accept(application.pk, by=inside.cleo.user)
    after = seen(inside)
    assert [place for place, text in before.items() if after.get(place) != text] == []

    transitions.lift(application.pk, by=inside.ben.user)
    told = browser_of(inside.maya).get(reverse("notices")).content.decode()
    assert FRESH.sub(r"\1", told) != before["maya", reverse("notices")]  # the looking finds what there is
