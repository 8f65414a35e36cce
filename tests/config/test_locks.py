"""What is installed is named by name, version and hash: where it comes from is the machine's affair."""

import re

import pytest

from config.embedded.place import BASE_DIR

LOCKS = sorted((BASE_DIR / "requirements").glob("*.txt"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_carries_no_address(lock):
    text = lock.read_text()
    assert not [word for word in ("://", "--index", "--extra-index", "--find-links", "--trusted-host") if word in text]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_of_a_lock_has_a_version_and_a_hash(lock):
    packages = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"(?m)^\s*#.*\n", "", lock.read_text()).strip())
    assert packages
    for package in packages:
        assert re.match(r"[\w.\[\]-]+==\S+", package), package
        assert "--hash=sha256:" in package, package


def test_every_wanted_package_is_in_its_lock():
    for wanted in (BASE_DIR / "requirements").glob("*.in"):
        locked = set(re.findall(r"(?m)^([\w.-]+)==", wanted.with_suffix(".txt").read_text()))
        names = re.findall(r"(?m)^([A-Za-z][\w.-]*)", wanted.read_text())
        assert {name.lower().replace("_", "-") for name in names} <= locked
