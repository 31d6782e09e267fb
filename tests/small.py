"""For tests of what depends neither on the database nor on the transport: they run once, on SQLite over HTTP."""

import pytest

on_sqlite = pytest.mark.parametrize("server_url", ["sqlite"], indirect=True)
