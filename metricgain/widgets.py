"""Groups of radio buttons and of checkboxes."""

from django import forms


class FirstItemLinked:
    """Gives a group the id of its first box, so that an error summary can link to it."""

    def id_for_label(self, id_, index="0"):
        return super().id_for_label(id_, index)


class OneOf(FirstItemLinked, forms.RadioSelect):
    pass


class SomeOf(FirstItemLinked, forms.CheckboxSelectMultiple):
    pass
