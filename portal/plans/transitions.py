"""What changes in plans: opening them, doing their steps, moving their first day, cancelling."""

from datetime import date

from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import clock, notices, post
from portal.moves import MoveRefused, locked, move, remember
from portal.people.models import Assignment, Employee, Person, Site
from portal.plans import access, announcing, kinds, planning, returns, workstations
from portal.plans.models import AskedBack, Desk, Plan, PlanKind, Step, Template, TemplateStep
from portal.plans.models.plan import told as may_know
from portal.plans.owners import Owners


def traits_of(kind: str, site: Site, assignment: Assignment | None, remote: bool) -> planning.Traits:
    """What decides the templates of a plan."""
    job = assignment.job if assignment else None
    return planning.Traits(
        kind=kind,
        site=site.pk,
        trade=job.trade_id if job else None,
        contract=assignment.employee.contract if assignment else "",
        remote=remote,
        manages=bool(assignment and assignment.team.head_id == assignment.employee.person_id),
    )


def open(
    kind: str, person: Person, *, site: Site, first_day: date, assignment=None, manager=None, buddy=None, remote=False, trial_ends_on=None, by=None
) -> Plan:
    """Open the plan of `person`, copied from the templates that fit; steps, equipment and access to ask for, and owners.

    Call it in the transaction of its cause. Opening the plan of a seat that has one returns that one.
    """
    with transaction.atomic():
        if assignment and (already := Plan.objects.running().filter(kind=kind, assignment=assignment).first()):
            return already
        plan = Plan.objects.create(
            kind=kind, person=person, site=site, assignment=assignment, first_day=first_day, manager=manager, buddy=buddy, trial_ends_on=trial_ends_on
        )
        templates = Template.objects.filter(kind=kind).prefetch_related(Prefetch("steps", TemplateStep.objects.order_by("pk")))
        chosen = planning.combine(templates, traits_of(kind, site, assignment, remote))
        plan.templates.set({step.template_id for step in chosen})
        if plan.is_departure:
            chosen = returns.without_twins(plan, chosen)
        add_from_template(plan, chosen)
        if plan.is_departure:
            returns.ask_back(plan)
        remember(plan, "opened", by=by)
    return plan


def add_from_template(plan: Plan, chosen: list[TemplateStep]) -> list[Step]:
    """Copy template steps into `plan`, with their due days, owners and what they open."""
    owners = Owners(plan)
    days = [planning.due_on(source.moment, plan.first_day, plan.trial_ends_on, plan.days) for source in chosen]
    steps = [
        Step(
            plan=plan,
            source=source,
            template_id=source.template_id,
            owner=owners.of(source.role, due),
            due_on=due,
            equipment=source.equipment,
            **{name: getattr(source, name) for name in Step.COPIED},
        )
        for source, due in zip(chosen, days, strict=True)
    ]
    Step.objects.bulk_create(steps)
    if not plan.is_departure:  # there, what a step opens elsewhere is what it closes
        access.ask_for(plan, [(step, source) for step, source in zip(steps, chosen, strict=True) if source.thing])
    return steps


def postpone(plan_id: int, first_day: date, *, by) -> Plan:
    """Move the first day: what is not done moves with it, what is done keeps its date."""
    with transaction.atomic():
        plan = locked(Plan, plan_id, by, "plans.change_plan")
        if plan.status != Plan.Status.RUNNING:
            raise MoveRefused(_("This plan is closed."))
        before, plan.first_day = plan.first_day, first_day
        if plan.trial_ends_on:
            plan.trial_ends_on += first_day - before
        plan.save(update_fields=["first_day", "trial_ends_on"])
        if plan.assignment and plan.kind == PlanKind.ARRIVAL:
            seat = plan.assignment
            seat.started_on = first_day
            seat.save(update_fields=["started_on"])
            Employee.objects.filter(pk=seat.employee_id, joined_on=before).update(joined_on=first_day)
        moved = list(plan.steps.filter(status=Step.Status.OPEN))
        for step in moved:
            step.due_on = planning.due_on(step.moment, first_day, plan.trial_ends_on, plan.days)
            step.escalated = 0
        Step.objects.bulk_update(moved, ["due_on", "escalated"])
        access.shift(plan, (first_day - before).days)
        remember(plan, "postponed", by=by, before=before.isoformat(), after=first_day.isoformat())
        told = gettext_lazy("The last day of %(name)s is now %(day)s.") if plan.is_departure else gettext_lazy("The first day of %(name)s is now %(day)s.")
        _tell_all(plan, "plans.postponed", lambda: told % {"name": plan.person.display_name, "day": _day(first_day)}, but=by)
    return plan


