"""Who is told of what, by page and mail; every mail to an alumnus carries the link that ends it."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alumni import calendar, consenting, words
from alumni.models import Consent, Pair, Request, Session, Thanks
from portal import notices, post
from portal.dates import date_format
from portal.people.models import Person

Scope = Consent.Scope


def tell(person: Person | None, kind: str, sentence, *, url: str, mail: str = "", scope: str = "", key: str | None = None, attachment=None, **context) -> None:
    """One line to `person`, and a mail (templates/alumni/mail/<mail>.txt) with the link that withdraws `scope` when they gave it."""
    if person is None or person.user is None or not person.user.is_active:
        return
    user = person.user
    notices.tell(user, f"alumni.{kind}", sentence, url=url)
    if not mail:
        return
    stop = consenting.link_to_withdraw(person, scope) if scope and consenting.agrees(person, scope) else ""
    with translation.override(user.language):
        said = {name: value() if callable(value) else value for name, value in context.items()}
        file = attachment() if attachment else ("", "")
    post.write_from(
        f"alumni/mail/{mail}.txt",
        to=user.email,
        context={"user": user, "person": person, "url": url, "stop": stop, "scope": Scope(scope).label if stop else "", **said},
        language=user.language,
        kind=f"alumni.{kind}",
        key=key,
        headers=consenting.headers_of(stop) if stop else None,
        attachment=file,
    )


def day(moment) -> str:
    return date_format(moment, "DATE_FORMAT")


# --- consents -----------------------------------------------------------------------------------------
def renewal(consent: Consent) -> None:
    """Ask whether a yes goes on."""
    tell(
        consent.person,
        "renewal",
        lambda: _("Your yes “%(scope)s” ends on %(day)s. Say yes again if you wish.") % {"scope": consent.get_scope_display(), "day": day(consent.until)},
        url=reverse("alumni:consent_list"),
        mail="renewal",
        scope=consent.scope,
        key=f"alumni.renewal:{consent.pk}",
        consent=consent,
    )


# --- names and requests -------------------------------------------------------------------------------
def names_chosen(person: Person) -> None:
    tell(person, "names", lambda: _("Names of mentors wait for you, with reasons."), url=reverse("alumni:mentoring"))


def asked(request: Request) -> None:
    """The mentor: who asks, in their words, with the reasons, and until when."""
    name = request.seeker.display_name
    tell(
        request.mentor,
        "asked",
        lambda: _("%(name)s would like you as a mentor.") % {"name": name},
        url=reverse("alumni:request_detail", args=[request.pk]),
        mail="asked",
        scope=Scope.MENTOR,
        key=f"alumni.asked:{request.pk}",
        request=request,
        reasons=lambda: [sentence for _icon, sentence in words.for_mentor(request)],
    )


def accepted(request: Request, pair: Pair) -> None:
    name = request.mentor.display_name
    tell(
        request.seeker,
        "accepted",
        lambda: _("%(name)s said yes.") % {"name": name},
        url=pair.get_absolute_url(),
        mail="accepted",
        key=f"alumni.accepted:{request.pk}",
        request=request,
    )


def declined(request: Request) -> None:
    name = request.mentor.display_name
    tell(
        request.seeker,
        "declined",
        lambda: _("%(name)s cannot take part now. Other names are there for you.") % {"name": name},
        url=reverse("alumni:mentoring"),
        mail="declined",
        key=f"alumni.declined:{request.pk}",
        request=request,
    )


def expired(request: Request) -> None:
    """Whoever asked gets other names; the mentor reads that it is over, without reproach."""
    name, seeker = request.mentor.display_name, request.seeker.display_name
    tell(
        request.seeker,
        "expired",
        lambda: _("%(name)s did not answer in time. Other names are there for you.") % {"name": name},
        url=reverse("alumni:mentoring"),
        mail="expired",
        key=f"alumni.expired:{request.pk}",
        request=request,
    )
    url = reverse("alumni:mentoring")
    tell(request.mentor, "request_over", lambda: _("The request of %(name)s is over: they were given other names.") % {"name": seeker}, url=url)


def taken_back(request: Request) -> None:
    name = request.seeker.display_name
    tell(request.mentor, "taken_back", lambda: _("%(name)s took their request back.") % {"name": name}, url=reverse("alumni:mentoring"))


# --- pairs --------------------------------------------------------------------------------------------
def agreement(pair: Pair, by: Person, *, both: bool) -> None:
    name = by.display_name
    sentence = (
        (lambda: _("You and %(name)s agreed: the first session can be planned.") % {"name": name})
        if both
        else (lambda: _("%(name)s wrote what you would do together: read it, and say yes.") % {"name": name})
    )
    tell(pair.other(by), "agreement", sentence, url=pair.get_absolute_url())


def ended(pair: Pair, by: Person | None) -> None:
    """The other, or both when it ended by itself."""
    for person in (pair.seeker, pair.mentor):
        if person is None or person == by:
            continue
        other = pair.other(person)
        name = other.display_name if other else "—"
        tell(
            person,
            "ended",
            lambda name=name: _("Your mentoring with %(name)s has ended. You may thank them.") % {"name": name},
            url=pair.get_absolute_url(),
            mail="ended",
            scope=Scope.MENTOR if person.pk == pair.mentor_id else "",
            key=f"alumni.ended:{pair.pk}:{person.pk}",
            other=other,
        )


def thanked(said: Thanks) -> None:
    name = said.by.display_name
    tell(said.pair.other(said.by), "thanked", lambda: _("%(name)s thanks you.") % {"name": name}, url=said.pair.get_absolute_url())


SESSION = {
    "planned": lambda name, when: _("Session with %(name)s on %(when)s.") % {"name": name, "when": when},
    "moved": lambda name, when: _("Your session with %(name)s moved to %(when)s.") % {"name": name, "when": when},
    "cancelled": lambda name, when: _("Your session with %(name)s on %(when)s is cancelled.") % {"name": name, "when": when},
}


def session(session: Session, what: str) -> None:
    """Both of the pair, each with the file for their calendar; `what` is planned, moved or cancelled."""
    pair = session.pair
    for person in (pair.seeker, pair.mentor):
        if person is None:
            continue
        other = pair.other(person)
        name = other.display_name if other else "—"
        tell(
            person,
            f"session_{what}",
            lambda name=name: SESSION[what](name, words.moment(session.starts_at)),
            url=pair.get_absolute_url(),
            mail="session",
            scope=Scope.MENTOR if person.pk == pair.mentor_id else "",
            key=f"alumni.session:{session.pk}:{session.sequence}:{person.pk}",
            attachment=lambda person=person: ("session.ics", calendar.of_session(session, person).decode()),
            session=session,
            what=what,
            said=lambda name=name: SESSION[what](name, words.moment(session.starts_at)),
        )
