"""Examples of the alumni stage: Omar left and agreed; Ben looks for a mentor and meets Cleo; Nia asks Omar."""

from datetime import timedelta

from portal import clock
from tests.house.samples import posting, sample


# --- consents and mentoring ----------------------------------------------------------------------------
def consents_of_omar(world):
    """Omar agreed to be reachable and to mentor: his column is that of a consenting alumnus."""
    from alumni.models import Consent
    from alumni.transitions import consent as transitions

    omar = world.cast.omar
    for scope in ("reachable", "mentor"):
        transitions.give(scope, by=omar.user, language="en")
    return Consent.objects.get(person=omar, scope="reachable")


@sample("alumni:consent_withdraw")
def consent(world):
    return {"pk": world.once(consents_of_omar).pk}


@sample("alumni:consent_give")
def scope(world):
    return {"scope": "ambassador"}


@sample("alumni:consent_stop")
def stop(world):
    from alumni import consenting

    world.once(consents_of_omar)
    return {"token": consenting.token_of(world.cast.omar, "reachable")}


@sample("alumni:person_detail")
def card(world):
    world.once(consents_of_omar)
    return {"slug": world.cast.omar.slug}


def offer_of_omar(world):
    from alumni.models import Offer

    world.once(consents_of_omar)
    return Offer.objects.create(person=world.cast.omar, tongues=["fr"], capacity=2)


@sample("alumni:mentor_detail", "alumni:request_create")
def mentor(world):
    return {"slug": world.once(offer_of_omar).person.slug}


@sample("alumni:request_detail", "alumni:request_accept", "alumni:request_decline", "alumni:request_withdraw")
def request(world):
    from alumni.models import Request

    world.once(offer_of_omar)
    asked = Request.objects.create(seeker=world.cast.nia, mentor=world.cast.omar, words="Fourteen winters.", answer_by=clock.today() + timedelta(days=7))
    return {"pk": asked.pk}


def pair_of_ben_and_cleo(world):
    from alumni.models import Pair

    return Pair.objects.create(
        seeker=world.cast.ben, mentor=world.cast.cleo, goals="Twelve words.", seeker_agreed=True, status="alive", started_on=clock.today()
    )


@sample(*[f"alumni:{name}" for name in ("pair_detail", "agreement_edit", "agreement_accept", "pair_end", "session_create")])
def pair(world):
    return {"pk": world.once(pair_of_ben_and_cleo).pk}


@sample("alumni:thanks_create")
def over(world):
    from alumni.models import Pair

    return {"pk": Pair.objects.create(seeker=world.cast.ben, mentor=world.cast.cleo, status="ended", ended_on=clock.today()).pk}


def session_of_two(world):
    from alumni.models import Session

    return Session.objects.create(pair=world.once(pair_of_ben_and_cleo), starts_at=clock.now() + timedelta(days=3))


@sample(*[f"alumni:{name}" for name in ("session_edit", "session_cancel", "session_calendar", "note_create")])
def session(world):
    return {"pk": world.once(session_of_two).pk}


@sample("alumni:note_forget")
def note(world):
    from alumni.models import Note

    return {"pk": Note.objects.create(session=world.once(session_of_two), by=world.cast.ben, text="Breathe.").pk}


posting("alumni:request_create", {"words": "May I ask you about winters?"})
posting("alumni:note_create", {"text": "A good hour."})
posting("alumni:agreement_edit", {"goals": "Twelve words.", "rhythm": "2", "weeks": "8"})
posting("alumni:thanks_create", {"text": "For the hours."})
posting("alumni:leave", {"sure": "on"})
