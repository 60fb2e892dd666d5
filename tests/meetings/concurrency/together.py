"""Several people at once: each in a thread with a database connection of its own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

PATIENCE = 30  # seconds after which a thread that waits for the others gives up


class MeetingPoint:
    """A step of a view that is taken only once everybody who is about to take it has arrived.

    So each of them has read the record, and passed whatever the view looks at beforehand, when
    the first one writes. While `is_open` nobody waits.
    """

    def __init__(self, step: Callable[..., Any], people: int) -> None:
        self.step = step
        self.is_open = False
        self._barrier = threading.Barrier(people)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if not self.is_open:
            self._barrier.wait(PATIENCE)
        return self.step(*args, **kwargs)


class Together:
    """Threads that live through all trials; `run` gives each one its deed and waits for all."""

    def __init__(self, people: int) -> None:
        self._pool = ThreadPoolExecutor(people)
        self._start = threading.Barrier(people)
        self._end = threading.Barrier(people)
        self.people = people

    def run(self, deeds: Sequence[Callable[[], Any]]) -> list[Any]:
        """What the deeds answer, started at the same moment."""
        assert len(deeds) == self.people
        return [one.result() for one in [self._pool.submit(self._do, deed) for deed in deeds]]

    def close(self) -> None:
        """Close the threads with their connections."""
        self.run([connections.close_all] * self.people)
        self._pool.shutdown()

    def _do(self, deed: Callable[[], Any]) -> Any:
        self._start.wait(PATIENCE)
        try:
            return deed()
        finally:
            # Nobody takes a second deed of one round, so each thread has one.
            self._end.wait(PATIENCE)
