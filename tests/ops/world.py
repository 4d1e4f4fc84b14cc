"""A small company in a place of its own, people who change it without pause, and a reckoning at the end: for test_chaos.

Runs in processes of its own, beside a running portal: `python -m tests.ops.world make | change | reckon`.
"""

import json
import os
import random
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
PEOPLE = 40


def make():
    """The cast, some more colleagues, and an index."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    from portal import search
    from tests import cast
    from tests import factories as make

    company = cast.gather()
    for number in range(PEOPLE):
        make.colleague(f"Given{number}", "Changing", team=company.data, site=company.nantes)
    search.reindex()


def change():
    """Until standard input ends: change somebody's line and write a mail about it, in one transaction, again and again.

    Then says, as JSON, how many mails were written and which mark each person carries last.
    """
    import threading

    from django.db import transaction

    from portal import post
    from portal.people.models import Person

    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    chance = random.Random(int(os.environ["CHAOS_SEED"]))
    people = list(Person.objects.filter(family_name="Changing"))
    number, last, gone = 0, {}, []
    while not ended.is_set():
        number += 1
        person = chance.choice(people)
        with transaction.atomic():
            person.headline = f"zmark{number}z"
            person.save()
            post.write(to=person.work_email, subject=f"Change {number}", body="x", kind="chaos", key=f"chaos-{number}")
        if person.pk in last:
            gone.append(last[person.pk])
        last[person.pk] = number
        time.sleep(chance.uniform(0.01, 0.08))
    print(json.dumps({"written": number, "last": last, "gone": gone[-60:]}))


def reckon():
    """What became of it: mails by state, changes that wait, marks found where they must not be or missing where they must."""
    from collections import Counter

    from django.db.models import Max, Sum

    from portal import search
    from portal.models import Mail
    from portal.people.models import Person
    from portal.search.models import Change

    told = json.loads(sys.stdin.read())
    mails = Mail.objects.filter(kind="chaos")
    reader = Person.objects.get(slug="cleo-hart").user
    wrong = []
    for key, number in told["last"].items():
        found = [hit.url for hit in search.find(reader, f"zmark{number}z").hits]
        if found != [Person.objects.get(pk=key).get_absolute_url()]:
            wrong.append(f"zmark{number}z finds {found}")
    for number in told["gone"]:
        if found := [hit.url for hit in search.find(reader, f"zmark{number}z").hits]:
            wrong.append(f"zmark{number}z is gone but finds {found}")
    print(
        json.dumps(
            {
                "mails": Counter(mails.values_list("state", flat=True)),
                "attempts": mails.aggregate(all=Sum("attempts"), most=Max("attempts")),
                "changes_waiting": Change.objects.count(),
                "wrong_in_index": wrong,
            }
        )
    )


if __name__ == "__main__":
    django.setup()
    {"make": make, "change": change, "reckon": reckon}[sys.argv[1]]()
