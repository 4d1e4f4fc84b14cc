"""Applying in five short steps: each saved, the CV kept across errors, nothing sent before the last button."""

import functools

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal import post
from portal.moves import MoveRefused
from recruitment import adverts, applying, for_alumni, forms, letters
from recruitment.cv import files, skills
from recruitment.limits import limited
from recruitment.models import Draft, PrivateLink
from recruitment.models.application import token_hash
from recruitment.touch import of as touch_of
from recruitment.views.public import published

STEPS = ("who", "experience", "questions", "adjustments", "check")


def labels() -> dict[str, str]:
    return {
        "who": _("Who you are"),
        "experience": _("Your experience"),
        "questions": _("Questions"),
        "adjustments": _("Adjustments"),
        "check": _("Check and send"),
    }


def secret(view):
    """A page behind a private link: not cached, not told to other sites by the browser."""

    @functools.wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "same-origin"  # "no-referrer" would make browsers send these forms with "Origin: null"
        response["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


def draft_of(token: str) -> Draft:
    queryset = Draft.objects.select_related("opening__job", "opening__site", "opening__hiring_manager", "opening__process__recruiter", "advert", "cv")
    draft = queryset.filter(token_hash=token_hash(token)).first()
    if draft is None:
        raise Http404
    return draft


def page(request, step, form, *, opening, token="", draft=None, status=200, **context):
    """One step on its page."""
    names = labels()
    here = STEPS.index(step)
    done = set(draft.words) if draft else set()
    steps = [
        {
            "label": names[name],
            "state": "now" if name == step else "done" if number < here or name in done else "",
            "url": redirect("recruitment:apply_step", token, name).url if token and name in done else "",
        }
        for number, name in enumerate(STEPS)
    ]
    back = redirect("recruitment:apply_step", token, STEPS[here - 1]).url if here else redirect("recruitment:job", opening.slug).url
    context |= {
        "public_nav": "jobs",
        "form": form,
        "opening": opening,
        "text": (draft.advert if draft else adverts.current(opening)).text,
        "step": step,
        "number": here + 1,
        "title": names[step],
        "steps": steps,
        "token": token,
        "draft": draft,
        "back": back,
        "back_label": _("Back to “%(step)s”") % {"step": names[STEPS[here - 1]]} if here else _("Back to the job"),
        "recruiter": opening.process.recruiter,
    }
    return render(request, f"recruitment/apply_{step}.html", context, status=status)


@login_not_required
@require_http_methods(["GET", "POST"])
@limited("apply", most=20, minutes=60)
@secret
def start(request, slug):
    """Step 1, before there is a draft: it is made when the first answers are sent."""
    opening = published(slug)
    if not adverts.public().filter(pk=opening.pk).exists():
        return redirect("recruitment:job", slug)
    form = forms.Who(request.POST if request.method == "POST" else None, initial=for_alumni.known(request.user))
    if request.method == "POST" and form.is_valid():
        who = {key: value for key, value in form.cleaned_data.items() if key != "website"}
        _draft, token = applying.begin(opening, language=get_language()[:2], touch=touch_of(request), who=who)
        return redirect("recruitment:apply_step", token, "experience")
    return page(request, "who", form, opening=opening, status=422 if form.is_bound else 200)


@login_not_required
@require_http_methods(["GET", "POST"])
@limited("apply_step", most=120, minutes=60)
@secret
def step(request, token, step):
    """One step of a draft; the last one sends."""
    if step not in STEPS:
        raise Http404
    if request.method == "POST" and step == "check" and PrivateLink.objects.filter(token_hash=token_hash(token)).exists():
        return redirect("recruitment:received", token)  # sent twice: once is enough
    draft = draft_of(token)
    handler = {"who": _who, "experience": _experience, "questions": _questions, "adjustments": _adjustments, "check": _check}[step]
    return handler(request, draft, token)


def onward(request, draft, token, step):
    """After a step: the next one, or a letter with the link to finish later."""
    if "later" in request.POST:
        link = letters.page_address(token, draft.language, "recruitment:draft")
        context = {"title": draft.advert.title, "link": link, "given_name": draft.words["who"]["given_name"]}
        post.write_from(
            "recruitment/mail/draft.txt",
            to=draft.words["who"]["email"],
            context=context,
            language=draft.language,
            kind="recruitment.draft",
            key=f"recruitment.draft:{draft.pk}:{draft.saved_at:%Y%m%d%H}",
        )
        return render(request, "recruitment/draft_kept.html", {"public_nav": "jobs", "draft": draft, "token": token, "text": draft.advert.text})
    return redirect("recruitment:apply_step", token, STEPS[STEPS.index(step) + 1])


def _who(request, draft, token):
    form = forms.Who(request.POST if request.method == "POST" else None, initial=draft.words.get("who"))
    if request.method == "POST" and form.is_valid():
        applying.keep(draft, "who", {key: value for key, value in form.cleaned_data.items() if key != "website"})
        return onward(request, draft, token, "who")
    return page(request, "who", form, opening=draft.opening, token=token, draft=draft, status=422 if form.is_bound else 200)


def _initial(words):
    """What the experience step shows again."""
    initial = {"how": words.get("how", "cv"), "skills": words.get("skills", []), "more_skills": ", ".join(words.get("more", []))}
    for number, row in enumerate(words.get("experience", []), start=1):
        initial |= {f"{key}_{number}": value for key, value in row.items()}
    return initial


def _experience(request, draft, token):
    words = draft.words.get("experience", {})
    proposed = words.get("proposed", [])
    if request.method == "POST":
        if "remove_cv" in request.POST and draft.cv:
            draft.cv.erase()
            draft.cv = None
            applying.keep(draft, "experience", {**words, "proposed": []})
            return redirect("recruitment:apply_step", token, "experience")
        form = forms.Experience(request.POST, request.FILES, kept=draft.cv, proposed=proposed)
        valid = form.is_valid()
        if new := form.cleaned_data.get("cv"):
            _attach(draft, new)
            proposed = skills.named_in(new.text, set(draft.opening.job.job_skills.values_list("skill_id", flat=True)))
        brought = form.cleaned_data.get("resume") or {}
        kept = {"how": form.cleaned_data.get("how", "cv"), "proposed": list(dict.fromkeys([*proposed, *brought.get("skills", [])]))}
        if valid:
            ticked = form.all_skills()
            kept |= {
                "experience": brought.get("experience") or form.experience(),
                "skills": ticked,
                "more": [word for word in ticked if word not in kept["proposed"]],
            }
            if brought:
                kept["how"] = "form"
        unread = valid and (brought or (new and proposed))  # what was read is shown, to tick or correct
        later = "later" in request.POST
        if later and unread:
            kept.pop("skills")  # so that the link of the letter comes back here
        applying.keep(draft, "experience", {**words, **kept})
        if unread and not later:
            return redirect("recruitment:apply_step", token, "experience")
        if valid or later:
            return onward(request, draft, token, "experience")
        form.kept = draft.cv
        return _experience_page(request, draft, token, form, 422)
    return _experience_page(request, draft, token, forms.Experience(initial=_initial(words), kept=draft.cv, proposed=proposed), 200)


def _experience_page(request, draft, token, form, status):
    size = files.size_in_words(draft.cv.size) if draft.cv else ""
    return page(request, "experience", form, opening=draft.opening, token=token, draft=draft, status=status, kept_size=size)


def _attach(draft, cv):
    """The newest CV is the draft's; the one before goes."""
    before, draft.cv = draft.cv, cv
    draft.save(update_fields=["cv"])
    if before:
        before.erase()


def _questions(request, draft, token):
    questions = draft.opening.process.questions.all()
    form = forms.Questions(request.POST if request.method == "POST" else None, initial=draft.words.get("questions"), questions=questions)
    if request.method == "POST" and form.is_valid():
        applying.keep(draft, "questions", form.cleaned_data)
        return onward(request, draft, token, "questions")
    if form.is_bound:  # what is written stays, even when something is missing
        applying.keep(draft, "questions", {**draft.words.get("questions", {}), **form.cleaned_data})
        if "later" in request.POST:
            return onward(request, draft, token, "questions")
    return page(request, "questions", form, opening=draft.opening, token=token, draft=draft, status=422 if form.is_bound else 200)


def _adjustments(request, draft, token):
    form = forms.Adjustments(request.POST if request.method == "POST" else None, initial=draft.words.get("adjustments"))
    if request.method == "POST" and form.is_valid():
        applying.keep(draft, "adjustments", form.cleaned_data)
        return onward(request, draft, token, "adjustments")
    return page(request, "adjustments", form, opening=draft.opening, token=token, draft=draft, status=422 if form.is_bound else 200)


def missing(draft) -> str:
    """The first step that still needs something, or ""."""
    if "experience" not in draft.words or "skills" not in draft.words["experience"]:
        return "experience"
    needed = [f"question_{question.pk}" for question in draft.opening.process.questions.all() if question.required]
    return "questions" if any(not draft.words.get("questions", {}).get(key) for key in needed) else ""


def _check(request, draft, token):
    if step := missing(draft):
        return redirect("recruitment:apply_step", token, step)
    form = forms.Check(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        draft.language = get_language()[:2]  # the language they wrote in last is the one we answer in
        draft.save(update_fields=["language"])
        applying.keep(draft, "check", form.cleaned_data)
        try:
            applying.submit(draft.pk, token=token)
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("recruitment:received", token)
    questions = [(str(question.text), draft.words["questions"].get(f"question_{question.pk}", "")) for question in draft.opening.process.questions.all()]
    return page(
        request, "check", form, opening=draft.opening, token=token, draft=draft, status=422 if form.is_bound else 200, questions=questions, words=draft.words
    )


@login_not_required
@require_GET
@secret
def draft(request, token):
    """The private link of a draft: the first step that is not done; the candidate's page once it was sent."""
    if PrivateLink.objects.filter(token_hash=token_hash(token)).exists():
        return redirect("recruitment:follow_application", token)
    found = draft_of(token)
    return redirect("recruitment:apply_step", token, missing(found) or "check")
