"""The stories are told over the reported alliances, loaded once a module."""

from tests.demo.conftest import _cases, cases  # noqa: F401
