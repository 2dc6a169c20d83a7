"""What stands at this place of a case that a program sent? JSON, read with its path for errors.

Names of fields may be written the British way, with hyphens or in capitals; an absent field and
`null` say the same.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, NoReturn

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(?:[.,][0-9]+)?"
    r"(?:([Zz])|([+-][0-9]{2}):?([0-9]{2}))?"
)
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SURROGATE = re.compile("[\ud800-\udfff]")  # JSON can write half a character, UTF-8 cannot
_SHOWN = 60  # of a value in a message
_FIRST_YEAR = 1900  # what is earlier is a slip
_YES = frozenset({"true", "yes", "1"})
_NO = frozenset({"false", "no", "0"})


class CaseError(ValueError):
    """A case that cannot be read: where (a JSON path), and what should stand there."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class Node:
    """One value of a case, and the path that leads to it."""

    __slots__ = ("_fields", "path", "value")

    def __init__(self, value: Any, path: str = "$") -> None:  # noqa: ANN401 - JSON is anything
        self.value = value
        self.path = path
        self._fields: dict[str, tuple[str, Any]] | None = None

    def refuse(self, expected: str) -> NoReturn:
        """Raise CaseError: something else should stand here."""
        raise CaseError(self.path, f"{expected}, not {_shown(self.value)}")

    @property
    def is_object(self) -> bool:
        return isinstance(self.value, Mapping)

    @property
    def is_text(self) -> bool:
        return isinstance(self.value, str)

    def object(self, what: str) -> "Node":
        """The same value; anything but an object is refused."""
        if not self.is_object:
            self.refuse(f"{what} must be an object")
        return self

    def get(self, *names: str) -> "Node | None":
        """The first of these fields that is there and not null."""
        if self._fields is None:
            fields = self.value.items() if isinstance(self.value, Mapping) else ()
            self._fields = {
                normal(str(key)): (str(key), held) for key, held in fields if held is not None
            }
        for name in names:
            if name in self._fields:
                key, held = self._fields[name]
                return Node(held, _below(self.path, key))
        return None

    def each(self, *names: str) -> Iterator["Node"]:
        """The items of the first of these lists; one value alone is a list of one."""
        found = self.get(*names)
        yield from found.items() if found is not None else ()

    def items(self) -> Iterator["Node"]:
        """The items of this list, nulls left out; any other value is the only one."""
        if not isinstance(self.value, list | tuple):
            yield self
            return
        for number, held in enumerate(self.value):
            if held is not None:
                yield Node(held, f"{self.path}[{number}]")

    def text(self) -> str:
        """Half a character is read as U+FFFD, as browsers do."""
        if not isinstance(self.value, str):
            self.refuse("this must be text")
        return self.value if self.value.isascii() else _SURROGATE.sub("\ufffd", self.value)

    def text_of(self, *names: str) -> str:
        """A field's text without spaces around it; "" when it is not there."""
        found = self.get(*names)
        return found.text().strip() if found is not None else ""

    def word(self) -> str:
        """A text as one word: `Authorised seller` and `authorized_seller` are the same."""
        return normal(self.text())

    def flag(self) -> bool:
        if isinstance(self.value, bool):
            return self.value
        said = str(self.value).strip().lower() if isinstance(self.value, str | int) else ""
        if said not in _YES | _NO:
            self.refuse("this must be true or false")
        return said in _YES

    def flag_of(self, *names: str) -> bool:
        found = self.get(*names)
        return found is not None and found.flag()

    def moment(self) -> datetime:
        """A date or an RFC 3339 moment, in UTC; without a zone it is read as UTC."""
        moment = _moment(self.text().strip())
        if moment is None or moment.year < _FIRST_YEAR:
            self.refuse("this must be a date (2026-11-22) or a moment (2026-11-22T09:00:00Z)")
        return moment

    def day_of(self, *names: str) -> date | None:
        found = self.get(*names)
        return found.moment().date() if found is not None else None

    def last_day_of(self, at: datetime, *names: str) -> date | None:
        """The day through which something holds; one whose moment is past ended the day before."""
        found = self.get(*names)
        if found is None:
            return None
        moment = found.moment()
        is_over = not _DAY.fullmatch(found.text().strip()) and moment < at
        return date.fromordinal(moment.toordinal() - (is_over and moment.date() == at.date()))


def normal(text: str) -> str:
    """A name or a word as it is compared: small letters, underscores, American spelling."""
    said = text.strip().lower().replace("-", "_").replace(" ", "_")
    return said.replace("authoris", "authoriz") if "authoris" in said else said


def _moment(said: str) -> datetime | None:
    found = _MOMENT.fullmatch(said)
    try:
        if _DAY.fullmatch(said):
            return datetime.combine(date.fromisoformat(said), datetime.min.time(), UTC)
        if found is None:
            return None
        zone = f"{found[5]}:{found[6]}" if found[5] else "+00:00"
        text = f"{found[1]}T{found[2]}{found[3] or ':00'}{zone}"
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _below(path: str, key: str) -> str:
    if _PLAIN_KEY.fullmatch(key):
        return f"{path}.{key}"
    short = key[:_SHOWN].replace("\\", "\\\\").replace("'", "\\'")
    return f"{path}['{short}']"


def _shown(value: Any) -> str:  # noqa: ANN401 - JSON is anything
    match value:
        case str():
            return repr(value[:_SHOWN])
        case Mapping():
            return "an object"
        case list() | tuple():
            return "a list"
        case bool():
            return str(value).lower()
        case _:
            return str(value)[:_SHOWN]
