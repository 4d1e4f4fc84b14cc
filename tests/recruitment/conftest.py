"""What tests of recruitment ask for: a published job, and somebody who applied."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from fpdf import FPDF

from portal import clock
from portal.people.models import Activity, Opening
from recruitment import applying, transitions
from recruitment.models import Application
from tests import factories as make

QUICK = timedelta(minutes=5)


def pdf(*lines) -> bytes:
    """A small true PDF."""
    sheet = FPDF()
    sheet.add_page()
    sheet.set_font("helvetica", size=12)
    for line in lines or ("Lena Morel", "Python and SQL"):
        sheet.cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(sheet.output())


def upload(content=None, name="cv.pdf"):
    return SimpleUploadedFile(name, pdf() if content is None else content, content_type="application/octet-stream")


@pytest.fixture
def opening(cast):
    """A job of Maya's in Nantes, published by Hugo."""
    job = make.JobDescriptionFactory(brings_en="Python", brings_fr="Python")
    Activity.objects.create(job=job, text_en="Check readings", text_fr="Contrôler les relevés", share=100)
    made = make.OpeningFactory(job=job, team=cast.data, site=cast.nantes, hiring_manager=cast.maya, status=Opening.Status.DRAFT, slug="flood-data-engineer")
    transitions.publish(made.pk, by=cast.hugo.user)
    made.refresh_from_db()
    return made


@pytest.fixture
def apply(opening):
    """Sends an application by the short form: `apply("Lena")` → (application, token of its private link)."""

    def send(given="Lena", family="Morel", email="", language="en", to=None, **words):
        who = {"given_name": given, "family_name": family, "email": email or f"{given.lower()}@mail.example", "phone": ""}
        draft, token = applying.begin(to or opening, language=language, touch={}, who=who)
        draft.words |= {"experience": {"how": "form", "experience": [{"role": "Analyst", "place": "A town", "years": "2020"}], "skills": ["Python"]}, **words}
        draft.begun_at = clock.now() - QUICK
        draft.save()
        return applying.submit(draft.pk, token=token), token

    return send


@pytest.fixture
def application(apply):
    return apply()[0]


def fresh(application) -> Application:
    return Application.objects.get(pk=application.pk)
