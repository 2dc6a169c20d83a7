"""A shopper without a browser: follows links and fills in the forms that a page really has."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """A form of a page. `fields` is what a browser would send with nothing touched."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms = []
        self.links = []
        self.text = []
        self._by_id = {}
        self._form = None
        self._select = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "form":
            self._open(given)
        form = self._by_id.get(given.get("form"), self._form)
        if form is not None:
            self._field(form, tag, given)

    def _open(self, given):
        self._form = Form(given.get("action", ""), given.get("method", "get").lower())
        self.forms.append(self._form)
        if "id" in given:
            self._by_id[given["id"]] = self._form

    def _field(self, form, tag, given):
        if tag in {"input", "select"} and given.get("name"):
            form.names.add(given["name"])
        if tag == "input":
            self._input(form, given)
        elif tag == "select":
            self._select = (form, given["name"])
        elif tag == "option" and self._select is not None:
            owner, name = self._select
            if "selected" in given or name not in owner.fields:
                owner.fields[name] = given.get("value", "")

    def _input(self, form, given):
        if given.get("type") in {"checkbox", "radio"} and "checked" not in given:
            return
        if given.get("name"):
            form.fields[given["name"]] = given.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data):
        self.text.append(data)


class Page:
    """An answer, read as a shopper reads it."""

    def __init__(self, answer):
        self.answer = answer
        self.status = answer.status_code
        self.html = answer.text
        reader = _Reader()
        reader.feed(self.html)
        self.forms = reader.forms
        self.links = reader.links
        self.text = " ".join(" ".join(reader.text).split())

    def form(self, action):
        """The form that leads to this address."""
        return next(form for form in self.forms if form.action == action)


class Visitor:
    """One browser: its cookies, and the page that it shows."""

    def __init__(self, client):
        self.client = client
        self.page = None

    def open(self, path):
        self.page = Page(self.client.get(path))
        return self.page

    def send(self, action, **typed):
        """Fill in the form with this action on the present page, send it, and follow."""
        form = self.page.form(action)
        data = {**form.fields, **typed}
        answer = self.client.open(
            action,
            method=form.method.upper(),
            data=data if form.method == "post" else None,
            query_string=data if form.method == "get" else None,
            headers={"Sec-Fetch-Site": "same-origin"},
            follow_redirects=True,
        )
        self.page = Page(answer)
        return self.page
