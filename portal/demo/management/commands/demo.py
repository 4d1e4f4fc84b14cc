"""From nothing to a running demo: tables, static files, the invented company, its index, then every process."""

import hashlib
from collections.abc import Iterator

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    help = "Prepare the demo company if it is not there yet, and serve it on loopback."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=settings.PORT)

    def handle(self, *args, port, **options):
        self._tables()
        self._static_files()
        if "rivage" in get_commands():
            call_command("rivage", "--if-needed")
        call_command("run", port=port)

    def _tables(self):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self._say("Making the tables")
            call_command("migrate", verbosity=0, interactive=False)

    def _static_files(self):
        """Collected again only when one of them changed: compressing them takes seconds."""
        stamp = settings.DATA_DIR / "static.stamp"
        print_of_files = hashlib.sha256("\n".join(_static_sources()).encode()).hexdigest()
        if not stamp.exists() or stamp.read_text() != print_of_files:
            self._say("Collecting the static files")
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)
            stamp.write_text(print_of_files)

    def _say(self, text):
        self.stdout.write(text)
        self.stdout.flush()


def _static_sources() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            yield f"{path} {storage.size(path)} {storage.get_modified_time(path)}"
