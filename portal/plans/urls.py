"""Addresses of steps, desks, equipment, access and templates."""

from django.urls import path

from portal.plans.views import access, calls, desks, equipment, steps, templates

app_name = "plans"
urlpatterns = [
    path("steps/", steps.step_list, name="step_list"),
    path("steps/done/", desks.steps_finish, name="steps_finish"),
    path("steps/<int:pk>/", steps.step_detail, name="step_detail"),
    path("steps/<int:pk>/done/", steps.step_finish, name="step_finish"),
    path("steps/<int:pk>/undo/", steps.step_reopen, name="step_reopen"),
    path("steps/<int:pk>/not-needed/", steps.step_skip, name="step_skip"),
    path("steps/<int:pk>/remind/", steps.step_remind, name="step_remind"),
    path("steps/<int:pk>/reassign/", steps.step_reassign, name="step_reassign"),
    path("steps/<int:pk>/edit/", steps.step_edit, name="step_edit"),
    path("steps/<int:pk>/calendar.ics", steps.step_calendar, name="step_calendar"),
    path("done/<str:token>/", steps.step_by_link, name="step_by_link"),
    path("desk/", desks.desk_detail, name="desk"),
    path("desk/<slug:role>/", desks.desk_detail, name="desk_detail"),
    path("desks/", desks.desk_addresses, name="desk_addresses"),
    path("desks/<int:pk>/key/", calls.desk_key, name="desk_key"),
    path("desks/<int:pk>/key/take/", calls.desk_key_take, name="desk_key_take"),
    path("calls/<slug:name>/", calls.step_call, name="step_call"),
    path("desks/<int:pk>/delete/", desks.desk_delete, name="desk_delete"),
    path("access/lost/", access.lost_codes, name="lost_codes"),
    path("access/<int:pk>/code/", access.code_write, name="code_write"),
    path("access/<int:pk>/show/", access.code_reveal, name="code_reveal"),
    path("access/<int:pk>/handed-over/", access.access_hand_over, name="access_hand_over"),
    path("access/<int:pk>/new/", access.access_reissue, name="access_reissue"),
    path("equipment/", equipment.unit_list, name="unit_list"),
    path("equipment/new/", equipment.unit_create, name="unit_create"),
    path("equipment/import/", equipment.unit_import, name="unit_import"),
    path("equipment/<int:pk>/", equipment.unit_detail, name="unit_detail"),
    path("equipment/<int:pk>/assign/", equipment.unit_assign, name="unit_assign"),
    path("equipment/<int:pk>/<slug:verb>/", equipment.unit_change, name="unit_change"),
    path("handovers/<int:pk>/", equipment.handover_sign, name="handover_sign"),
    path("templates/", templates.template_list, name="template_list"),
    path("templates/new/", templates.template_create, name="template_create"),
    path("templates/<int:pk>/", templates.template_detail, name="template_detail"),
    path("templates/<int:pk>/edit/", templates.template_edit, name="template_edit"),
    path("templates/<int:pk>/steps/new/", templates.template_step_edit, name="template_step_create"),
    path("templates/<int:pk>/steps/<int:step>/", templates.template_step_edit, name="template_step_edit"),
    path("templates/<int:pk>/steps/<int:step>/delete/", templates.template_step_delete, name="template_step_delete"),
    path("templates/<int:pk>/offer/", templates.template_offer, name="template_offer"),
]
