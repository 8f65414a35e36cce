"""A saved view of 妇联's, for the matrix."""

from listings.transitions.saved_view import save_view
from tests.cast import NOW


def build(world):
    """Takes the world and keeps the view."""
    world.keep(saved_view=save_view(world.cast.fulian, name="待认领", query="state=open", at=NOW))
