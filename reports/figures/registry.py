"""All definitions together, and the one way to measure them."""

from reports.figures.facts import Facts
from reports.figures.lists import LISTINGS
from reports.figures.numbers import FIGURES
from reports.figures.values import Definition, Figure, Listing

DEFINITIONS: dict[str, Definition] = {key: row[0] for key, row in (FIGURES | LISTINGS).items()}


def definition(key: str) -> Definition:
    """The definition of a figure or listing. KeyError for an unknown key."""
    return DEFINITIONS[key]


def measure_all(facts: Facts) -> tuple[dict[str, Figure], dict[str, Listing]]:
    """Every figure and listing of the registry, counted from the facts."""
    figures = {}
    for key, (meaning, measure) in FIGURES.items():
        value, records = measure(facts)
        figures[key] = Figure(meaning, value, records)
    return figures, {key: measure(facts) for key, (_, measure) in LISTINGS.items()}
