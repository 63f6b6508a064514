"""Form fields for the numbers that people type. They are fields for text, because a number field of an English browser
drops a typed comma, and every number field drops other digits; phones show the same keyboard of digits."""

from decimal import Decimal

from django import forms

from metricgain.numbers import hundredths, in_ascii, plain, typed_number


class TypedNumber(forms.Field):
    """Reads what was typed as `typed_number` does. It reads a minus too, so that a bound can say what is wrong."""

    def read(self, typed: str) -> Decimal | None:
        """Returns the number; None for blanks. Raises ValidationError with the sentence of code "invalid"."""
        digits = in_ascii(typed)
        if not digits:
            return None
        number = typed_number(digits.removeprefix("-"))
        if number is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return -number if digits.startswith("-") else number


class DecimalField(TypedNumber, forms.DecimalField):
    """A number with decimals."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value):
        return super().to_python(self.read(value) if isinstance(value, str) else value)


class Rounding(forms.Field):
    """Stores weights with two decimals, and tells which ones were typed with more."""

    def numbers_in(self, typed: str) -> list[Decimal]:
        """Returns the numbers as typed."""
        raise NotImplementedError

    def rounded_in(self, typed: str) -> list[str]:
        """Returns the weights that were typed with more decimals than are stored, as they are stored."""
        return [plain(hundredths(number)) for number in self.numbers_in(typed) if number != hundredths(number)]


class WeightField(Rounding, DecimalField):
    """A weight, rounded to the two decimals that are stored: 5 lb are 2.268 kg by the calculator."""

    def __init__(self, **told):
        super().__init__(**{"max_digits": 6, "decimal_places": 2} | told)

    def to_python(self, value):
        weight = super().to_python(value)
        return weight if weight is None else hundredths(weight)

    def numbers_in(self, typed: str) -> list[Decimal]:
        number = self.read(typed)
        return [] if number is None else [number]


class WholeField(TypedNumber, forms.IntegerField):
    """A whole number; "8,0" is one."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value):
        number = self.read(value) if isinstance(value, str) else value
        if number is not None and number != int(number):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(number if number is None else int(number))


def rounded_weights(form: forms.BaseForm) -> list[str]:
    """Returns the weights of a valid form that were typed with more decimals than are stored, as they are stored."""
    fields = [(name, field) for name, field in form.fields.items() if isinstance(field, Rounding)]
    return [weight for name, field in fields for weight in field.rounded_in(form[name].data or "")]


def rounded_words(form: forms.BaseForm) -> str:
    """Returns the sentence about the weights that were rounded, after a blank; "" where none was."""
    weights = rounded_weights(form)
    return f" Rounded to {', '.join(weights)}: a weight has two decimals." if weights else ""
