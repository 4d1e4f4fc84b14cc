"""What the demo company lives in hiring: people at every step, some late, some answered, an offer out, two who said yes."""

import io
from datetime import timedelta

from django.core.files.base import ContentFile
from fpdf import FPDF

from portal.models import Mail, TimelineEntry
from portal.panels.models import Panel
from portal.panels.rivage import agree, seal
from portal.people.models import Opening, Person
from portal.plans.planning import WorkingDays
from recruitment import adverts, letters, panel, processes, transitions
from recruitment.models import CV, Adjustment, Answer, Application, Letter, Message, Note, Offer, PrivateLink, Reason, Refusal, Seen
from recruitment.models.application import token_hash
from recruitment.rivage_words import ANSWERS, FAMILY, GIVEN, NO, ROLES, SEEN, SOURCES

# Where the people of an opening stand: (stage order, days since they came there, how it ended), oldest first.
PEOPLE = [
    (1, 0, ""),
    (1, 1, ""),
    (1, 1, ""),
    (2, 3, ""),
    (2, 5, ""),
    (2, 6, ""),
    (3, 1, ""),
    (3, 2, ""),
    (3, 4, ""),
    (4, 2, ""),
    (4, 5, ""),
    (4, 8, ""),
    (5, 1, ""),
    (5, 2, ""),
    (5, 4, ""),
    (1, 20, "refused"),
    (2, 24, "refused"),
    (3, 18, "withdrawn"),
]


def live(rivage):
    """Publish what is open outside, then let people apply."""
    claire = rivage.cast["claire"]
    openings = [opening for opening in rivage.open_openings if opening.audience != Opening.Audience.INSIDE][:12]
    for opening in openings:
        process = processes.give(opening, by=claire.user)
        process.meets.set(rivage.members(opening.team)[:3])
        version = adverts.publish_text(opening, claire.user)
        version.published_at = opening.opened_at
        version.save(update_fields=["published_at"])
    for place, opening in enumerate(openings):
        rows = PEOPLE if place < 4 else rivage.some(PEOPLE, 11)
        for stage, days, ended in sorted(rows, key=lambda row: -row[1]):
            apply(rivage, opening, stage, days, ended)
    if openings:
        late(rivage, openings[0])
        zoe(rivage, openings[0])
        judged(rivage, openings[0])
        offered(rivage, openings[1 % len(openings)])
        arriving(rivage, openings[2 % len(openings) :][:2])


def _due(rivage, site, days):
    """The working day so many days from today: what is late stays late, what is not late stays so."""
    day, calendar = rivage.day(days), WorkingDays(site.country)
    return calendar.onward(day) if days >= 0 else calendar.shift(day + timedelta(days=1), -1)


def apply(rivage, opening, order, days, ended="", person=None, email="", language=""):
    """One application, sent some days before it came to its stage."""
    stages = {stage.order: stage for stage in opening.process.stages.all()}
    stage = stages[min(order, len(stages))]
    language = language or ("fr" if rivage.chance(0.65) else "en")
    if person is None:
        person = Person.objects.create(given_name=rivage.pick(GIVEN), family_name=rivage.pick(FAMILY), language=language)
    number = opening.applications.count() + 1
    came = rivage.at(-days, "10:20", opening.site)
    sent = came - timedelta(days=sum(stages[before].days - 1 for before in range(1, stage.order)))
    application = Application.objects.create(
        reference=f"{opening.reference}-{number:04}",
        person=person,
        opening=opening,
        advert=adverts.current(opening),
        stage=stage,
        stage_since=came,
        due_on=_due(rivage, opening.site, stage.days - days),
        number=number,
        revealed_at=None if stage.blind else came,
        language=language,
        email=email or f"{person.slug}@mail.example",
        submitted_at=sent,
        first_answered_at=None if stage.order == 1 else sent + timedelta(days=2),
        skills=[str(skill.skill.label) for skill in opening.job.job_skills.all()[: rivage.rng.randint(1, 3)]],
        first_touch=rivage.pick(SOURCES),
        last_touch=rivage.pick(SOURCES),
    )
    answers = rivage.pick(ANSWERS[language])
    for question, text in zip(opening.process.questions.all(), answers, strict=False):
        Answer.objects.create(application=application, question=question, asked=getattr(question, f"text_{language}"), text=text)
    if rivage.chance(0.6):
        application.cv = paper(rivage, application)
    else:
        role, place = rivage.pick(ROLES[language])
        application.experience = [{"role": role, "place": place, "years": "2019 - 2026"}]
    application.save()
    moments = [TimelineEntry(subject=application, verb="applied", at=sent)]
    for before in range(1, stage.order):
        at = came - timedelta(days=sum(stages[between].days - 1 for between in range(before + 1, stage.order)))
        moments.append(
            TimelineEntry(
                subject=application, verb="advanced", before=str(stages[before].pk), after=str(stages[before + 1].pk), by=rivage.cast["claire"].user, at=at
            )
        )
    TimelineEntry.objects.bulk_create(moments)
    if stage.order > 2:
        Seen.objects.create(application=application, text=rivage.pick(SEEN[language]), by=opening.hiring_manager.user, shown_from=came)
    if rivage.chance(0.05):
        Adjustment.objects.create(
            application=application,
            text={"en": "Questions in writing before the call, please.", "fr": "Les questions par écrit avant l’entretien, s’il vous plaît."}[language],
        )
    if ended:
        end(rivage, application, ended, days)
    return application


