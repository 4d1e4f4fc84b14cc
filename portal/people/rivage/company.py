"""Where the demo company works and on what: sites, teams, trades, job descriptions and the first list of skills."""

import csv
import tomllib
from pathlib import Path

from portal.people.importing import skills
from portal.people.models import Activity, JobDescription, JobSkill, Site, Skill, Team, Trade

HERE = Path(__file__).parent


def read(name: str) -> dict:
    """A file of words that stands beside this module."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def team_rows() -> list[dict]:
    """The teams, parents first."""
    with (HERE / "teams.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="|"))


def settle(rivage) -> None:
    """Make the company as it is before anybody works in it."""
    for row in read("sites.toml")["sites"]:
        Site.objects.create(**row)
    _teams(rivage)
    skills.import_file(skills.OWN_LIST, write=True)
    make_jobs()


def _teams(rivage) -> None:
    made = {}
    for row in team_rows():
        words = {key: row[key] for key in ("slug", "name_en", "name_fr", "mission_en", "mission_fr")}
        made[row["slug"]] = Team.objects.create(parent=made.get(row["parent"]), site=rivage.sites[row["site"]], **words)


def make_jobs() -> None:
    """The job descriptions and their trades; the skills they need are there already."""
    words = read("jobs.toml")
    trades = {slug: Trade.objects.create(slug=slug, name_en=names[0], name_fr=names[1]) for slug, names in words["trades"].items()}
    known = {skill.slug: skill for skill in Skill.objects.all()}
    titles = {slug: job["title"] for slug, job in words["jobs"].items()}
    jobs, activities, needs = [], [], []
    for slug, job in words["jobs"].items():
        made = JobDescription(
            slug=slug,
            title_en=job["title"][0],
            title_fr=job["title"][1],
            title_fr_f=job["title"][2],
            trade=trades[job["trade"]],
            pay_min=job["pay"][0],
            pay_max=job["pay"][1],
            next_steps_en="\n".join(titles[each][0] for each in job["next"]),
            next_steps_fr="\n".join(titles[each][1] for each in job["next"]),
            **_both("mission", job["mission"]),
            **_both("brings", job["brings"]),
            **_both("good_to_have", job.get("good", ("", ""))),
            **_both("demanding", job["demanding"]),
            **_both("conditions", words["conditions"][job["conditions"]]),
        )
        jobs.append(made)
        for order, (share, text_en, text_fr) in enumerate(job["activities"]):
            activities.append(Activity(job=made, order=order, share=share, text_en=text_en, text_fr=text_fr))
        for learnt, wanted in ((False, job["skills"]), (True, job["learns"])):
            for each in wanted:
                name, level = each.split(":")
                needs.append(JobSkill(job=made, skill=known[name], level=int(level), learnt=learnt))
    JobDescription.objects.bulk_create(jobs)
    Activity.objects.bulk_create(activities)
    JobSkill.objects.bulk_create(needs)


def _both(stem: str, words) -> dict:
    return {f"{stem}_en": words[0], f"{stem}_fr": words[1]}
