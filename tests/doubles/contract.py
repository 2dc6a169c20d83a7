"""Would Stripe's own types accept this request? Checked as it arrives, after encoding.

The types are the SDK's TypedDicts at the pinned version. Where they allow any text beside a list
of values (`Literal[...] | str`), only the listed values pass here.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from types import UnionType
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin
from urllib.parse import parse_qsl

from stripe._request_options import RequestOptions
from stripe._stripe_object import UntypedStripeObject
from typing_extensions import get_type_hints, is_typeddict

_KEY = re.compile(r"[^\[\]]+")
_SCALARS = {
    int: re.compile(r"-?[0-9]+"),
    bool: re.compile(r"true|false"),
    Decimal: re.compile(r"-?[0-9]+(\.[0-9]+)?"),
    str: re.compile(r".*", re.DOTALL),
}


# Names that the SDK's modules import for type checkers alone.
_NAMES = {"Mapping": Mapping, "StripeContext": object}


class BrokenContractError(AssertionError):
    """A request that the SDK's own types forbid."""


def decoded(form: str) -> dict[str, Any]:
    """A form's fields put into one another: `a[0][b]=c` is `{"a": {"0": {"b": "c"}}}`."""
    found: dict[str, Any] = {}
    for key, value in parse_qsl(form, keep_blank_values=True, strict_parsing=bool(form)):
        *outer, last = _KEY.findall(key)
        level = found
        for part in outer:
            level = level.setdefault(part, {})
        level[last] = value
    return found


def check(body: dict[str, Any], params: type) -> None:
    """Raise BrokenContractError for an unknown key, a wrong type or a missing field."""
    problems = list(_of_mapping(body, params, params.__name__))
    if problems:
        raise BrokenContractError("; ".join(problems))


def _of_mapping(body, params, path):
    hints = get_type_hints(params, localns=_NAMES, include_extras=True)
    for name in RequestOptions.__annotations__:
        hints.pop(name, None)
    for name in sorted(params.__required_keys__ & set(hints) - set(body)):
        yield f"{path}.{name} is missing"
    for name, value in body.items():
        if name in hints:
            yield from _of_value(value, hints[name], f"{path}.{name}")
        else:
            yield f"{path}.{name} is unknown"


def _of_value(value, hint, path):
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {NotRequired, Required}:
        yield from _of_value(value, arguments[0], path)
    elif origin in {Union, UnionType}:
        yield from _of_union(value, arguments, path)
    elif origin is list:
        yield from _of_list(value, arguments[0], path)
    elif is_typeddict(hint) and isinstance(value, dict):
        yield from _of_mapping(value, hint, path)
    elif not _is_leaf(value, hint):
        yield f"{path} is {value!r}, not {hint}"


def _is_leaf(value, hint):
    if get_origin(hint) is Literal:
        return value in get_args(hint)
    if get_origin(hint) is dict:  # Stripe's maps are of text to text
        return isinstance(value, dict) and all(isinstance(part, str) for part in value.values())
    return isinstance(value, str) and hint in _SCALARS and _SCALARS[hint].fullmatch(value)


def _of_union(value, choices, path):
    choices = [choice for choice in choices if get_origin(choice) is not UntypedStripeObject]
    if any(get_origin(choice) is Literal and get_args(choice) != ("",) for choice in choices):
        choices = [choice for choice in choices if choice is not str]
    problems = [list(_of_value(value, choice, path)) for choice in choices]
    if all(problems):
        yield problems[0][0]


def _of_list(value, hint, path):
    if not isinstance(value, dict) or list(value) != [str(i) for i in range(len(value))]:
        yield f"{path} is no list"
        return
    for position, part in value.items():
        yield from _of_value(part, hint, f"{path}[{position}]")
