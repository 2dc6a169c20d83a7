"""What is in a file, apart from what it prints: its past, its signatures, what it hides.

The reader sees these in its own process; the rules that ask about them stand in modules of their
own (checks_edits, checks_text, checks_links, checks_signatures).
"""

from dataclasses import dataclass
from enum import StrEnum

from shop.assay.certificates.boxes import Box


class ChangeKind(StrEnum):
    """What it is that differs from the earlier revision."""

    CONTENT = "content"  # what the page itself prints
    COVER = "cover"  # a note or form field, laid over what stood there
    NOTE = "note"  # a note or form field, on an empty place
    ADDED = "added"  # the whole page
    REMOVED = "removed"  # the whole page; its number is the earlier revision's
    MOVED = "moved"  # the page stood at another place among the others


@dataclass(frozen=True, slots=True)
class Change:
    """A place that shows something else than it did in an earlier revision in the same file."""

    page: int
    box: Box
    before: str  # the words there, as far as they can be read; often none
    after: str
    revision: int  # the earlier one, from 1, the oldest
    kind: ChangeKind = ChangeKind.CONTENT


@dataclass(frozen=True, slots=True)
class History:
    """The revisions that a file still carries (ISO 32000-2, 7.5.6: incremental updates)."""

    revisions: int = 0  # earlier ones that open; 0: the file was written in one go
    is_appended: bool = False  # something was appended that no export appends by itself
    changes: tuple[Change, ...] = ()


class OddityKind(StrEnum):
    """Why a piece of text is not simply what it seems."""

    COVERED = "covered"  # an opaque shape was painted over it
    HIDDEN = "hidden"  # in the text, and not on the picture
    FONT = "font"  # in a font that hardly anything else on the document uses
    DISAGREES = "disagrees"  # the text says one thing, and its picture another


@dataclass(frozen=True, slots=True)
class Oddity:
    """A piece of text, and beside it what stands against it: the picture's words, the font."""

    kind: OddityKind
    text: str
    other: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the file says of its making. Dates are ISO days, empty where there is none."""

    producer: str = ""
    creator: str = ""
    created: str = ""
    modified: str = ""
    xmp_created: str = ""  # the same, as the second record of it says (XMP, ISO 16684-1)
    xmp_modified: str = ""
    tools: tuple[str, ...] = ()  # programs named elsewhere: in that record, in marks on pages


class LinkKind(StrEnum):
    """How the document bears an address."""

    TEXT = "text"  # printed
    LINK = "link"  # to be clicked
    QR = "qr"
    EMAIL = "email"  # the part behind the @


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """An address on the document. `host` is as a browser opens it, never empty."""

    kind: LinkKind
    url: str
    host: str
    page: int
    box: Box | None


class Modification(StrEnum):
    """What was added to a file after a signature was made, the gravest of it."""

    NONE = "none"
    LTA = "lta"  # what helps to check the signature later: certificates, time stamps
    METADATA = "metadata"  # and what the file says of its making
    UNUSED = "unused"  # and parts that nothing in the document uses
    SIGNATURES = "signatures"  # more signatures, which are examined themselves
    FORMS = "forms"  # form fields were filled in
    OTHER = "other"  # or it cannot be told


class SignatureDoubt(StrEnum):
    """Why a signature that is mathematically right is left to a person."""

    WEAK_DIGEST = "weak_digest"  # two files can be made that sign alike (MD5, SHA-1)
    WEAK_KEY = "weak_key"  # short enough to be found by trying
    KEY_USAGE = "key_usage"  # its certificate was given for another use
    REVOKED = "revoked"  # by a list in the file itself
    TIME_STAMP = "time_stamp"  # one is attached to it and does not fit


class FileDoubt(StrEnum):
    """Why the signatures of a file are left to a person, however good each of them is."""

    VIEWS = "views"  # programs that read the file see different documents
    TWO_TABLES = "two_tables"  # it has two lists of its parts, and programs choose (7.5.8.4)
    REMOVED = "removed"  # an earlier revision was signed, and that signature is gone
    OLD_KIND = "old_kind"  # a signature is of a kind that is no longer made
    USAGE_RIGHTS = "usage_rights"  # a maker of programs signed what readers may do (12.8.2.3)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature and what its examination said. Digests are SHA-256 in hex."""

    field: str  # the form field that holds it
    signer: str  # as its certificate names the holder
    certificate: str  # digest of the signer's certificate
    # Digests of the certificates that it was verified up to, the signer's own first: each, were
    # it the only one that we know, would carry the signature.
    chain: tuple[str, ...]
    signed_at: str  # ISO date and time as the signer says, empty where not said
    is_intact: bool  # the signed bytes are what was signed
    is_valid: bool  # and the signature over them is the certificate's
    is_expired: bool  # the certificate did not hold when it was signed
    covers_file: bool  # nothing of the file is outside of it
    modification: Modification
    holds_until: str = ""  # ISO day on which the signer's certificate ends
    is_time_stamp: bool = False  # says when the file was as it is, and nothing of who made it
    doubts: tuple[SignatureDoubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Signatures:
    """All signatures of a file, and whether their number is what the file's objects say."""

    dictionaries: int = 0  # counted among the file's objects
    problem: str = ""  # why the examination broke off; then nothing of it is believed
    found: tuple[Signature, ...] = ()
    doubts: tuple[FileDoubt, ...] = ()


class Look(StrEnum):
    """What is looked for, where one may have to say that the look was cut short."""

    HISTORY = "history"
    METADATA = "metadata"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Inside:
    """Everything that was seen inside."""

    history: History = History()
    metadata: Metadata = Metadata()
    oddities: tuple[Oddity, ...] = ()
    links: tuple[DocumentLink, ...] = ()
    signatures: Signatures = Signatures()
    numbers: tuple[str, ...] = ()  # every number printed, in order: what tells copies apart
    is_end_marked: bool = False  # "End of report", "Page 2 of 2" on the last page
    unfinished: tuple[Look, ...] = ()  # looks that a limit or a broken part of the file cut short


NOTHING = Inside()
