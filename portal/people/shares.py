"""How the time of a job is described and how those who hold it say it is really spent."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.people.models import Activity, JobDescription, ShareConfirmation

FEWEST = 2  # people who hold the job, before it counts as representative


@dataclass(frozen=True)
class Line:
    """One activity: percent of time as described, and as lived (None while too few have said it)."""

    activity: Activity
    described: int
    real: int | None

    @property
    def difference(self) -> int:
        return 0 if self.real is None else self.real - self.described


@dataclass(frozen=True)
class Picture:
    """The activities of a job, and how many people who hold it have said how its time is spent."""

    lines: list[Line]
    said: int

    @property
    def representative(self) -> bool:
        return self.said >= FEWEST

    @property
    def missing(self) -> int:
        return max(0, FEWEST - self.said)


def of(job: JobDescription) -> Picture:
    """The picture of the present version of `job`, in two queries."""
    said = [each.shares for each in ShareConfirmation.objects.filter(job=job, version=job.version)]
    lines = []
    for activity in job.activities.all():
        told = [shares[str(activity.pk)] for shares in said if str(activity.pk) in shares]
        real = round(sum(told) / len(told)) if len(said) >= FEWEST and told else None
        lines.append(Line(activity, activity.share, real))
    return Picture(lines, len(said))


def said_by(person, job: JobDescription) -> ShareConfirmation | None:
    """What `person` said of the present version of `job`."""
    return ShareConfirmation.objects.filter(job=job, version=job.version, person=person).first()


class SharesForm(forms.Form):
    """The percent of time of each activity; together a hundred."""

    def __init__(self, *args, job: JobDescription, said: ShareConfirmation | None, **kwargs):
        super().__init__(*args, **kwargs)
        for activity in job.activities.all():
            key = str(activity.pk)
            start = said.shares.get(key, activity.share) if said else activity.share
            words = _("Described: %(share)s %% of the time.") % {"share": activity.share}
            self.fields[key] = forms.IntegerField(label=activity.text, min_value=0, max_value=100, initial=start, help_text=words)

    def clean(self):
        data = super().clean()
        total = sum(value for value in data.values() if value is not None)
        if not self.errors and total != 100:
            raise ValidationError(_("The shares make %(total)s %%. Together they must make 100 %%."), params={"total": total})
        return data
