"""Forms in templates: the error summary, and one field as label, hint, error and control (part of `{% load ui %}`)."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

register = template.Library()


def kind_of(bound):
    """Which markup this field needs."""
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if widget.use_fieldset:
        return "choices" if hasattr(widget, "choices") and not hasattr(widget, "widgets") else "group"
    return {"checkbox": "check", "file": "file", "select": "select", "textarea": "text"}.get(getattr(widget, "input_type", ""), "text")


def classes_of(bound, kind, width):
    own = bound.field.widget.attrs.get("class", "")
    base = {"choices": "", "check": "", "toggle": "", "file": "file"}.get(kind, "input")
    return " ".join(filter(None, [base, f"w-{width}" if width else "", own]))


@register.simple_tag
def field(bound, kind="", width="", count=False, kept="", optional=True, label=""):
    """A form field: label, hint, error above the control, all tied together."""
    shape = kind_of(bound)
    if shape == "hidden":
        return bound.as_widget()
    attrs = {"class": classes_of(bound, kind or shape, width) or False}
    if kind == "toggle":
        attrs["role"] = "switch"
    attrs["placeholder"] = False  # a label says it; a placeholder vanishes when one types
    hints = getattr(bound.field, "choice_hints", {})
    choices = [(choice, hints.get(str(choice.data["value"]), "")) for choice in bound.subwidgets] if shape == "choices" else []
    return render_to_string(
        "components/field.html",
        {
            "field": bound,
            "shape": "toggle" if kind == "toggle" else shape,
            "kind": kind,
            "label": label or bound.label,
            "control": "" if shape == "choices" else bound.as_widget(attrs=attrs),
            "choices": choices,
            "described": bound.aria_describedby or "",
            "limit": bound.field.widget.attrs.get("maxlength") if count else "",
            "kept": kept,
            "optional": optional and not bound.field.required and not bound.field.disabled and shape != "check",
        },
    )


@register.simple_tag
def form_body(form, optional=True):
    """Every field of the form, in its order."""
    parts = [*(str(hidden) for hidden in form.hidden_fields()), *(field(bound, optional=optional) for bound in form.visible_fields())]
    return mark_safe("".join(parts))  # each part is a template of ours, escaped when rendered


@register.simple_tag
def form_errors(*forms):
    """The error summary of one or more forms: takes the focus, and links to each field."""
    rows = []
    for form in forms:
        if not form or not form.is_bound:
            continue
        rows += [("", error) for error in form.non_field_errors()]
        for bound in form:
            target = f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label
            rows += [("" if bound.is_hidden else target, error) for error in bound.errors]
    return render_to_string("components/form_errors.html", {"rows": rows}) if rows else ""


@register.simple_tag
def criterion(verdict, because, legend="", hint=""):
    """One criterion of a ballot: its verdicts, and the reason."""
    props = {"legend": legend or verdict.label, "hint": hint or verdict.help_text, "verdict": verdict, "because": field(because)}
    return render_to_string("components/criterion.html", props)
