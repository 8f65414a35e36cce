"""The shapes of charters, agreements, rotation and swaps."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from alliances import choices
from alliances.models import Agreement, Alliance, Assent, Charter, HostTurn, Party, Rotation, Swap
from alliances.models.paper import LONGEST
from alliances.parties import assenting, exchangeable, objecting, signing
from alliances.serializers.fields import Scoped, ScopedList
from members.models import Document, Organization
from members.shapes import Shape

FRAME = ("id", "state", "open_moves", "alliance", "region")


def visible_alliances(user: Any, _thing: Any) -> Any:
    return Alliance.objects.visible_to(user)


class FileSerializer(Shape):
    """A file: what it is, and the address at which whoever may see its thing gets it."""

    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Document
        fields = ("id", "name", "kind", "size", "sha256", "uploaded_at", "url")
        read_only_fields = fields


class OfAllianceSerializer(Shape):
    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)
    region = serializers.CharField(source="alliance.region_id", read_only=True)


class PaperSerializer(OfAllianceSerializer):
    documents = FileSerializer(many=True, read_only=True)


class AssentSerializer(Shape):
    class Meta:
        model = Assent
        fields = ("organization", "agrees", "reason", "said_on", "silent")
        read_only_fields = fields


class CharterSerializer(PaperSerializer):
    assents = AssentSerializer(many=True, read_only=True)

    class Meta:
        model = Charter
        fields = (
            *FRAME, "version", "previous", "text", "documents", "put_on", "agreed_on", "assents", "synthetic",
            "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class PartySerializer(Shape):
    class Meta:
        model = Party
        fields = ("organization", "signed_on")
        read_only_fields = fields


class AgreementSerializer(PaperSerializer):
    parties = PartySerializer(many=True, read_only=True)

    class Meta:
        model = Agreement
        fields = (
            *FRAME, "version", "previous", "title", "text", "documents", "valid_from", "valid_to", "put_on",
            "agreed_on", "parties", "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class RotationSerializer(OfAllianceSerializer):
    class Meta:
        model = Rotation
        fields = (*FRAME, "starts_on", "length", "unit", "order", "synthetic", "updated_at")
        read_only_fields = fields


class HostTurnSerializer(OfAllianceSerializer):
    """``until`` is the day after the last one."""

    class Meta:
        model = HostTurn
        fields = (*FRAME, "rotation", "organization", "since", "until", "updated_at")
        read_only_fields = fields


class SwapSerializer(Shape):
    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Swap
        fields = (
            "id", "state", "open_moves", "turn", "other", "asked_by", "asked_of", "asked_at", "reason", "answer",
            "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class PaperWordsSerializer(serializers.Serializer):
    """The words of a charter; ``file`` where the body is multipart."""

    text = serializers.CharField(max_length=LONGEST)
    file = serializers.FileField(required=False)


class DraftCharterSerializer(PaperWordsSerializer):
    alliance = Scoped(visible_alliances, Alliance)


class AmendAgreementSerializer(PaperWordsSerializer):
    """``parties``: ids of current members; none for all of them."""

    title = serializers.CharField(max_length=80)
    valid_from = serializers.DateField()
    valid_to = serializers.DateField()
    parties = ScopedList(lambda user, agreement: choices.members_of(agreement.alliance), Organization, required=False)


class DraftAgreementSerializer(AmendAgreementSerializer):
    alliance = Scoped(visible_alliances, Alliance)
    parties = ScopedList(lambda user, _thing: Organization.objects.visible_to(user), Organization, required=False)


class RenewSerializer(serializers.Serializer):
    valid_from = serializers.DateField()
    valid_to = serializers.DateField()
    text = serializers.CharField(max_length=LONGEST, required=False)
    file = serializers.FileField(required=False)


class AssentingSerializer(serializers.Serializer):
    organization = Scoped(assenting, Organization)


class ObjectingSerializer(serializers.Serializer):
    organization = Scoped(objecting, Organization)
    reason = serializers.CharField(max_length=500)


class SigningSerializer(serializers.Serializer):
    organization = Scoped(signing, Organization)


class DrawUpSerializer(serializers.Serializer):
    alliance = Scoped(visible_alliances, Alliance)
    starts_on = serializers.DateField()
    length = serializers.IntegerField(min_value=1, max_value=24, required=False)
    unit = serializers.ChoiceField(choices=Rotation.Unit.choices, required=False)


class InOrder(ScopedList):
    """Several ids whose order matters."""

    def to_internal_value(self, data: Any) -> list[Any]:
        found = {thing.pk: thing for thing in super().to_internal_value(data)}
        return [found[int(pk)] for pk in dict.fromkeys(data)]


class ArrangeSerializer(serializers.Serializer):
    """``order``: ids of members, who follow in this order; those left out come after them as they stood."""

    order = InOrder(lambda user, rotation: choices.members_of(rotation.alliance), Organization, required=False)
    starts_on = serializers.DateField(required=False)
    length = serializers.IntegerField(min_value=1, max_value=24, required=False)
    unit = serializers.ChoiceField(choices=Rotation.Unit.choices, required=False)


class SwapAskSerializer(serializers.Serializer):
    other = Scoped(lambda user, turn: exchangeable(turn), HostTurn)
    reason = serializers.CharField(max_length=500)
