"""Timing fairly: the sides in turn, round by round, medians, one row a figure."""

import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def medians(sides: dict[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """Median seconds of each side; in every round each side runs once, in alternating order."""
    taken: dict[str, list[float]] = {name: [] for name in sides}
    names = list(sides)
    for number in range(rounds):
        for name in names if number % 2 == 0 else reversed(names):
            taken[name].append(seconds(sides[name]))
    return {name: statistics.median(times) for name, times in taken.items()}


def row(what: str, value: float, target: float, *, unit: str = "×", other: str = "") -> None:
    verdict = "ok" if value <= target else "MISSED"
    against = f"  against {other}" if other else ""
    print(f"{what:<58} {value:7.2f} {unit}  target ≤ {target:g} {unit}  {verdict}{against}")


def process(command: Sequence[str], **options: object) -> tuple[float, float]:
    """Seconds and peak megabytes of a command run as a process of its own."""
    measured = subprocess.run(
        ["/usr/bin/env", "python3", "-c", _MEASURE, *command],
        capture_output=True,
        text=True,
        check=True,
        **options,  # type: ignore[call-overload]
    )
    elapsed, peak = measured.stdout.split()[-2:]
    return float(elapsed), float(peak)


# A parent of its own, so that the peak is of this one command and not of every child so far.
_MEASURE = """
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(time.perf_counter() - start, peak)
"""


def own_megabytes() -> float:
    """Memory of this process now, in megabytes (resident set)."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1024**2
