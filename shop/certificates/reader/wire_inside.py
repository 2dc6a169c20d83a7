"""What was seen inside a file, from its JSON: the reader's answer, and the row that keeps it."""

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from shop.assay.certificates.inside import (
    NOTHING,
    Change,
    ChangeKind,
    DocumentLink,
    FileDoubt,
    History,
    Inside,
    LinkKind,
    Look,
    Metadata,
    Modification,
    Oddity,
    OddityKind,
    Signature,
    SignatureDoubt,
    Signatures,
)
from shop.certificates.reader.plain import box, each, flag, number, sides, text

_MOST_NUMBERS = 5_000
_LONGEST = 300
_MOST_TOOLS = 40


def as_json(inside: Inside) -> dict[str, Any]:
    """For the row: as it comes back from one, lists in place of tuples."""
    plain: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(inside)))
    return plain


def inside(value: Mapping[str, Any]) -> Inside:
    """The checked value; an empty mapping is a file that was never looked into.

    Raises ValueError, KeyError or TypeError for anything else that is not one.
    """
    if not value:
        return NOTHING
    return Inside(
        history=_history(value["history"]),
        metadata=_metadata(value["metadata"]),
        oddities=each(value["oddities"], _oddity),
        links=each(value["links"], _link),
        signatures=_signatures(value["signatures"]),
        numbers=each(value["numbers"], lambda each_: text(each_, 40), most=_MOST_NUMBERS),
        is_end_marked=flag(value["is_end_marked"]),
        unfinished=each(value["unfinished"], Look, most=len(Look)),
    )


def _metadata(value: Mapping[str, Any]) -> Metadata:
    tools = each(value["tools"], lambda tool: text(tool, _LONGEST), most=_MOST_TOOLS)
    names = [field.name for field in dataclasses.fields(Metadata) if field.name != "tools"]
    return Metadata(**{name: text(value[name], _LONGEST) for name in names}, tools=tools)


def _history(value: Mapping[str, Any]) -> History:
    return History(
        revisions=number(value["revisions"], most=1000),
        is_appended=flag(value["is_appended"]),
        changes=each(value["changes"], _change),
    )


def _change(value: Mapping[str, Any]) -> Change:
    return Change(
        page=number(value["page"]),
        box=sides(value["box"]),
        before=text(value["before"], _LONGEST),
        after=text(value["after"], _LONGEST),
        revision=number(value["revision"], most=1000),
        kind=ChangeKind(value["kind"]),
    )


def _oddity(value: Mapping[str, Any]) -> Oddity:
    return Oddity(
        kind=OddityKind(value["kind"]),
        text=text(value["text"], _LONGEST),
        other=text(value["other"], _LONGEST),
        page=number(value["page"]),
        box=sides(value["box"]),
    )


def _link(value: Mapping[str, Any]) -> DocumentLink:
    return DocumentLink(
        kind=LinkKind(value["kind"]),
        url=text(value["url"], 2_000),
        host=text(value["host"], _LONGEST),
        page=number(value["page"]),
        box=box(value["box"]),
    )


def _signatures(value: Mapping[str, Any]) -> Signatures:
    return Signatures(
        dictionaries=number(value["dictionaries"]),
        problem=text(value["problem"], _LONGEST),
        found=each(value["found"], _signature, most=100),
        doubts=each(value["doubts"], FileDoubt),
    )


def _signature(value: Mapping[str, Any]) -> Signature:
    return Signature(
        field=text(value["field"], _LONGEST),
        signer=text(value["signer"], _LONGEST),
        certificate=text(value["certificate"], 64),
        chain=each(value["chain"], lambda digest: text(digest, 64), most=50),
        signed_at=text(value["signed_at"], 40),
        is_intact=flag(value["is_intact"]),
        is_valid=flag(value["is_valid"]),
        is_expired=flag(value["is_expired"]),
        covers_file=flag(value["covers_file"]),
        modification=Modification(value["modification"]),
        holds_until=text(value["holds_until"], 40),
        is_time_stamp=flag(value["is_time_stamp"]),
        doubts=each(value["doubts"], SignatureDoubt),
    )
