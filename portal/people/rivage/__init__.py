"""The people of the demo company: its sites, teams and jobs, who holds which seat, what they know, and the seats to fill."""

from portal.people.rivage import company, crowd, hiring, knowing


def live(rivage):
    company.settle(rivage)
    crowd.arrive(rivage)
    knowing.learn(rivage)
    hiring.seek(rivage)
