"""What stands between started servers and a started product: migrations, then the data, in one process."""

import argparse
import os
import sys


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", help="demo data of this scale; none for a real office")
    scale = parser.parse_args().scale
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    print("· migrations", flush=True)
    call_command("migrate", verbosity=0, interactive=False)
    if scale:
        print(f"· demo data: {scale}", flush=True)
        call_command("load_demo", scale=scale)
    else:
        call_command("load_rules", verbosity=0)
        first_administrators()


def first_administrators() -> None:
    """Three people who hold the three administrators' roles, asked for once, on a terminal."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    if get_user_model().objects.exists():
        return
    if sys.stdin.isatty():
        call_command("create_administrators")
    else:
        print("· nobody can log in yet: run  .venv/bin/python manage.py create_administrators", flush=True)


if __name__ == "__main__":
    main()
