"""A company that hires without pause, and a reckoning at the end: for test_chaos, in processes of its own.

`python -m tests.onboarding.world make | change | reckon`
"""

import json
import os
import random
import sys
import threading
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")


def make():
    """The cast and one template."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    from portal import search
    from tests import cast
    from tests.plans import making

    cast.gather()
    making.template()
    search.reindex()


def change():
    """Until standard input ends: open arrivals, let desks finish steps, ring for the checks and the mornings. Then says how much, as JSON."""
    from onboarding import transitions
    from portal import bell, clock
    from portal.people.models import Person, Site, Team
    from portal.plans import transitions as plans
    from portal.plans.models import Step
    from tests import factories as make
    from tests.plans import making

    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    chance = random.Random(int(os.environ["CHAOS_SEED"]))
    team, site = Team.objects.get(slug="river-data"), Site.objects.get(code="nantes")
    maya, hugo = (Person.objects.get(slug=slug) for slug in ("maya-lefevre", "hugo-marchand"))
    make.EmployeeFactory.reset_sequence(1000, force=True)  # the cast of the other process has the first numbers
    opened, done = 0, []
    while not ended.is_set():
        opened += 1
        first = clock.today() + timedelta(days=chance.choice((-1, 3, 6)))
        person = make.colleague(f"Given{opened}", "Coming", team=team, site=site, manager=maya, started=first)
        arrival = transitions.open(making.seat_of(person), by=hugo.user, address=f"coming{opened}@home.example")
        step = chance.choice(list(Step.objects.filter(plan=arrival.plan, key__in=["contract-signed", "badge", "desk-and-seat"])))
        plans.finish_from_outside(step.pk, how="the desk")
        done.append(step.pk)
        for task in ("onboarding.check_arrivals", "onboarding.record_mornings", "onboarding.write_digests"):
            bell.ring(task)
        time.sleep(chance.uniform(0.05, 0.2))
    print(json.dumps({"opened": opened, "done": done}))


def reckon():
    """What became of it, as JSON."""
    from collections import Counter

    from django.db.models import Count, Sum

    from onboarding.models import Arrival, Morning, Result
    from portal import bell, clock
    from portal.models import Mail
    from portal.plans.models import Step
    from tests.plans import making

    told = json.loads(sys.stdin.read())
    for task in ("onboarding.check_arrivals", "onboarding.record_mornings", "portal.send_mails"):
        bell.ring(task)  # as beat does
    mails, letters = Mail.objects.all(), Mail.objects.filter(kind="onboarding.welcome")
    digests = mails.filter(kind="onboarding.digest")
    past = Arrival.objects.filter(plan__first_day__lt=clock.today())
    print(
        json.dumps(
            {
                "arrivals": Arrival.objects.count(),
                "short_plans": Arrival.objects.annotate(n=Count("plan__steps")).exclude(n=len(making.BASE)).count(),
                "undone": len(told["done"]) - Step.objects.filter(pk__in=told["done"], status="done").count(),
                "letters": letters.count(),
                "readers": letters.values("to").distinct().count(),
                "attempts": letters.aggregate(all=Sum("attempts"))["all"],
                "states": Counter(mails.values_list("state", flat=True)),
                "digests_twice": list(digests.values("to", "subject").annotate(n=Count("pk")).filter(n__gt=1).values_list("to", flat=True)),
                "not_asked": Arrival.objects.filter(asked_at=None).count(),
                "answers_twice": Result.objects.values("arrival", "code").annotate(n=Count("pk")).filter(n__gt=1).count(),
                "mornings": Morning.objects.count(),
                "mornings_due": past.count(),
            }
        )
    )


if __name__ == "__main__":
    django.setup()
    {"make": make, "change": change, "reckon": reckon}[sys.argv[1]]()
