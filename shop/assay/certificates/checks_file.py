"""Is the file whole, quiet and readable? The reader saw the problem; here it gets its words."""

from collections.abc import Iterator, Mapping

from shop.assay.certificates.facts import CertificateFacts, FileFacts, Problem, Source
from shop.assay.certificates.saying import say
from shop.assay.vocabulary import DEFAULT, Finding, Outcome, Rule, Severity

# Of 107 documents by about 20 laboratories none had any of these, so that refusing costs nothing.
_MEASURED = "107 laboratory documents, 2026"
_PDF = "ISO 32000-2:2020, 7.5"


def _refusal(name: str, wordings: str | Mapping[str, str], source: str = _PDF) -> Rule:
    words = {DEFAULT: wordings} if isinstance(wordings, str) else wordings
    return Rule(f"certificate.{name}", Severity.REFUSED, Outcome.FAILED, words, source)


REFUSALS = (
    _refusal("file_not_pdf", "The file is not a PDF. Ask the laboratory for its PDF."),
    _refusal(
        "file_truncated", "The end of the file is missing. Ask for it again; it was cut on its way."
    ),
    _refusal(
        "file_needs_repair",
        "The file does not keep the rules of PDF, and programs would each guess what it shows. "
        "Ask the laboratory for the file as it made it.",
    ),
    _refusal("file_header_offset", "Something stands in the file before the document begins."),
    _refusal(
        "file_trailing_data",
        "After the document's end the file goes on for {bytes} bytes that are not shown.",
    ),
    _refusal("file_polyglot", "The file is a PDF and something else at the same time."),
    _refusal("file_password", "The selected file is password protected."),
    _refusal(
        "active_content",
        {
            DEFAULT: "The file holds something that acts when it is opened.",
            "script": "The file holds a script.",
            "launch": "The file asks to start another program.",
            "submit": "The file sends or fetches form data by itself.",
            "other_file": "The file opens another file.",
            "embedded_file": "Another file is packed into this one.",
            "media": "The file plays media.",
            "form_program": "The file is a form program (XFA), whose pages change as it runs.",
            "automatic_action": "The file acts by itself when a page or field is touched.",
            "link": "The file holds a link that is no web address ({scheme}).",
        },
        "ISO 32000-2:2020, 12.6",
    ),
    _refusal("limit_size", "The selected file must be smaller than {limit} MB.", _MEASURED),
    _refusal("limit_pages", "The file has {count} pages; we read at most {limit}.", _MEASURED),
    _refusal("limit_objects", "The file has {count} parts; we read at most {limit}.", _MEASURED),
    _refusal(
        "limit_inflated",
        "Unpacked, the file grows beyond {limit} MB. Ask the laboratory for a plain export.",
        _MEASURED,
    ),
    _refusal("limit_time", "Reading the file takes longer than {limit} seconds.", _MEASURED),
    _refusal("limit_memory", "Reading the file takes more than {limit} MB of memory.", _MEASURED),
    _refusal("limit_output", "The file yields more than a report can hold.", _MEASURED),
    _refusal("limit_crashed", "The program that opens PDFs stopped on this file.", _MEASURED),
)
FAILED = Rule(
    "certificate.reading_failed",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "We tried to read this file and could not. A person will look at it."},
)
WAITING = Rule(
    "certificate.not_read",
    Severity.INFO,
    Outcome.INDETERMINATE,
    {DEFAULT: "The file is on record and has not been read yet."},
)
RESTRICTED = Rule(
    "certificate.file_permissions",
    Severity.INFO,
    Outcome.NOT_APPLICABLE,
    {DEFAULT: "The file opens freely and asks programs not to change or copy it."},
    "28 % of 107 laboratory documents, 2026",
)
BEYOND = Rule(
    "certificate.limit_read",
    Severity.INFO,
    Outcome.NOT_APPLICABLE,
    {DEFAULT: "We read the first {read} of {count} pages."},
)
UNRELIABLE = Rule(
    "certificate.text_unreliable",
    Severity.INFO,
    Outcome.NOT_APPLICABLE,
    {DEFAULT: "The file's own text cannot be read, so we read the picture of its pages."},
    "8 of 107 laboratory documents, 2026",
)
UNREADABLE = Rule(
    "certificate.text_unreadable",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {
        DEFAULT: "We could not read page {pages}, neither its text nor its picture.",
        "ocr_unavailable": "We could not read page {pages}: it is a picture, and the program "
        "that reads pictures (OCR) is not available here.",
    },
)
RULES = (*REFUSALS, FAILED, WAITING, RESTRICTED, BEYOND, UNRELIABLE, UNREADABLE)
_PROBLEMS = {rule.code: rule for rule in (*REFUSALS, FAILED)}


def unread(facts: CertificateFacts) -> tuple[Finding, ...]:
    """Why nothing can be said of what is printed; empty when it was read."""
    found = tuple(told(problem) for problem in facts.file.problems)
    return found if found or facts.is_read else (WAITING.found(),)


def told(problem: Problem) -> Finding:
    """What a problem says. Raises KeyError for a code that no rule has."""
    return say(_PROBLEMS[problem.code], problem.variant, details=problem.details or {})


def notes(file: FileFacts) -> Iterator[Finding]:
    """What is worth knowing about a file that was read."""
    if file.is_restricted:
        yield RESTRICTED.found()
    if file.pages_read < file.page_count:
        yield BEYOND.found(read=file.pages_read, count=file.page_count)
    if file.text_source is Source.OCR:
        yield UNRELIABLE.found()
    if file.unreadable_pages:
        variant = "ocr_unavailable" if file.is_ocr_missing else DEFAULT
        yield UNREADABLE.found(variant, pages=", ".join(map(str, file.unreadable_pages)))
