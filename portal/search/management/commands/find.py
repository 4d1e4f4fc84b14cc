"""Prints what one person would find, with reasons and scores: for operators, and for checks."""

import json

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from portal.search import documents, finder


class Command(BaseCommand):
    help = "Find as somebody would: find TEXT --as EMAIL [--kind K] [--json]"

    def add_arguments(self, parser):
        parser.add_argument("text")
        parser.add_argument("--as", dest="email", required=True, help="the address of the person who searches")
        parser.add_argument("--kind", action="append", choices=documents.kinds(), help="only this kind; may be given several times")
        parser.add_argument("--json", action="store_true", help="a list of objects: kind, pk, title, url, why, score")
        parser.add_argument("--limit", type=int, default=20)

    def handle(self, *args, text, email, kind, json: bool, limit, **options):
        user = get_user_model().objects.filter(email=email.lower()).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {email}.")
        with translation.override(user.language):
            found = finder.find(user, text, kinds=kind, size=limit)
            self.stdout.write(_json(found) if json else _words(found))


def _json(found) -> str:
    keys = found.keys
    hits = [
        {"kind": hit.kind, "pk": key, "title": hit.title, "url": hit.url, "why": hit.reasons, "score": hit.score}
        for hit, key in zip(found.hits, keys, strict=True)
    ]
    return json.dumps(hits, ensure_ascii=False, indent=1)


def _words(found) -> str:
    lines = [f"{found.total} found"]
    if found.away:
        lines.append(str(finder.AWAY))
    if found.partial:
        lines.append("nobody holds all the words")
    if found.suggestion:
        lines.append(f"did you mean: {found.suggestion}")
    for hit in found.hits:
        lines.append(f"{hit.score:8.1f}  {hit.kind:8} {hit.title}  {hit.url}  ({hit.reasons})")
    return "\n".join(lines)