def cancel(plan_id: int, *, by, because: str = "") -> Plan:
    """Close everything and say so to everyone involved; what was set aside goes back."""
    from portal.plans import equipment

    with transaction.atomic():
        plan = locked(Plan, plan_id, by, "plans.change_plan")
        plan.cancelled_because = because
        plan.save(update_fields=["cancelled_because"])
        involved = _involved(plan)
        move(plan, Plan.Status.CANCELLED, by=by, note=because)
        plan.steps.filter(status=Step.Status.OPEN).update(status=Step.Status.CANCELLED)
        access.close_all(plan)
        equipment.release_all(plan, by=by)
        told = gettext_lazy("The plan of %(name)s is cancelled: nothing more is to prepare.")
        if plan.is_departure:
            told = gettext_lazy("The departure of %(name)s is cancelled: nothing more is to take back.")
        _tell_all(plan, "plans.cancelled", lambda: told % {"name": plan.person.display_name}, but=by, involved=involved)
    return plan


def close(plan: Plan, *, by=None) -> Plan:
    """Finish a plan in which nothing mandatory is left."""
    if open_mandatory(plan).exists():
        raise MoveRefused(_("Something that must be done is still open."))
    move(plan, Plan.Status.DONE, by=by)
    return plan


def open_mandatory(plan: Plan):
    """The steps that must be done before `plan` may close."""
    return plan.steps.filter(mandatory=True, status=Step.Status.OPEN)


def finish(step_id: int, *, by, note: str = "", answers: list[str] | None = None) -> Step:
    """A step is done, by one of those who may; `answers` are those of a form, in the order of its questions."""
    with transaction.atomic():
        step = locked(Step, step_id, by, "plans.finish_step")
        kinds.demand(step, by=by, answers=answers)
        return _finish(step, by=by, note=note or kinds.note_of(step))


def finish_from_outside(step_id: int, *, how: str) -> Step:
    """A step is done by a signed link or call; `how` says which ("mail link", "signed call"). Raises Step.DoesNotExist."""
    with transaction.atomic():
        step = Step.objects.select_for_update(of=("self",)).get(pk=step_id)
        kinds.demand(step, by=None)
        return _finish(step, by=None, note=how)


def finish_by_fact(step: Step, *, by, note: str) -> None:
    """Something else shows that a step is done: the register, or a check. Call it in the transaction that saw it."""
    if step.status == Step.Status.OPEN and step.plan.status == Plan.Status.RUNNING:
        _finish(step, by=by, note=note)


def reopen_by_fact(step: Step, *, note: str) -> None:
    """A check answers no again: what it answered is to do."""
    step.done_at = step.done_by = None
    step.save(update_fields=["done_at", "done_by"])
    move(step, Step.Status.OPEN, by=None, note=note)


def _finish(step: Step, *, by, note: str) -> Step:
    if step.status == Step.Status.DONE:
        return step  # said twice is said once
    if step.plan.status != Plan.Status.RUNNING:
        raise MoveRefused(_("This plan is closed."))
    access.demand_opened(step, by=by)
    returns.settle(step, by=by)
    workstations.bring(step, by=by)
    workstations.hand_all(step, by=by)
    step.done_at, step.done_by = clock.now(), by
    step.save(update_fields=["done_at", "done_by"])
    move(step, Step.Status.DONE, by=by, note=note)
    announcing.done(step)
    return step


def finish_many(step_ids: list[int], *, by) -> tuple[list[Step], list[tuple[Step, str]]]:
    """Do several; what was done, and what refused with its reason. Steps `by` may not do are left out without a word."""
    done, refused = [], []
    for step in Step.objects.allowing(by, "plans.finish_step").filter(pk__in=step_ids):
        try:
            done.append(finish(step.pk, by=by))
        except MoveRefused as reason:
            refused.append((step, str(reason)))
    return done, refused


def reopen(step_id: int, *, by) -> Step:
    """Undo: a step that was done or set aside is to do again."""
    with transaction.atomic():
        step = locked(Step, step_id, by, "plans.finish_step")
        if step.plan.status != Plan.Status.RUNNING:
            raise MoveRefused(_("This plan is closed."))
        kinds.demand_open_by_hand(step)
        returns.unsettle(step, by=by)
        workstations.put_back(step, by=by)
        skipped, step.done_at, step.done_by = step.status == Step.Status.SKIPPED, None, None
        step.save(update_fields=["done_at", "done_by"])
        move(step, Step.Status.OPEN, by=by)
        access.ask_again(step, by=by, skipped=skipped)
    return step


