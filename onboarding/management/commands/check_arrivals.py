"""Asks the checks of all coming arrivals now, in this process, the other systems too."""

from django.core.management.base import BaseCommand

from onboarding import asking, mornings
from onboarding.models import Result
from portal import clock


class Command(BaseCommand):
    help = "Ask about every coming arrival now, and write down the first mornings that are due."

    def handle(self, **options):
        asked = asking.run(all_of_them=True)
        if asked is None:
            self.stdout.write("Another run is at it.")
            return
        Result.objects.filter(remote=True).update(ask_at=clock.now())
        for code in Result.objects.filter(remote=True).values_list("code", flat=True).distinct().order_by("code"):
            asking.ask_system(code)
        self.stdout.write(f"{asked} arrivals asked about, {mornings.record()} first mornings written down.")
