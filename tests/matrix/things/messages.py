"""A robot of 妇联, a mail to 妇联 that was given up, and a program's subscription with its message, for the matrix."""

from members.models import ApiClient, Delivery, Notice, Robot, Webhook
from members.sealing import seal
from members.webhooks import ping
from tests.cast import NOW, client_of


def build(world):
    """Takes the world; the program is the one whose key is named lists:read where the world has programs."""
    cast = world.cast
    robot = Robot.objects.create(
        kind="wecom", name="左旗妇联群", organization=cast.fulian_org, since=NOW, address="no key opens it"
    )
    line = Delivery.objects.create(
        channel="wecom", content="digest", robot=robot, made_at=NOW, next_at=NOW, state="failed", last_error="不通"
    )
    client = client_of("1504", "lists:read", organization=cast.fulian_org, key="subscriber")
    ApiClient.objects.filter(pk=client.pk).update(per_minute=30_000)
    hook = Webhook.objects.create(
        client=client, url="https://hotline.example.org/", events=["item.confirmed"], secret=seal("whsec_", "webhook"),
        created_at=NOW,
    )  # fmt: skip
    pinged = ping(hook, by=client, at=NOW)
    Delivery.objects.filter(pk=pinged.pk).update(state="failed")
    world.keep(robot=robot, line=line, hook=hook, pinged=pinged)
    assert not Notice.objects.exists()
