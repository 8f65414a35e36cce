"""The State Council's notices of 2024, 2025 and 2026, copied by hand, and a second way to count with them.

Plain data and a plain loop: nothing here knows the product's calendar or its file.
"""

from datetime import timedelta

OFF = [
    # 2024
    ("2024-01-01", "2024-01-01"), ("2024-02-10", "2024-02-17"), ("2024-04-04", "2024-04-06"),
    ("2024-05-01", "2024-05-05"), ("2024-06-10", "2024-06-10"), ("2024-09-15", "2024-09-17"),
    ("2024-10-01", "2024-10-07"),
    # 2025
    ("2025-01-01", "2025-01-01"), ("2025-01-28", "2025-02-04"), ("2025-04-04", "2025-04-06"),
    ("2025-05-01", "2025-05-05"), ("2025-05-31", "2025-06-02"), ("2025-10-01", "2025-10-08"),
    # 2026
    ("2026-01-01", "2026-01-03"), ("2026-02-15", "2026-02-23"), ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"), ("2026-06-19", "2026-06-21"), ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
]  # fmt: skip
MAKE_UP = [
    "2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29", "2024-10-12",
    "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
    "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
]  # fmt: skip


def worked(day):
    text = day.isoformat()
    if text in MAKE_UP:
        return True
    return day.isoweekday() < 6 and not any(first <= text <= last for first, last in OFF)


def counted_on(day, count):
    """The day on which ``count`` working days after ``day`` have passed, one by one."""
    while count:
        day += timedelta(days=1)
        count -= worked(day)
    return day


def counted_between(first, last):
    span = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(worked(day) for day in span)
