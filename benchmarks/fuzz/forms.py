"""Reads the forms of a page as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class FoundForm:
    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)  # as they stand, in order


class _Parser(HTMLParser):
    def __init__(self, address: str):
        super().__init__()
        self.address, self.forms, self.select = address, [], None

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form":
            action = (said.get("action") or self.address).partition("#")[0]
            self.forms.append(FoundForm(action, (said.get("method") or "get").upper()))
        elif not self.forms:
            return
        elif tag in ("input", "button") and said.get("name"):
            if said.get("type") not in ("radio", "checkbox") or "checked" in said:
                self.forms[-1].fields.append((said["name"], said.get("value") or ""))
        elif tag == "textarea" and said.get("name"):
            self.forms[-1].fields.append((said["name"], ""))
        elif tag == "select":
            self.select = said.get("name")
            if self.select:
                self.forms[-1].fields.append((self.select, ""))
        elif tag == "option" and self.select and ("selected" in said or not self.forms[-1].fields[-1][1]):
            self.forms[-1].fields[-1] = self.select, said.get("value") or ""


def forms_of(address: str, text: str) -> list[FoundForm]:
    """Returns the forms of a page in their order, with the values that stand in them."""
    parser = _Parser(address)
    parser.feed(text)
    return [form for form in parser.forms if form.action.startswith(("/", "?"))]
