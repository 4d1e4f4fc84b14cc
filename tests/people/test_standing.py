"""Who is in which audience today."""

import pytest

from portal import roles
from tests.cast import NAMES, user_of

EXPECTED = {
    "maya": {roles.EVERYONE, roles.SIGNED_IN, roles.COLLEAGUES},
    "hugo": {roles.EVERYONE, roles.SIGNED_IN, roles.COLLEAGUES},
    "nia": {roles.EVERYONE, roles.SIGNED_IN, roles.NEWCOMERS},
    "ben": {roles.EVERYONE, roles.SIGNED_IN, roles.COLLEAGUES},
    "cleo": {roles.EVERYONE, roles.SIGNED_IN, roles.COLLEAGUES},
    "ilan": {roles.EVERYONE, roles.SIGNED_IN, roles.COLLEAGUES},
    "zoe": {roles.EVERYONE},
    "omar": {roles.EVERYONE, roles.SIGNED_IN},
    "visitor": {roles.EVERYONE},
}


@pytest.mark.parametrize("name", NAMES)
def test_audiences_of_the_cast(cast, name):
    user = user_of(cast, name)
    assert {audience for audience in roles.AUDIENCES if roles.belongs(user, audience)} == EXPECTED[name]
