"""Every speed figure as a ratio within one run, the other side named: `make bench`.

Nothing here passes or fails; each row tells its target and whether this run met it. The site of
the benchmark lives in a temporary folder. How to read it: docs/benchmarks.md.
"""

import io
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="record-book-bench-") as folder:
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {
            "DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "TASKS_BACKEND": "django.tasks.backends.dummy.DummyBackend",
        }
        (Path(folder) / "static").mkdir()  # WhiteNoise looks for it
        os.chdir(ROOT)
        import django

        django.setup()
        from django.core.management import call_command

        from tests.bench import pages, printing, rosters

        call_command("migrate", verbosity=0)
        call_command("seed_demo", year="2025", verbosity=0, stdout=io.StringIO())
        print(
            f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, SQLite, demo bureau of 2025"
        )
        printing.run(Path(folder))
        rosters.run(Path(folder))
        pages.run()


if __name__ == "__main__":
    main()
