"""Examples of the alumni stage: Omar left and agreed; Ben looks for a mentor and meets Cleo; Nia asks Omar."""

from datetime import timedelta

from portal import clock
from tests import factories as make
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


# --- departures ----------------------------------------------------------------------------------------
def departure_of_tess(world):
    """Tess leaves and told nobody but Maya, who manages her, and the People team, which is Hugo; she has no column of her own."""
    from alumni.transitions import departure as transitions
    from portal.people.models.employment import ToldTo
    from portal.plans.models import EquipmentModel, Unit

    cast = world.cast
    tess = make.colleague("Tess", "Ndiaye", team=cast.data, site=cast.nantes, manager=cast.maya)
    model = EquipmentModel.objects.create(kind="laptop", name="Lagune of Tess")
    Unit.objects.create(model=model, serial="LG-TESS", site=cast.nantes, status=Unit.Status.GIVEN, holder=tess)
    day = clock.today() + timedelta(days=30)
    return transitions.announce(tess.employee.pk, by=tess.user, kind="resignation", last_day=day, told_to=ToldTo.NEAR)


AT_DEPARTURE = (
    "departure_detail", "departure_print", "departure_news", "departure_address", "departure_day", "departure_cancel", "departure_close", "departure_reopen",
    "topic_create", "talk_edit",
)  # fmt: skip


@sample(*[f"alumni:{name}" for name in AT_DEPARTURE])
def departure(world):
    return {"pk": world.once(departure_of_tess).pk}


@sample("alumni:departure_announce")
def leaver(world):
    return {"slug": world.cast.cleo.slug}


@sample("alumni:asked_waive")
def asked(world):
    return {"pk": world.once(departure_of_tess).plan.asked_back.get(unit__isnull=False).pk}


def topic_of_maya(world):
    """Maya takes it over, since nobody else may know."""
    from alumni.transitions import handover

    values = {"title": "The lock", "taker": world.cast.maya, "session_at": clock.now() + timedelta(days=3)}
    return handover.add_topic(world.once(departure_of_tess).pk, values, by=world.once(departure_of_tess).person.user)


@sample("alumni:topic_detail", "alumni:topic_edit", "alumni:topic_calendar")
def topic(world):
    return {"pk": world.once(topic_of_maya).pk}


@sample("alumni:topic_change")
def topic_verb(world):
    return {"pk": world.once(topic_of_maya).pk, "verb": "confirm"}


def talk_of_tess(world):
    from alumni.transitions import handover

    cast = world.cast
    return handover.book_talk(world.once(departure_of_tess).pk, by=cast.hugo.user, at=clock.now() + timedelta(days=5), host=cast.hugo)


@sample("alumni:talk_notes", "alumni:talk_decline")
def talk(world):
    return {"pk": world.once(talk_of_tess).pk}


posting("alumni:departure_cancel", {"because": "Stays."})
posting("alumni:departure_news", {"told_to": "team"})
posting("alumni:departure_address", {"own_address": "ben@home.example"})
posting("alumni:topic_create", {"title": "The archive"})
posting("alumni:asked_waive", {"how": "lost", "because": "Fell."})
