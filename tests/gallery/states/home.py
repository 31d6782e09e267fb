"""The Home tab, and what an admin reads first. Yield a name and the view (or the message) for each state."""

from tests.gallery.documents import States


def states() -> States:
    yield from ()
