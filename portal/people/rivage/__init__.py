"""The people of the demo company: its sites, teams and jobs, who holds which seat, what they know, the seats to fill, and who works with whom."""

from portal.people.rivage import company, crowd, hiring, knowing, tying


def live(rivage):
    company.settle(rivage)
    crowd.arrive(rivage)
    knowing.learn(rivage)
    hiring.seek(rivage)
    tying.tie(rivage)
