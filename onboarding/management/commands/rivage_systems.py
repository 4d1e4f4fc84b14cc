"""Small systems of the demo company that really answer on loopback: accounts and calendars over HTTP, mailboxes over SMTP."""

import asyncio
from datetime import timedelta
from urllib.parse import unquote

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from portal.people.models import Assignment
from portal.people.models.employment import current
from portal.plans.models import Absence, Access, Thing

LOOPBACK = "127.0.0.1"
LONGEST_LINE = 4096  # bytes


@sync_to_async
def is_open(address: str, thing: str) -> bool:
    """Whether Rivage's own machines know this address: who works here, and whoever the IT desk opened it for."""
    close_old_connections()
    works = Assignment.objects.filter(current(), employee__person__work_email__iexact=address).exists()
    return works or Access.objects.filter(address__iexact=address, thing=thing, status__in=[Access.Status.OPEN, Access.Status.GIVEN]).exists()


@sync_to_async
def calendar_of(address: str) -> str:
    """The days somebody said they are away, as the calendar of their work address."""
    close_old_connections()
    absences = Absence.objects.filter(person__work_email__iexact=address).values_list("pk", "starts_on", "ends_on")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//rivage.example//calendars//"]
    for pk, start, end in absences:
        lines += ["BEGIN:VEVENT", f"UID:away-{pk}@rivage.example", f"DTSTAMP:{start:%Y%m%d}T000000Z", f"DTSTART;VALUE=DATE:{start:%Y%m%d}"]
        lines += [f"DTEND;VALUE=DATE:{end + timedelta(days=1):%Y%m%d}", "SUMMARY:Away", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


async def http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """GET /accounts/<address>: 200 when it exists, 404 when not. GET /calendars/<address>.ics. POST /hooks: heard."""
    line = (await reader.readline())[:LONGEST_LINE].decode("latin-1").split()
    while (await reader.readline()).strip():
        pass
    path = unquote(line[1]) if len(line) > 1 else "/"
    if line[:1] == ["POST"]:  # a webhook: Rivage's badge desk hears everything
        writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()
        return
    kind = "application/json"
    if path.startswith("/calendars/"):
        status, kind, body = "200 OK", "text/calendar", (await calendar_of(path.removeprefix("/calendars/").removesuffix(".ics"))).encode()
    elif path.startswith("/accounts/") and await is_open(path.removeprefix("/accounts/"), Thing.SYSTEM):
        status, body = "200 OK", b'{"exists": true}'
    else:
        status, body = "404 Not Found", b'{"exists": false}'
    writer.write(f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
    await writer.drain()
    writer.close()


async def smtp(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Enough of RFC 5321 to say whether a mailbox takes letters; it never takes one."""

    async def say(text: str) -> None:
        writer.write(f"{text}\r\n".encode())
        await writer.drain()

    await say("220 mail.rivage.example ready")
    while line := (await reader.readline())[:LONGEST_LINE].decode("latin-1").strip():
        verb = line[:4].upper()
        if verb in ("EHLO", "HELO"):
            await say("250 mail.rivage.example")
        elif verb == "MAIL":
            await say("250 2.1.0 Ok")
        elif verb == "RCPT":
            address = line.partition("<")[2].partition(">")[0]
            await say("250 2.1.5 Ok" if await is_open(address, Thing.MAILBOX) else "550 5.1.1 No such mailbox")
        elif verb == "QUIT":
            await say("221 2.0.0 Bye")
            break
        else:
            await say("502 5.5.1 Not here")
    writer.close()


class Command(BaseCommand):
    help = "Serve the demo company's own systems on loopback, for the probes to ask: accounts over HTTP on PORT, mailboxes over SMTP on PORT + 1."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=settings.SYSTEMS_PORT)

    def handle(self, port, **options):
        if not settings.DEMO:
            raise CommandError("These systems belong to the demo.")
        try:
            asyncio.run(self._serve(port))
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    async def _serve(self, port: int):
        async with await asyncio.start_server(http, LOOPBACK, port) as web, await asyncio.start_server(smtp, LOOPBACK, port + 1) as mail:
            self.stdout.write(f"Rivage's systems answer on {LOOPBACK}: accounts {port}, mailboxes {port + 1}.")
            await asyncio.gather(web.serve_forever(), mail.serve_forever())