def end(rivage, application, how, days):
    """Answered no, or withdrawn, a few days after it came to its stage."""
    at = rivage.at(-max(1, days - 4), "11:00", application.opening.site)
    application.status, application.ended_at, application.first_answered_at = how, at, application.first_answered_at or at
    application.save()
    TimelineEntry.objects.create(subject=application, verb="moved", before="active", after=how, at=at)
    if how == "refused":
        subject, body = letters.render(application, "refused", words=NO[application.language], seen=[], together=1)
        leaves = at + letters.REFUSAL_WAITS
        letter = Letter.objects.create(application=application, kind="refused", subject=subject, body=body, written_at=at, leaves_at=leaves)
        Refusal.objects.create(
            application=application, reason=Reason.EXPERIENCE, words=NO[application.language], letter=letter, by=rivage.cast["claire"].user, at=at
        )


def paper(rivage, application) -> CV:
    """A one-page CV as a PDF; the worker draws its page like any other."""
    words = [
        application.person.display_name,
        application.email,
        "",
        *application.skills,
        "",
        *(f"{role}, {place}" for role, place in ROLES[application.language][:3]),
    ]
    sheet = FPDF()
    sheet.add_page()
    sheet.set_font("helvetica", size=12)
    for line in words:
        sheet.cell(0, 8, line.encode("latin-1", "replace").decode("latin-1"), new_x="LMARGIN", new_y="NEXT")
    content = bytes(sheet.output())
    cv = CV(
        name=f"cv-{application.person.slug}.pdf",
        kind="pdf",
        size=len(content),
        sha256=token_hash(content.hex()),
        text="\n".join(words),
        state="read",
        page_count=1,
        added_at=application.submitted_at,
    )
    cv.file.save("cv", ContentFile(io.BytesIO(content).getvalue()), save=False)
    cv.save()
    return cv


def late(rivage, opening):
    """Two people we owe an answer to, one of them with a new date."""
    first = apply(rivage, opening, 2, 9)
    second = apply(rivage, opening, 3, 8)
    Note.objects.create(
        application=second,
        by=opening.hiring_manager.user,
        text={"en": "The call went well; I am in the field until Wednesday.", "fr": "L’entretien s’est bien passé ; je suis sur le terrain jusqu’à mercredi."}[
            rivage.language(opening.hiring_manager)
        ],
        at=rivage.at(-4, "17:00"),
    )
    transitions.promise(
        second.pk,
        by=rivage.cast["hugo"].user,
        on=rivage.workday(3),
        words={"en": "Our manager is in the field until Wednesday.", "fr": "La personne qui décide est sur le terrain jusqu’à mercredi."}[second.language],
    )
    return first


def zoe(rivage, opening):
    """Zoé waits for the answer after her call; her private link is in the demo mailbox."""
    application = apply(rivage, opening, 3, 6, person=rivage.cast["zoe"], email="zoe@mail.example", language="fr")
    token = f"{rivage.rng.getrandbits(144):036x}"
    PrivateLink.objects.create(application=application, token_hash=token_hash(token), made_at=application.submitted_at)
    link = letters.page_address(token, "fr")
    letter = letters.queue(application, "received", key="rivage.zoe", link=link)
    Letter.objects.filter(pk=letter.pk).update(written_at=application.submitted_at, leaves_at=application.submitted_at)
    Mail.objects.filter(pk=letter.mail_id).update(
        state=Mail.State.SENT, written_at=application.submitted_at, sent_at=application.submitted_at, send_after=application.submitted_at
    )
    manager = opening.hiring_manager
    Message.objects.create(
        application=application, by=manager.user, text="Merci pour cet échange. Je reviens vers vous après la réunion d’équipe.", at=rivage.at(-3, "17:05")
    )
    Message.objects.create(
        application=application, from_candidate=True, text="Merci. L’astreinte est-elle d’une semaine sur sept dès le début ?", at=rivage.at(-2, "09:12")
    )


def convene(rivage, application, until=5):
    """The panel of the decision, with the People team's recruiter."""
    hugo = rivage.cast["hugo"]
    return panel.convene(application.pk, by=hugo.user, hr=rivage.cast["claire"], rule=Panel.Rule.CONSENT, deadline=rivage.workday(until))


def judged(rivage, opening):
    """A panel sits: all but two have sealed their ballot."""
    made = convene(rivage, apply(rivage, opening, 5, 2))
    for member in made.members.order_by("person")[2:]:
        seal(rivage, made, member)


def agreed(rivage, application):
    """The panel said yes."""
    agree(rivage, convene(rivage, application), by=rivage.cast["claire"].user, language=application.language)


def offered(rivage, opening):
    """One offer waits for its answer."""
    application = apply(rivage, opening, 5, 3)
    agreed(rivage, application)
    transitions.offer(
        application.pk, by=rivage.cast["hugo"].user, pay=opening.job.pay_min + 2000, starts_on=rivage.monday + timedelta(days=28), expires_on=rivage.workday(6)
    )


def arriving(rivage, openings):
    """Two people said yes and are hired; what follows is the arrival stage's."""
    for weeks, opening in enumerate(openings, start=2):
        application = apply(rivage, opening, 5, 4)
        starts = rivage.monday + timedelta(days=7 * weeks)
        by = rivage.cast["hugo"].user
        agreed(rivage, application)
        Opening.objects.filter(pk=opening.pk).update(seats=opening.seats + 1)
        transitions.offer(application.pk, by=by, pay=opening.job.pay_min + 1000, starts_on=starts, expires_on=rivage.workday(4))
        transitions.accept_offer(Application.objects.select_related("opening__site").get(pk=application.pk))
        Offer.objects.filter(application=application).update(answered_at=rivage.at(-1, "18:40"))
        transitions.hire(application.pk, by=by, joined_on=starts)
