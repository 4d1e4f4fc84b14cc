"""An arrival to test with: Nia's, from the base template, with Ben as her buddy."""

import pytest

from onboarding import transitions
from portal import roles
from tests import factories as make
from tests.plans import making


@pytest.fixture
def arrival(cast):
    making.template()
    cast.nadia = make.colleague("Nadia", "Roy", team=cast.desk, site=cast.nantes)
    make.duty(cast.nadia, roles.SECURITY)
    return transitions.open(making.seat_of(cast.nia), by=cast.hugo.user, address="nia@home.example", buddy=cast.ben)
