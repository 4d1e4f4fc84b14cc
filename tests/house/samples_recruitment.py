"""Examples of recruitment and of panels: a published job of Maya's, Lena's application to it, a panel about Cleo."""

from datetime import timedelta

from portal import clock, switches
from portal.people.models import Activity, Opening
from tests import factories as make
from tests.house.samples import sample


def published(world):
    from recruitment import transitions

    job = make.JobDescriptionFactory(brings_en="Python", brings_fr="Python")
    Activity.objects.create(job=job, text_en="Check readings", text_fr="Contrôler les relevés", share=100)
    opening = make.OpeningFactory(
        job=job, team=world.cast.data, site=world.cast.nantes, hiring_manager=world.cast.maya, status=Opening.Status.DRAFT, slug="flood-data"
    )
    transitions.publish(opening.pk, by=world.cast.hugo.user)
    opening.refresh_from_db()
    return opening


def drafted(world, given):
    from recruitment import applying

    who = {"given_name": given, "family_name": "Morel", "email": f"{given.lower()}@mail.example", "phone": ""}
    draft, token = applying.begin(world.once(published), language="en", touch={}, who=who)
    draft.words |= {"experience": {"how": "form", "experience": [{"role": "Analyst", "place": "A town", "years": "2020"}], "skills": ["Python"]}}
    draft.begun_at = clock.now() - timedelta(minutes=5)
    draft.save()
    return draft, token


def applied(world):
    from recruitment import applying

    draft, token = drafted(world, "Lena")
    return applying.submit(draft.pk, token=token), token


@sample("recruitment:job", "recruitment:job_picture", "recruitment:job_code", "recruitment:job_reminder", "recruitment:apply")
def job(world):
    return {"slug": world.once(published).slug}


@sample(
    "hiring:board", "hiring:application_list", "hiring:advert", "hiring:opening_publish", "hiring:opening_history", "hiring:bulk",
    "hiring:answer_everyone", "hiring:opening_close",
)  # fmt: skip
def hiring(world):
    return {"slug": world.once(published).slug}


@sample("recruitment:draft")
def draft(world):
    return {"token": drafted(world, "Draft")[1]}


@sample("recruitment:apply_step")
def draft_step(world):
    return {"token": drafted(world, "Step")[1], "step": "experience"}


@sample(
    "recruitment:follow_application", "recruitment:received", "recruitment:follow_talk", "recruitment:follow_cv", "recruitment:follow_withdraw",
    "recruitment:follow_offer", "recruitment:follow_pool", "recruitment:follow_data", "recruitment:follow_correct",
    "recruitment:follow_erase",
)  # fmt: skip
def following(world):
    return {"token": world.once(applied)[1]}


@sample(*[f"hiring:{name}" for name in (
    "application", "application_answers", "application_cv", "cv_download", "application_notes", "application_messages", "application_history",
    "application_move", "application_back", "application_reveal", "application_promise", "application_refuse", "refusal_take_back",
    "application_offer", "offer_take_back", "application_hire", "panel_convene", "panel_stop", "hire_undo",
)])  # fmt: skip
def application(world):
    return {"pk": world.once(applied)[0].pk}


@sample("hiring:cv_page")
def cv_page(world):
    return {"pk": world.once(applied)[0].pk, "number": 1}


@sample(*[f"panels:panel_{name}" for name in ("detail", "seal", "step_aside", "meeting", "overrule", "decide")])
def panel(world):
    from portal.panels import transitions
    from portal.panels.models import Panel, Volunteer
    from tests.panels.test_transitions import CRITERIA, KIND

    cast = world.cast
    switches.turn(switches.VOTES, True, by=cast.hugo.user, informed_on=clock.today())
    Volunteer.objects.create(person=cast.ben)  # volunteers are drawn first: Ben sits
    for number in range(3):
        make.colleague(f"Member{number}", "Team", team=cast.data, site=cast.nantes)
    options = {"about": cast.cleo, "hr": cast.hugo, "manager": cast.maya, "team": cast.data, "criteria": CRITERIA, "rule": Panel.Rule.CONSENT}
    opening = make.OpeningFactory(team=cast.data, site=cast.nantes, hiring_manager=cast.maya)
    return {"pk": transitions.open(KIND, opening, deadline=clock.now() + timedelta(days=5), by=cast.hugo.user, **options).pk}
