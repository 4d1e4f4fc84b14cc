"""Alumni and mentoring of the demo company: who agreed to stay close, who offers, who meets, and what waits for Omar and Nia."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.conf import settings

from alumni import consenting
from alumni.models import AlumniCard, Consent, Departure, Note, Offer, Pair, Request, Seek, Session, Thanks
from alumni.models.consent import months_later
from alumni.transitions import mentoring
from portal import clock
from portal.accounts.models import User
from portal.models import Notice, TimelineEntry
from portal.people import ties
from portal.people.models import Person, PersonSkill
from portal.people.models.person import stem_of

Scope, SeenBy = Consent.Scope, AlumniCard.SeenBy
# ruff: noqa: E501 - these texts are read whole
NOW = {
    "en": ["Teaching maps in a secondary school", "Head of gauges for a river trust", "Retired, and still reading the sky", "Freelance, mostly dams", "Back at university"],
    "fr": ["Enseigne la géographie", "Hydrologue pour un syndicat de rivière", "À la retraite, et toujours le nez au ciel", "À son compte, surtout des barrages", "De retour à l’université"],
}  # fmt: skip
TOPICS = {
    "en": ["How decisions were made before the sensors.\nLeading a night shift.", "Talking to mayors.\nThe floods of 2001.", "Leaving well."],
    "fr": ["Comment on décidait avant les capteurs.\nTenir une équipe de nuit.", "Parler aux maires.\nLa crue de 2001.", "Partir sans se fâcher."],
}
TOWNS = ["Nantes", "Rennes", "Redon", "Angers", "Lyon", "Bristol", "Cardiff", "Brest"]
ASKED = {
    "en": ["First time leading three people. I would like someone who did it without becoming someone else.", "I want to understand how decisions were made before the sensors."],
    "fr": ["Je vais animer trois personnes pour la première fois. J’aimerais quelqu’un qui l’a fait sans devenir quelqu’un d’autre.", "J’aimerais comprendre comment on décidait avant les capteurs."],
}  # fmt: skip
GOALS = {"en": "Ask for the lead of the drift project. Say no once.", "fr": "Demander à conduire le projet sur la dérive. Dire non une fois."}
NOTES = {
    "en": ["We listed what I already decide alone. More than I thought.", "Rehearsed the first minute. Stop after the question.", "It went well. Next: the budget meeting."],
    "fr": ["Nous avons listé ce que je décide déjà sans demander. Plus que je ne croyais.", "Répété la première minute. M’arrêter après la question.", "C’était bien. Prochaine étape : la réunion du budget."],
}  # fmt: skip
THANKS = {"en": "For the hour after the flood, when you only listened.", "fr": "Pour l’heure après la crue, où vous avez seulement écouté."}
THANKS_BACK = {"en": "For the questions I no longer asked myself.", "fr": "Pour les questions que je ne me posais plus."}
CALL = "https://call.rivage.example/mentoring"


def live(rivage) -> None:
    omar = rivage.cast["omar"]
    alumni = [omar, *those_who_left(rivage, 15)]
    for number, person in enumerate(alumni):
        agree(rivage, person, number)
    offers = offer(rivage, alumni)
    people = newcomers(rivage)
    meet(rivage, offers, people)
    look_for(rivage, people)
    Notice.objects.filter(kind__startswith="alumni.", user__in=[person.user_id for person in alumni[1:] if person.user_id]).delete()


# --- alumni -------------------------------------------------------------------------------------------
def those_who_left(rivage, number: int) -> list[Person]:
    """People who left more than three months ago, of whom the directory has forgotten all but the name."""
    taken = set(Departure.objects.values_list("person", flat=True)) | {rivage.cast["omar"].pk}
    long_gone = [person for person in rivage.left if rivage.seat(person).ended_on < rivage.day(-95) and rivage.seat(person).ended_on > rivage.day(-700)]
    return rivage.some([person for person in long_gone if person.pk not in taken], number)


def account(person: Person) -> User:
    """Their own address, proven; the company's is gone."""
    address = f"{stem_of(person.display_name).replace('-', '.')}@courriel.example"
    user = person.user
    if user is None:
        user = User.objects.create_user(address, language=person.language)
        Person.objects.filter(pk=person.pk).update(user=user)
        person.user = user
    EmailAddress.objects.filter(user=user, email=person.work_email).delete()
    if not EmailAddress.objects.filter(user=user, verified=True).exists():
        user.email = address
        user.save(update_fields=["email"])
        EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    return user


