"""Addresses of people, teams, skills, jobs and openings; the first words are in `person.TAKEN`, so that no page hides one."""

from django.urls import include, path

from portal.people.views import card, directory, holdings, jobs, profile, reports, skills, teams

app_name = "people"
urlpatterns = [
    path("", directory.person_list, name="person_list"),
    path("teams/", teams.team_list, name="team_list"),
    path("teams/<slug:slug>/", teams.team_detail, name="team_detail"),
    path("teams/<slug:slug>/skills/", teams.team_skills, name="team_skills"),
    path("skills/", skills.skill_list, name="skill_list"),
    path("skills/suggest/", skills.skill_suggest, name="skill_suggest"),
    path("skills/new/", skills.skill_edit, name="skill_create"),
    path("skills/of/<int:pk>/", holdings.holding_edit, name="holding_edit"),
    path("skills/of/<int:pk>/remove/", holdings.holding_delete, name="holding_delete"),
    path("skills/of/<int:pk>/seen/", holdings.holding_confirm, name="holding_confirm"),
    path("skills/seen/<int:pk>/remove/", holdings.confirmation_delete, name="confirmation_delete"),
    path("skills/<slug:slug>/", skills.skill_detail, name="skill_detail"),
    path("skills/<slug:slug>/edit/", skills.skill_edit, name="skill_edit"),
    path("skills/<slug:slug>/merge/", skills.skill_merge, name="skill_merge"),
    path("jobs/", jobs.job_list, name="job_list"),
    path("jobs/<slug:slug>/", jobs.job_detail, name="job_detail"),
    path("jobs/<slug:slug>/shares/", jobs.job_confirm, name="job_confirm"),
    path("openings/", jobs.opening_list, name="opening_list"),
    path("openings/<slug:slug>/", jobs.opening_detail, name="opening_detail"),
    path("import/", include("portal.people.importing.urls")),
    path("reports/", reports.correction_list, name="correction_list"),
    path("reports/<int:pk>/", reports.correction_detail, name="correction_detail"),
    path("reports/<int:pk>/accept/", reports.correction_answer, {"verb": "accept"}, name="correction_accept"),
    path("reports/<int:pk>/dismiss/", reports.correction_answer, {"verb": "dismiss"}, name="correction_dismiss"),
    path("<slug:slug>/", profile.person_detail, name="person_detail"),
    path("<slug:slug>/edit/<slug:part>/", profile.person_edit, name="person_edit"),
    path("<slug:slug>/photo/", profile.person_photo, name="person_photo"),
    path("<slug:slug>/photo/edit/", profile.photo_edit, name="photo_edit"),
    path("<slug:slug>/photo/remove/", profile.photo_delete, name="photo_delete"),
    path("<slug:slug>/who-sees-what/", profile.visibility_save, name="visibility_save"),
    path("<slug:slug>/confirm/", profile.person_confirm, name="person_confirm"),
    path("<slug:slug>/not-now/", profile.nudge_decline, name="nudge_decline"),
    path("<slug:slug>/correct/", profile.person_correct, name="person_correct"),
    path("<slug:slug>/report/", reports.correction_create, name="correction_create"),
    path("<slug:slug>/skills/add/", holdings.holding_create, name="holding_create"),
    path("<slug:slug>/card/", card.person_card, name="person_card"),
    path("<slug:slug>/card.vcf", card.person_vcard, name="person_vcard"),
    path("<slug:slug>/print/", card.person_print, name="person_print"),
    path("<slug:slug>/qr.svg", card.person_qr, name="person_qr"),
]
