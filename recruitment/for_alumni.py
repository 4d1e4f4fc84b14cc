"""What former colleagues read of seats open outside: those close to what they know first, to come back to or to pass on."""

from urllib.parse import quote

from django.utils.translation import gettext as _

from portal.people.models import Opening, PersonSkill
from recruitment import listing, markup

SHORT = 4


def close_to(person) -> set[str]:
    """The slugs of open seats whose job names a skill of `person`."""
    known = PersonSkill.objects.filter(content_object=person).values("tag")
    return set(Opening.objects.filter(status=Opening.Status.OPEN, job__job_skills__skill__in=known).order_by().values_list("slug", flat=True))


def seats(person, most: int | None = None) -> list[dict]:
    """Every job open outside, close ones first, each with a mail to pass it on; two queries."""
    near = close_to(person)
    jobs = sorted(listing.jobs(), key=lambda job: (job.slug not in near, job.closes_on, job.slug))
    return [{"job": job, "near": job.slug in near, "pass_on": _letter(job, person)} for job in jobs[:most]]


def _letter(job, person) -> str:
    """A mail ready to be sent, with the address that says who passed it on."""
    address = f"{markup.absolute('recruitment:job', job.slug)}?ref=alumni-{person.pk}"
    subject = _("A seat that may interest you: %(job)s") % {"job": job.title}
    return f"mailto:?subject={quote(subject)}&body={quote(address)}"


def known(user) -> dict:
    """What the first step of an application is filled in with, for somebody who worked here; they read it before it leaves."""
    person = getattr(user, "person", None) if user.is_authenticated else None
    if person is None or getattr(person, "employee", None) is None:
        return {}
    return {"given_name": person.given_name, "family_name": person.family_name, "email": user.email, "phone": person.phone}
