"""The shapes of alliances and memberships."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from rest_framework import serializers

from alliances import choices
from alliances.models import Alliance, Chain, Membership, Reward
from alliances.models.standing import SOURCES
from alliances.serializers.fields import Scoped, visible_organizations
from alliances.transitions import favour_of
from members.models import Organization
from members.mouths import LARGEST_ID, fetch
from members.rest import ReasonSerializer
from members.shapes import Shape


class AllianceSerializer(Shape):
    """An alliance; ``crossings`` and ``members_now`` are computed from its current members."""

    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)
    chains: Any = serializers.SlugRelatedField(slug_field="kind", many=True, read_only=True)
    crossings = serializers.ListField(source="crossing_keys", child=serializers.CharField(), read_only=True)
    members_now = serializers.SerializerMethodField()
    last_session_on = serializers.DateField(read_only=True, allow_null=True)

    class Meta:
        model = Alliance
        fields = (
            "id", "code", "name", "state", "open_moves", "region", "form", "mode", "formation", "chains", "crossings",
            "purpose", "parent", "split_from", "merged_into", "lead",
            "supervising", "members_now", "last_session_on", "document_number",
            "established", "activated_on", "ended_on", "rectify_by", "source", "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_members_now(self, alliance: Alliance) -> int:
        return alliance.members_now or 0  # type: ignore[attr-defined]


class MembershipSerializer(Shape):
    organization_name = serializers.CharField(source="organization.name", read_only=True)
    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Membership
        fields = (
            "id", "alliance", "organization", "organization_name", "state", "open_moves", "invited_on", "applied_on",
            "vote_until", "statement", "joined_on", "left_on", "synthetic",
        )  # fmt: skip
        read_only_fields = fields


class DescriptionSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=80)
    form = serializers.ChoiceField(choices=Alliance.Form.choices)
    mode = serializers.ChoiceField(choices=Alliance.Mode.choices, required=False, allow_blank=True)
    purpose = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    parent: Any = Scoped(
        lambda user, _thing: Alliance.objects.visible_to(user), Alliance, required=False, allow_null=True
    )
    chains = serializers.ListField(
        child=serializers.ChoiceField(choices=Chain.Kind.choices), required=False, max_length=5
    )


class FoundSerializer(DescriptionSerializer):
    formation = serializers.ChoiceField(choices=Alliance.Formation.choices)
    lead = Scoped(visible_organizations, Organization)
    supervising = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    region = serializers.CharField(max_length=12)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One applies for those for whom one may; the committee and the place are among those above the lead."""
        lead = attrs["lead"]
        if not choices.leads_for(self.context["request"].user).filter(pk=lead.pk).exists():
            raise PermissionDenied(_("您不能以这个党组织的名义申请。"))
        place = choices.places_of(lead).filter(pk=attrs["region"]).first()
        if place is None:
            raise serializers.ValidationError({"region": [_("服务区划应是牵头党组织所在的区划或其上级。")]})
        return attrs | {"supervising": fetch(choices.committees_above(lead), attrs["supervising"]), "region": place}


class EditSerializer(DescriptionSerializer):
    name = serializers.CharField(max_length=80, required=False)
    form = serializers.ChoiceField(choices=Alliance.Form.choices, required=False)
    document_number = serializers.CharField(max_length=60, required=False, allow_blank=True)


class DocumentSerializer(serializers.Serializer):
    document_number = serializers.CharField(max_length=60, required=False, allow_blank=True)


class RemarkSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)


class InviteSerializer(serializers.Serializer):
    """Either the id of an organisation that the caller sees, or any organisation's exact code."""

    organization = Scoped(visible_organizations, Organization, required=False)
    code = serializers.CharField(max_length=32, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise serializers.ValidationError(_("organization 与 code 须且只须给出一个。"))
        user = self.context["request"].user
        if "code" in attrs:
            seen = choices.invitable_by(user).coded(attrs["code"]).first()
            return {"organization": seen} if seen else attrs
        return attrs


class OwnSerializer(serializers.Serializer):
    """For which of one's own organisations one answers."""

    organization = Scoped(visible_organizations, Organization)


class OwnRemarkSerializer(OwnSerializer):
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)


class OwnReasonSerializer(OwnSerializer):
    reason = serializers.CharField(max_length=500)


class HandOverSerializer(ReasonSerializer):
    organization = Scoped(lambda user, alliance: choices.members_of(alliance), Organization)


class RectifySerializer(ReasonSerializer):
    """Days go on as text: what waits for a second person is kept as JSON."""

    measures = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    due_on = serializers.DateField(required=False)
    recheck_on = serializers.DateField(required=False)

    def validate_due_on(self, day: Any) -> str:
        return str(day.isoformat())

    validate_recheck_on = validate_due_on


class ReinstateSerializer(ReasonSerializer):
    """Not ``passed``: one more term, up to ``due_on``, with new ``measures``; or ``dissolve``."""

    passed = serializers.BooleanField(default=True)
    dissolve = serializers.BooleanField(required=False)
    measures = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    due_on = serializers.DateField(required=False)

    def validate_due_on(self, day: Any) -> str:
        return str(day.isoformat())

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["passed"] and set(attrs) - {"passed", "reason"}:
            raise serializers.ValidationError(_("复核通过的，不用填新的措施和期限。"))
        return attrs


class RewardSerializer(ReasonSerializer):
    """The amount goes on as text: what waits for a second person is kept as JSON."""

    what = serializers.CharField(max_length=500)
    kind = serializers.ChoiceField(choices=Reward.Kind.choices, required=False)
    amount = serializers.DecimalField(max_digits=14, decimal_places=2, required=False)
    source: Any = serializers.ChoiceField(choices=SOURCES, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        favour_of(**{name: value for name, value in attrs.items() if name != "reason"})
        return attrs | ({"amount": str(attrs["amount"])} if "amount" in attrs else {})
