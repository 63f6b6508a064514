"""Groups of boxes to choose from."""

from django import forms


class FirstItemLinked:
    """A group of boxes that an error summary can link to: its first box stands for it."""

    def id_for_label(self, id_, index="0"):
        return super().id_for_label(id_, index)


class OneOf(FirstItemLinked, forms.RadioSelect):
    pass


class SomeOf(FirstItemLinked, forms.CheckboxSelectMultiple):
    pass
