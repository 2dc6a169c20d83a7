"""Which documents is the corpus made of? A layout, a seed, and what happened on the way.

`half` is "known" for documents that the reading was developed on, and "fresh" for those that
were drawn afterwards, from other ideas, to see how it does on what it has not seen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tests.papers import drawing, food, foreign, fresh, hemp, suppliers
from tests.papers.spoiling import lying, restricted, scan, turned, without_maps

DAYS = {
    "en": "%m/%d/%Y",
    "de": "%d.%m.%Y",
    "fr": "%d/%m/%Y",
    "es": "%d/%m/%Y",
    "it": "%d/%m/%Y",
    "pt": "%d-%m-%Y",
    "nl": "%d-%m-%Y",
}


@dataclass(frozen=True)
class Plan:
    """One document. `medium` is text, or picture where it must be read by OCR."""

    layout: Callable
    seed: int
    language: str = "en"
    day: str = "%m/%d/%Y"
    kind: str = "analysis"
    changes: tuple = ()
    medium: str = "text"
    half: str = "known"
    note: str = ""
    is_kept: bool = False

    @property
    def name(self):
        room = self.layout.__module__.rpartition(".")[2]
        language = self.language if self.language != "en" else ""
        parts = (room, self.layout.__name__, language, self.note)
        return "-".join(part for part in parts if part).replace("_", "-") + f"-{self.seed}"


def _known():
    for layout in (*hemp.LAYOUTS, *food.LAYOUTS, *suppliers.LAYOUTS):
        yield Plan(layout, 1)
    for layout in (*hemp.LAYOUTS[:3], *food.LAYOUTS[:3], *suppliers.LAYOUTS[:3]):
        yield Plan(layout, 2, day="%d %b %Y")
    for number, (language, day) in enumerate(DAYS.items()):
        if language != "en":
            yield Plan(foreign.LAYOUTS[number % 2], 3, language=language, day=day)
            yield Plan(foreign.LAYOUTS[1 - number % 2], 4, language=language, day=day)
    for layout in drawing.LAYOUTS:
        yield Plan(layout, 5, day="%d %B %Y")
    yield from _spoiled()


def _spoiled():
    for layout, note, change in (
        (food.two_addresses, "turned", partial(turned, degrees=90)),
        (hemp.boxes, "upside", partial(turned, degrees=180)),
        (food.microbiology, "lying", lying),
    ):
        yield Plan(layout, 6, changes=(change,), note=note)
    yield Plan(food.spread, 6, changes=(restricted,), note="restricted", is_kept=True)
    for layout, note, change in (
        (food.two_addresses, "unmapped", without_maps),
        (hemp.boxes, "scan", partial(scan, dpi=150)),
        (food.microbiology, "skewed", partial(scan, dpi=170, skew=1.3)),
        (suppliers.trader, "noisy", partial(scan, dpi=150, noise=8)),
        (suppliers.chemical_house, "quarter", partial(scan, dpi=150, turn=1)),
        (food.two_addresses, "half", partial(scan, dpi=150, turn=2)),
        (drawing.plain, "fax", partial(scan, dpi=200, is_fax=True)),
        (food.identity, "jpeg", partial(scan, dpi=130, quality=25)),
    ):
        yield Plan(layout, 7, changes=(change,), medium="picture", note=note)
    yield Plan(
        foreign.report, 7, language="fr", day="%d/%m/%Y", note="scan", medium="picture",
        changes=(partial(scan, dpi=150),),
    )  # fmt: skip


def _fresh():
    for layout in fresh.LAYOUTS:
        yield Plan(layout, 8, half="fresh")
    for layout, language in fresh.FOREIGN:
        yield Plan(layout, 8, language=language, day=DAYS[language], half="fresh")
    for layout, note, change in (
        (fresh.right_aligned, "fax", partial(scan, dpi=200, is_fax=True, skew=-0.8)),
        (fresh.stability, "scan", partial(scan, dpi=150, turn=3, quality=40)),
        (fresh.sections, "scan", partial(scan, dpi=170, skew=0.7, noise=3)),
    ):
        yield Plan(layout, 9, changes=(change,), medium="picture", half="fresh", note=note)


PLANS = (*_known(), *_fresh())
