"""What every test may use: the cast, each of them under their own name."""

from tests import cast as people_of_the_tests
from tests.cast import cast  # noqa: F401

globals().update(people_of_the_tests.FIXTURES)