def agree(rivage, person: Person, number: int) -> None:
    """Each their own mix of the three; Omar gave all, and took one back."""
    account(person)
    days = 190 if number == 0 else rivage.rng.randint(20, 600)
    scopes = list(Scope) if number == 0 else [Scope.REACHABLE, *([Scope.MENTOR] if number < 6 else []), *([Scope.AMBASSADOR] if number % 4 == 1 else [])]
    for scope in scopes:
        withdrawn = number == 0 and scope == Scope.AMBASSADOR
        given = rivage.at(-days, "17:40")
        Consent.objects.create(
            person=person, scope=scope, version=1, text=consenting.words_of(scope, person.language), language=person.language, given_at=given,
            until=months_later(clock.day(given), consenting.MONTHS), status="withdrawn" if withdrawn else "given",
            over_at=rivage.at(-60, "08:12") if withdrawn else None, over_by="mail" if withdrawn else "",
        )  # fmt: skip
    language = person.language
    topics = person.ask_me_about or rivage.pick(TOPICS[language])
    seen = {
        "now": SeenBy.EVERYONE,
        "topics": SeenBy.EVERYONE,
        "town": rivage.pick([SeenBy.EVERYONE, SeenBy.ALUMNI]),
        "address": SeenBy.ALUMNI if number % 3 == 0 else SeenBy.ME,
    }
    now = rivage.pick(NOW[language]) if number else "Enseigne la météo aux pilotes de planeur"
    card = AlumniCard(person=person, now=now, town="Nantes" if number == 0 else rivage.pick(TOWNS), topics=topics, language=language, seen_by=seen)
    card.address = person.user.email
    card.save()


# --- mentors ------------------------------------------------------------------------------------------
def offer(rivage, alumni: list[Person]) -> dict[int, Offer]:
    """Twelve mentors: Omar, three alumni, Maya, Ben and six colleagues who accept to."""
    leaving = set(Departure.objects.values_list("person", flat=True))
    ready = [person for person in rivage.people if person.can_mentor and person.user_id and person.pk not in leaving]
    cast = [rivage.cast["ben"], rivage.cast["maya"]]
    colleagues = [*cast, *rivage.some([person for person in ready if person not in cast], 6)]
    known = {}
    for row in PersonSkill.objects.filter(content_object__in=[*alumni, *colleagues]).order_by("-level", "pk"):
        known.setdefault(row.content_object_id, []).append(row.tag_id)
    found = {}
    for number, person in enumerate([*alumni[:4], *colleagues]):
        seat = rivage.seat(person)
        made = Offer.objects.create(
            person=person, topics=person.ask_me_about or rivage.pick(TOPICS[person.language]), language=person.language,
            tongues=person.spoken_languages or ["fr", "en"], capacity=3 if number == 0 else rivage.pick((1, 2, 2)), where=rivage.pick(("any", "any", "remote")),
            town=seat.site.city, when=rivage.some(["noon", "evening", "afternoon", "morning"], 2), made_at=rivage.at(-180 + number),
            paused_from=rivage.day(-6) if number == 3 else None, paused_until=rivage.day(24) if number == 3 else None,
        )  # fmt: skip
        taught = known.get(person.pk, [])[:4] or [job.skill_id for job in seat.job.job_skills.all()[:3]]
        made.skills.set(taught)
        found[person.pk] = made
    Person.objects.filter(pk__in=found).update(can_mentor=True)
    return found


def newcomers(rivage) -> list[Person]:
    """Who has come lately or comes soon, with an account; Nia first."""
    nia = rivage.cast["nia"]
    lately = [
        person
        for person in rivage.people
        if person.user_id and rivage.seat(person).started_on > rivage.day(-300) and person.employee.joined_on > rivage.day(-300)
    ]
    coming = [person for person in rivage.coming if person.user_id and person != nia]
    return [nia, *coming[:3], *rivage.some(lately, 12)]


