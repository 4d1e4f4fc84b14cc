"""A person to take along: vCard, printed page, QR code."""

import io

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from portal.people import profile, vcard
from portal.people.views.profile import visible
from portal.people.visibility import reader_of


@require_GET
def person_card(request, slug):
    """The three ways, on one page."""
    person = visible(request, slug)
    return render(request, "people/person_card.html", {"person": person, "page": profile.of(person, reader_of(request.user))})


@require_GET
def person_vcard(request, slug):
    person = visible(request, slug)
    card = vcard.written(profile.of(person, reader_of(request.user)))
    response = HttpResponse(card, content_type="text/vcard; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(person.display_name) or person.slug}.vcf"'
    return response


@require_GET
def person_print(request, slug):
    person = visible(request, slug)
    page = profile.of(person, reader_of(request.user))
    return render(request, "people/person_print.html", {"person": person, "page": page, "back": person.get_absolute_url()})


@require_GET
def person_qr(request, slug):
    """The address of the page as a QR code; it opens for whoever may read the page."""
    person = visible(request, slug)
    drawn = io.BytesIO()
    segno.make(settings.SITE_URL + person.get_absolute_url(), error="m").save(drawn, kind="svg", scale=6, border=4, light="#fff", xmldecl=False)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
