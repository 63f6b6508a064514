"""Every form that asks for a name stores it in one way, and takes nothing that nobody sees for one."""

from importlib import import_module

import pytest
from django import forms

from metricgain.names import NameField, clean_name
from metricgain.tests.test_architecture import modules


def forms_below(form: type[forms.BaseForm]) -> set[type[forms.BaseForm]]:
    return {form}.union(*map(forms_below, form.__subclasses__()))


def fields_for_names() -> dict[str, forms.Field]:
    """By form, its field for the name of something, or of the user."""
    for name in modules():
        if name.split(".")[-1].endswith("forms"):
            import_module(name)
    rooms = ("exercises.", "training.", "metricgain.users.forms")
    ours = [form for form in forms_below(forms.BaseForm) if form.__module__.startswith(rooms)]
    return {
        f"{form.__name__}.{name}": field
        for form in ours
        for name, field in getattr(form, "base_fields", {}).items()
        if name in ("name", "full_name")
    }


def test_there_are_such_forms():
    found = fields_for_names().keys()
    assert {"ExerciseForm.name", "PlanForm.name", "TemplateForm.name", "SettingsForm.full_name"} <= found


def test_every_form_reads_a_name_as_a_name():
    assert [name for name, field in fields_for_names().items() if not isinstance(field, NameField)] == []


def test_what_nobody_sees_is_refused_as_empty():
    field = NameField(error_messages={"required": "Give it a name."})
    for typed in ("\u200b", "\u202e \u2066", "\u3164", "\u200d"):
        with pytest.raises(forms.ValidationError, match="Give it a name"):
            field.clean(typed)


def test_a_name_that_may_be_empty_is_empty_then():
    assert NameField(required=False).clean("\u200b") == ""


def test_a_field_for_a_name_has_a_direction_of_its_own():
    assert NameField().widget.attrs["dir"] == "auto"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Push \u00a0 day\t", "Push day"),
        ("\u202eyad hsuP", "yad hsuP"),
        ("U\u0308ber", "Über"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("یوم الدفع", "یوم الدفع"),
        ("❤\ufe0f day", "❤\ufe0f day"),
    ],
    ids=ascii,
)
def test_a_name_is_stored_as_it_is_seen(typed, stored):
    assert clean_name(typed) == stored
