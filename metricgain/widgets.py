"""What is chosen from: groups of boxes, and the fields that offer it."""

from django import forms


class FirstItemLinked(forms.widgets.ChoiceWidget):
    """Gives a group the id of its first box, so that an error summary can link to it."""

    def id_for_label(self, id_, index="0"):
        return super().id_for_label(id_, index)


def choice(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """A field of a form, known to offer `choices`."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    return field


def row_choice(form: forms.BaseForm, name: str) -> forms.ModelChoiceField:
    """A field of a form, known to offer the rows of a `queryset`."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    return field


class OneOf(FirstItemLinked, forms.RadioSelect):
    pass


class SomeOf(FirstItemLinked, forms.CheckboxSelectMultiple):
    pass
