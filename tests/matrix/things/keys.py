"""A key that 东石桥 has asked for, granted and not yet drawn."""

from django.utils import timezone

from members.keys import grant_key


def build(world):
    cast = world.cast
    key = grant_key(
        cast.dongshiqiao_org, name="社区网格系统", scopes=["lists:read"], days=365, asked_by=cast.dongshiqiao.pk,
        by=cast.secadmin, at=timezone.now(),
    )  # fmt: skip
    world.keep(key=key)
