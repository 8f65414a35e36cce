"""REST over proposals and batches of them: for browser sessions only, so no view names a key's scope."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances.models import Reward
from alliances.models.standing import SOURCES
from alliances.views.standing import arguments_of
from assessments import batches, decisions
from assessments.filters import ProposalFilter
from assessments.models import Batch, Proposal
from assessments.views.batch import chosen_by
from members.mouths import LARGEST_ID, demand, fetch_all
from members.rest import ApprovalSerializer, ReasonSerializer, ScopedViewSet
from members.shapes import Shape

VERBS = {"confirm": "proposals.confirm", "overrule": "proposals.overrule"}


def ids(**more: Any) -> serializers.ListField:
    return serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST_ID), max_length=batches.LARGEST, **more
    )


class ProposalSerializer(Shape):
    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Proposal
        fields = (
            "id", "state", "open_moves", "run", "alliance", "region", "kind", "evidence", "lapsed_by", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class ConfirmSerializer(ReasonSerializer):
    """``measures``, ``due_on`` and ``recheck_on`` belong to a rectification; ``kind`` (policy or funds), ``what``,
    ``amount`` and ``source`` to a reward; ``into``, the id of an alliance, to a merger."""

    measures = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    due_on = serializers.DateField(required=False)
    recheck_on = serializers.DateField(required=False)
    what = serializers.CharField(max_length=500, required=False, allow_blank=True)
    kind = serializers.ChoiceField(choices=Reward.Kind.choices, required=False)
    amount = serializers.DecimalField(max_digits=14, decimal_places=2, required=False)
    source: Any = serializers.ChoiceField(choices=SOURCES, required=False)
    into = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)


class PutForwardBatchSerializer(ConfirmSerializer):
    """Several proposals of one kind, one verb, one reason."""

    proposals = ids(allow_empty=False)
    verb = serializers.ChoiceField(choices=sorted(VERBS))


class ProposalViewSet(ScopedViewSet):
    """What the review suggests (处置建议). Confirming and overruling wait for a second person: 202."""

    queryset = Proposal.objects.all()
    serializer_class = ProposalSerializer
    filterset_class = ProposalFilter
    ordering = ("-id",)
    ordering_fields = ("id", "updated_at")

    @extend_schema(request=ConfirmSerializer, responses={202: ApprovalSerializer})
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        return self.decide("proposals.confirm", "confirmable_by", ConfirmSerializer)

    @extend_schema(request=ReasonSerializer, responses={202: ApprovalSerializer})
    @action(detail=True, methods=["post"])
    def overrule(self, request: Request, pk: str) -> Response:
        return self.decide("proposals.overrule", "overrulable_by", ReasonSerializer)

    def decide(self, verb: str, able: str, takes: type[serializers.Serializer]) -> Response:
        """The first person's word."""
        proposal = self.get_object()
        demand(proposal, self.request.user, able, "directed_by")
        words = self.said(takes)
        who: Any = self.request.user
        approval = decisions.decide(
            proposal, verb, by=who, at=timezone.now(), reason=words["reason"], arguments=arguments_of(words)
        )
        return Response(ApprovalSerializer(approval).data, status=status.HTTP_202_ACCEPTED)


class BatchSerializer(Shape):
    """``approvals`` are those that the caller may see; ``left`` what was not done in this step, with the reason."""

    approvals: Any = serializers.SerializerMethodField()
    left: Any = serializers.SerializerMethodField()

    class Meta:
        model = Batch
        fields = ("id", "verb", "kind", "reason", "proposed_by", "proposed_at", "approvals", "left", "updated_at")
        read_only_fields = fields

    def get_approvals(self, batch: Batch) -> list[dict[str, Any]]:
        approvals: Any = batch.approvals
        seen = approvals.visible_to(self.context["request"].user).select_related("thing_type").order_by("pk")
        return [dict(one) for one in ApprovalSerializer(seen, many=True).data]

    def get_left(self, batch: Batch) -> list[dict[str, Any]]:
        return [{"id": thing.pk, "detail": why} for thing, why in self.context.get("left", ())]


class SettleSerializer(serializers.Serializer):
    """The ids of approvals of this batch that are agreed to, and those that are not (these need an ``answer``)."""

    agree = ids(required=False, default=list)
    decline = ids(required=False, default=list)
    answer = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class BatchViewSet(ScopedViewSet):
    """Proposals that were put forward together (成批提出)."""

    queryset = Batch.objects.all()
    serializer_class = BatchSerializer
    ordering = ("-id",)
    ordering_fields = ("id", "proposed_at")

    @extend_schema(request=PutForwardBatchSerializer, responses={202: BatchSerializer})
    def create(self, request: Request) -> Response:
        """Put several forward in one step; what somebody else has decided meanwhile is named under ``left``."""
        words, who = self.said(PutForwardBatchSerializer), request.user
        chosen, verb = chosen_by(who, words.pop("proposals")), VERBS[words.pop("verb")]
        outcome = batches.put_forward(
            chosen, verb, by=who, at=timezone.now(), reason=words["reason"], arguments=arguments_of(words)  # type: ignore[arg-type]
        )
        return self.answer(outcome, status.HTTP_202_ACCEPTED)

    @extend_schema(request=SettleSerializer, responses=BatchSerializer)
    @action(detail=True, methods=["post"])
    def settle(self, request: Request, pk: str) -> Response:
        """The second person's word on some or all of them, each by itself."""
        batch = self.get_object()
        demand(batch, request.user, "decidable_by", "directed_by")
        words, approvals = self.said(SettleSerializer), batch.approvals
        mine = approvals.visible_to(request.user)
        agreed, declined = (fetch_all(mine, words[name]) for name in ("agree", "decline"))
        who: Any = request.user
        outcome = batches.settle(
            batch, agreed=agreed, declined=declined, by=who, at=timezone.now(), answer=words["answer"]
        )
        return self.answer(outcome, status.HTTP_200_OK)

    def answer(self, outcome: batches.Outcome, code: int) -> Response:
        context = {**self.get_serializer_context(), "left": outcome.left}
        return Response(BatchSerializer(outcome.batch, context=context).data, status=code)


