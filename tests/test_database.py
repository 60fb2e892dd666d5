"""The test database is one that the live server's threads can share with the test."""

import threading
from pathlib import Path

import pytest
from django.db import connection

from branches.models import User


@pytest.mark.django_db(transaction=True)
def test_another_thread_reads_what_the_test_wrote_over_a_connection_of_its_own() -> None:
    User.objects.create_user("written")
    seen: list[object] = []

    def read() -> None:
        seen.extend([list(User.objects.values_list("username", flat=True)), connection.connection])
        connection.close()

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert seen[0] == ["written"]
    assert seen[1] is not connection.connection
    if connection.vendor == "sqlite":
        assert Path(str(connection.settings_dict["NAME"])).is_file()