def skip(step_id: int, *, by, because: str = "") -> Step:
    """This person does not need the step."""
    with transaction.atomic():
        step = locked(Step, step_id, by, "plans.change_step")
        if AskedBack.objects.filter(step=step, how="").exists():
            raise MoveRefused(_("Something was given here: say what became of it, lost or kept by agreement."))
        move(step, Step.Status.SKIPPED, by=by, note=because)
        access.ask_no_more(step, by=by)
    return step


def reassign(step_id: int, owner: Person, *, by) -> Step:
    """Give a step to somebody else and tell them."""
    with transaction.atomic():
        step = locked(Step, step_id, by, "plans.change_step")
        before, step.owner = step.owner, owner
        step.reminded_at = None
        step.save(update_fields=["owner", "reminded_at"])
        remember(step, "reassigned", by=by, before=str(before.pk if before else ""), after=str(owner.pk))
        if owner.user:
            told = gettext_lazy("%(step)s, for %(name)s: this is yours now.")
            notices.tell(owner.user, "plans.reassigned", lambda: told % {"step": step.text, "name": step.plan.person.display_name}, url=step.get_absolute_url())
    return step


def edit(step_id: int, values: dict, *, by) -> Step:
    """Change what a step of a running plan says; its template stays as it is."""
    with transaction.atomic():
        step = locked(Step, step_id, by, "plans.change_step")
        role = step.role
        for name, value in values.items():
            setattr(step, name, value)
        if step.role != role:
            step.owner = Owners(step.plan).of(step.role, step.due_on)
        step.anchor, step.span = planning.Anchor.FIRST_DAY, planning.Span.DAYS  # a day set by hand moves with the first day
        step.offset = step.plan.days.between(step.plan.first_day, step.due_on)
        step.save(update_fields=[*values, "owner", "anchor", "span", "offset"])
        remember(step, "edited", by=by)
    return step


def add(plan_id: int, values: dict, *, by) -> Step:
    """One more step, in this plan alone."""
    with transaction.atomic():
        plan = locked(Plan, plan_id, by, "plans.change_plan")
        if plan.status != Plan.Status.RUNNING:
            raise MoveRefused(_("This plan is closed."))
        offset = plan.days.between(plan.first_day, values["due_on"])
        step = Step.objects.create(
            plan=plan, key=f"own-{plan.steps.count() + 1}", owner=Owners(plan).of(values["role"], values["due_on"]), offset=offset, **values
        )
        remember(step, "added", by=by)
    return step


def remind(step_id: int, *, by) -> Step:
    """Remind the owner, by page and mail; once a day."""
    with transaction.atomic():
        step = locked(Step, step_id, by, "plans.change_step")
        if step.status != Step.Status.OPEN:
            raise MoveRefused(_("This is done already."))
        if step.owner is None or step.owner.user is None:
            raise MoveRefused(_("Nobody owns this step yet: reassign it first."))
        today = step.plan.today()
        if step.reminded_at and clock.day(step.reminded_at, step.plan.site.timezone) == today:
            raise MoveRefused(_("%(name)s was reminded today already.") % {"name": step.owner.first_name})
        step.reminded_at = clock.now()
        step.save(update_fields=["reminded_at"])
        told = gettext_lazy("A reminder: %(step)s, for %(name)s.")
        notices.tell(
            step.owner.user,
            "plans.reminder",
            lambda: told % {"step": step.text, "name": step.plan.person.display_name},
            url=step.get_absolute_url(),
            mail="plans/mail/reminder.txt",
            context={"step": step, "by": by},
            key=f"reminder:{step.pk}:{today}",
        )
        remember(step, "reminded", by=by)
    return step


def _day(day: date) -> str:
    from portal.dates import date_format

    return date_format(day, "j F Y")


def _involved(plan: Plan) -> set:
    """The users who have something to do in `plan`, or did it, and may know of it; and who accompany it."""
    owners = Person.objects.filter(steps__in=plan.steps.filter(may_know()).exclude(status=Step.Status.SKIPPED)).select_related("user")
    people = {plan.person, plan.manager, plan.buddy, *owners} - {None}
    return {person.user for person in people if person.user}


def _tell_all(plan: Plan, kind: str, text, *, but=None, involved=None) -> None:
    """By page and mail, and by mail to the desks that never sign in."""
    for user in sorted(involved if involved is not None else _involved(plan), key=lambda user: user.pk):
        if but is None or user.pk != but.pk:
            notices.tell(user, kind, text, mail="plans/mail/told.txt", context={"text": text, "plan": plan})
    roles = plan.steps.filter(may_know()).exclude(status=Step.Status.SKIPPED).values("role")
    for desk in Desk.objects.filter(Q(site=None) | Q(site=plan.site_id), role__in=roles):
        post.write_from("plans/mail/told.txt", to=desk.email, context={"text": text, "plan": plan}, language=desk.language, kind=kind)
