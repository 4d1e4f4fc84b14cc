"""What tests of signing in ask for: Ben with a password, and the mails that leave with a step."""

import pytest
from django.core import mail

from tests.identity.signing import PASSWORD


@pytest.fixture
def ben(cast):
    user = cast.ben.user
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def mails(django_capture_on_commit_callbacks):
    """Run a step and give back the mails that left with it."""

    def step(act):
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            answer = act()
        return answer, mail.outbox[before:]

    return step
