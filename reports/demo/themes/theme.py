"""What a themed Party day was about."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme. `facts` are whole sentences; `highlight` is a clause without a full stop."""

    title: str
    form: str
    place: str
    facts: tuple[str, ...]
    highlight: str = ""
