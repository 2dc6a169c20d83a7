"""How much of what a document prints was read, and how much was read that it does not print?"""

import re
import unicodedata
from collections import Counter

from rapidfuzz import fuzz

TEXTS = {"lab_name_printed", "client", "product", "signatory"}
SCORED = (
    "report_no",
    "lot",
    "sample_id",
    "product",
    "client",
    "lab_name_printed",
    "date_made",
    "date_expires",
    "date_sampled",
    "date_received",
    "date_tested",
    "date_issued",
)
_ALIKE = 90  # of 100, for names and for analytes


def field_marks(truth, fields):
    """(name, mark) for every field, where a mark is right, wrong, missed or extra."""
    read = {field.name.value: field.value for field in fields}
    for name in SCORED:
        wanted, found = truth["fields"].get(name), read.get(name)
        if wanted is None and not found:
            continue
        if wanted is None:
            yield name, "extra"
        elif not found:
            yield name, "missed"
        else:
            yield name, "right" if same(name, wanted, found) else "wrong"


def same(name, wanted, found):
    if name in TEXTS:
        return fuzz.ratio(_plain(wanted), _plain(found)) >= _ALIKE
    return _code(wanted) == _code(found)


def result_marks(truth, results):
    """One mark for each printed line of results, and "extra" for each line that is none."""
    left = list(results)
    for wanted in truth["results"]:
        found = next((line for line in left if _is_line(wanted, line)), None)
        if found is None:
            yield "missed", wanted
            continue
        left.remove(found)
        wrong = [key for key in wanted if not _is_kept(key, wanted[key], found)]
        yield (
            ("right", wanted) if not wrong else ("part" if "value" not in wrong else "wrong", wrong)
        )
    yield from (("extra", line) for line in left)


def _is_line(wanted, line):
    return fuzz.ratio(_plain(wanted["analyte"]), _plain(line.analyte)) >= _ALIKE


def _is_kept(key, value, line):
    if key == "unit":  # may stand beside the value or the limit
        kept = f"{line.unit} {line.value} {line.spec}"
        return not _plain(value) or _squeezed(value) in _squeezed(kept)
    found = getattr(line, key)
    if key == "value":  # its unit may stand behind it
        return _squeezed(found).startswith(_squeezed(value))
    if key in {"analyte", "verdict"}:
        return _plain(value) == _plain(found) or key == "analyte"
    return _squeezed(value) in _squeezed(found)


def totals(marks):
    """(precision, recall) of a count of marks."""
    count = Counter(marks)
    right = count["right"]
    read = right + count["wrong"] + count["extra"] + count["part"]
    printed = right + count["wrong"] + count["missed"] + count["part"]
    return right / read if read else 1.0, right / printed if printed else 1.0


def _plain(text):
    folded = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(
        re.findall(r"[^\W_]+", "".join(c for c in folded if not unicodedata.combining(c)))
    )


def _squeezed(text):
    """Without blanks; pictures do not show the stroke below "<" well enough to be held to it."""
    plain = unicodedata.normalize("NFKC", text).translate(str.maketrans("\u2264\u2265", "<>"))
    return re.sub(r"\s", "", plain).casefold()


def _code(text):
    return "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isalnum())
