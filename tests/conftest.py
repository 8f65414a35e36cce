"""What every test may use: the cast, each of them under their own name."""

from hypothesis import HealthCheck, settings

from tests import cast as people_of_the_tests
from tests.cast import cast  # noqa: F401

globals().update(people_of_the_tests.FIXTURES)

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")  # tests never assert times
