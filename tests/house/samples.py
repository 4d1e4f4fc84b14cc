"""A real object for each address that names one: the URL walk (url_table.txt) asks here.

To add one, register a function of the world that returns the address's arguments; it is called once, before the walk:

    @sample("people:person_detail")
    def person(world):
        return {"slug": world.cast.ben.slug}

`world.cast` is the cast of tests/cast.py (here Zoé has an account too); make other rows with tests/factories.py. Choose an
object that belongs to somebody, so that the table shows who is answered 404. One function may serve several names, and
`world.once(make)` shares one object among several functions. Beside it, `posting("app:name", {...})` gives the form a
body to send; without one the POST is empty. Stages keep theirs in samples_<stage>.py beside this file.
"""

from django.db import transaction

from portal import clock
from portal.models import Mail, Notice
from portal.people import ties
from portal.people.models import Correction, PeopleImport, SkillConfirmation
from tests import factories as make

_samples = {}
_bodies = {}


class World:
    """The cast, and what was made around it for the walk."""

    def __init__(self, cast):
        self.cast = cast
        self._made, self._shared = {}, {}

    def once(self, make):
        """The one object that `make` (a function of the world) makes."""
        if make not in self._shared:
            self._shared[make] = make(self)
        return self._shared[make]

    def prepare(self):
        """Make every example; one that cannot be made is remembered with its reason."""
        for name, function in _samples.items():
            try:
                with transaction.atomic():
                    self._made[name] = self.once(function)
            except Exception as error:
                self._made[name] = error

    def arguments(self, name) -> dict:
        """The arguments of the address `name`; LookupError when nobody gave an example, or it could not be made."""
        if name not in self._made:
            raise LookupError(f"{name} needs an example object: add one to tests/house/samples.py")
        if isinstance(self._made[name], Exception):
            raise LookupError(f"the example of {name} cannot be made: {self._made[name]!r}")
        return self._made[name]


def sample(*names):
    """Register the arguments of the addresses called `names`."""

    def register(function):
        for name in names:
            _samples[name] = function
        return function

    return register


def posting(name, body):
    """Send `body` when the address called `name` is posted to; a dict, or a function of the world."""
    _bodies[name] = body


def body(name, world) -> dict:
    found = _bodies.get(name, {})
    return found(world) if callable(found) else found


# --- the house -----------------------------------------------------------------------------------------
@sample("notice_open")
def notice(world):
    return {"pk": Notice.objects.create(user=world.cast.ben.user, kind="test", text_en="Hello", url="/").pk}


posting("set_language", {"language": "fr", "next": "/"})


@sample("trust:switch_on", "trust:switch_off")
def switch(world):
    return {"name": "matching"}


# --- identity ------------------------------------------------------------------------------------------
@sample("account_reset_password_from_key")
def reset_key(world):
    return {"uidb36": "1", "key": "no-such-key"}


@sample("account_confirm_email")
def confirm_key(world):
    return {"key": "no-such-key"}


@sample("mfa_remove_webauthn", "mfa_edit_webauthn")
def passkey(world):
    from allauth.mfa.models import Authenticator

    key = Authenticator.objects.create(
        user=make.UserFactory(), type=Authenticator.Type.WEBAUTHN, data={"name": "Key", "credential": {}}, created_at=clock.now()
    )
    return {"pk": key.pk}


@sample("openid_connect_login", "openid_connect_callback")
def provider(world):
    return {"provider_id": "no-such-provider"}


# --- the demo ------------------------------------------------------------------------------------------
@sample("demo_step_in")
def step_in(world):
    return {"key": "maya"}


@sample("mail_detail", "mail_attachment")
def mail(world):
    return {"pk": Mail.objects.create(to="ben@rivage.example", subject="Hello", body="Hello", kind="test").pk}


# --- search --------------------------------------------------------------------------------------------
@sample("search_miss_settle", "search_miss_forget")
def miss(world):
    from portal.search.models import Miss

    return {"pk": Miss.objects.create(words="hydrolgy").pk}


@sample("search_usual_name_delete")
def usual_name(world):
    from portal.search.models import UsualName

    return {"pk": UsualName.objects.create(short="Lénou", full="Hélène").pk}


# --- people --------------------------------------------------------------------------------------------
@sample(
    "people:person_detail", "people:person_photo", "people:photo_edit", "people:photo_delete", "people:visibility_save", "people:person_confirm",
    "people:nudge_decline", "people:person_correct", "people:correction_create", "people:holding_create", "people:person_card", "people:person_vcard",
    "people:person_print", "people:person_qr", "people:tie_ask",
)  # fmt: skip
def person(world):
    return {"slug": world.cast.ben.slug}


@sample("people:person_edit")
def part_of_person(world):
    return {"slug": world.cast.ben.slug, "part": "contact"}


@sample("people:team_detail", "people:team_skills", "people:team_edit")
def team(world):
    return {"slug": world.cast.data.slug}


@sample("people:site_edit")
def site(world):
    return {"code": world.cast.nantes.code}


@sample("people:skill_detail", "people:skill_edit", "people:skill_merge")
def skill(world):
    return {"slug": make.SkillFactory(name="Hydrology").slug}


@sample("people:holding_edit", "people:holding_delete", "people:holding_confirm")
def holding(world):
    return {"pk": make.PersonSkillFactory(content_object=world.cast.ben).pk}


@sample("people:confirmation_delete")
def confirmation(world):
    return {"pk": SkillConfirmation.objects.create(holding_id=world.once(holding)["pk"], by=world.cast.maya, seen="At work").pk}


@sample("people:job_detail", "people:job_confirm", "people:job_edit", "people:job_versions")
def job(world):
    return {"slug": make.JobDescriptionFactory().slug}


@sample("people:opening_detail", "people:opening_edit", "people:opening_delete")
def opening(world):
    return {"slug": make.OpeningFactory(team=world.cast.data, site=world.cast.nantes, hiring_manager=world.cast.maya).slug}


@sample("people:tie_show", "people:tie_hide")
def tie(world):
    return {"pk": ties.declare("mentoring", giver=world.cast.ben, receiver=world.cast.omar, source="alumni.pair:0", visible=False).pk}


@sample("people:people_export")
def kind_of_file(world):
    return {"kind": "csv"}


@sample("people:correction_detail", "people:correction_accept", "people:correction_dismiss")
def correction(world):
    return {"pk": Correction.objects.create(person=world.cast.ben, by=world.cast.cleo, kind="wrong", field="phone", proposed="2").pk}


@sample("people:import_detail", "people:import_columns", "people:import_confirm", "people:import_choose", "people:import_cancel")
def bringing(world):
    return {"pk": PeopleImport.objects.create(name="people.csv", by=world.cast.hugo.user, headings=["Name"]).pk}


from tests.house import samples_alumni, samples_mobility, samples_onboarding, samples_recruitment, samples_webhooks  # noqa: E402, F401 - they register theirs