# --- pairs --------------------------------------------------------------------------------------------
def meet(rivage, offers: dict[int, Offer], people: list[Person]) -> None:
    """Four pairs that meet, one that ended with thanks, one request nobody answered, and one that waits for Omar."""
    omar, ben = rivage.cast["omar"], rivage.cast["ben"]
    here = [person for person in people[4:] if person.pk not in offers]
    others = [key for key in offers if key not in (omar.pk, ben.pk, rivage.cast["maya"].pk)]
    mentors = Person.objects.in_bulk(others)
    pair(rivage, here[0], omar, weeks_ago=8, held=4, next_in=3)
    pair(rivage, rivage.cast["cleo"], mentors[others[0]], weeks_ago=5, held=2, next_in=6)
    pair(rivage, here[1], ben, weeks_ago=3, held=1, next_in=9)
    pair(rivage, here[2], mentors[others[4]], weeks_ago=10, held=4, next_in=5)
    over = pair(rivage, here[3], omar, weeks_ago=30, held=6, next_in=0, ended=True)
    for someone, words in ((over.seeker, THANKS), (over.mentor, THANKS_BACK)):
        Thanks.objects.create(pair=over, by=someone, text=words[someone.language], language=someone.language, at=rivage.at(-70, "19:05"))
    silent = mentors[others[5]]
    Request.objects.create(
        seeker=here[4], mentor=silent, words=ASKED[here[4].language][1], language=here[4].language, status="expired",
        asked_at=rivage.at(-12), answer_by=rivage.day(-5), answered_at=rivage.at(-4, "06:15"),
    )  # fmt: skip
    waiting = people[1] if len(people) > 1 else here[5]
    asked(rivage, waiting, offers[omar.pk])


def asked(rivage, seeker: Person, offer: Offer) -> None:
    """A request of today, with its reasons and its mail."""
    sought = Seek.objects.create(person=seeker, tongues=list(offer.tongues[:1]), when=list(offer.when), answered_at=rivage.at(0))
    sought.skills.set(offer.skills.all()[:1])
    mentoring.ask(offer.pk, by=stand_in(seeker), words=ASKED[seeker.language][0], language=seeker.language)


def stand_in(person: Person) -> User:
    user = User.objects.get(pk=person.user_id)
    user.person = person
    return user


def pair(rivage, seeker: Person, mentor: Person, *, weeks_ago: int, held: int, next_in: int, ended: bool = False) -> Pair:
    """Two who meet every two weeks, with their notes, and the next session."""
    language = seeker.language
    began = rivage.at(-7 * weeks_ago, "18:00")
    made = Pair.objects.create(
        seeker=seeker, mentor=mentor, goals=GOALS[language], language=language, rhythm=2, weeks=16, seeker_agreed=True, mentor_agreed=True, made_at=began,
        started_on=clock.day(began), status="ended" if ended else "alive", ended_on=rivage.day(-72) if ended else None,
    )  # fmt: skip
    TimelineEntry.objects.create(subject=made, verb="met", at=began)
    ties.declare(ties.Kind.MENTORING, giver=mentor, receiver=seeker, source=f"alumni.pair:{made.pk}", on=clock.day(began), visible=False)
    for number in range(held):
        met = Session.objects.create(pair=made, starts_at=began + timedelta(days=14 * number + 3), place=CALL, by=seeker)
        if number < len(NOTES[language]):
            Note.objects.create(session=met, by=seeker, text=NOTES[language][number], language=language, at=met.ends_at)
    if next_in:
        day = rivage.workday(next_in)
        at = datetime.combine(day, datetime.min.time().replace(hour=18), ZoneInfo(settings.TIME_ZONE))
        Session.objects.create(pair=made, starts_at=at, place=CALL, by=mentor)
    return made


def look_for(rivage, people: list[Person]) -> None:
    """Nia and four others look for a mentor; the same solver as by day gives them names."""
    busy = set(Pair.objects.exclude(status="ended").values_list("seeker", flat=True)) | set(Request.objects.values_list("seeker", flat=True))
    free = [people[0], *[person for person in people[1:] if person.pk not in busy][:4]]
    for person in free:
        sought, _new = Seek.objects.update_or_create(
            person=person,
            defaults={"tongues": person.spoken_languages or [person.language], "when": rivage.some(["noon", "evening", "afternoon"], 2), "answered_at": None},
        )
        seat = rivage.seat(person)
        sought.skills.set([need.skill_id for need in seat.job.job_skills.order_by("-learnt", "pk")[:4]] if seat.job else [])
    mentoring.match()
