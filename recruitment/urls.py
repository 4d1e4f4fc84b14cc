"""Public addresses, under /en/ and /fr/: jobs, applying, and the candidate's own page."""

from django.urls import path

from recruitment.feeds import JobFeed
from recruitment.views import apply, follow, public

app_name = "recruitment"
urlpatterns = [
    path("", public.careers, name="careers"),
    path("how-we-hire/", public.how_we_hire, name="how_we_hire"),
    path("jobs.atom", JobFeed(), name="job_feed"),
    path("jobs/<slug:slug>/", public.job, name="job"),
    path("jobs/<slug:slug>/card.png", public.job_picture, name="job_picture"),
    path("jobs/<slug:slug>/code.svg", public.job_code, name="job_code"),
    path("jobs/<slug:slug>/reminder.ics", public.job_reminder, name="job_reminder"),
    path("jobs/<slug:slug>/apply/", apply.start, name="apply"),
    path("apply/<str:token>/", apply.draft, name="draft"),
    path("apply/<str:token>/<slug:step>/", apply.step, name="apply_step"),
    path("follow/", follow.lost_link, name="follow"),
    path("follow/<str:token>/", follow.application, name="follow_application"),
    path("follow/<str:token>/received/", follow.received, name="received"),
    path("follow/<str:token>/message/", follow.talk, name="follow_talk"),
    path("follow/<str:token>/cv/", follow.replace_cv, name="follow_cv"),
    path("follow/<str:token>/withdraw/", follow.withdraw, name="follow_withdraw"),
    path("follow/<str:token>/offer/", follow.offer, name="follow_offer"),
    path("follow/<str:token>/other-jobs/", follow.pool, name="follow_pool"),
    path("follow/<str:token>/data.json", follow.download, name="follow_data"),
    path("follow/<str:token>/correct/", follow.correct, name="follow_correct"),
    path("follow/<str:token>/erase/", follow.erase, name="follow_erase"),
]
