"""The addresses of the closed loop's hard cases."""

from django.urls import path

from listings.views import dispute, forwarding, loop

item_patterns = [
    path("<int:pk>/correct/", loop.ItemCorrectView.as_view(), name="correct"),
    path("<int:pk>/confirm-for/", loop.ItemConfirmForView.as_view(), name="confirm_for"),
    path("<int:pk>/reopen/", loop.ItemReopenView.as_view(), name="reopen"),
    path("<int:pk>/forward/", loop.ItemForwardView.as_view(), name="forward"),
    path("<int:pk>/attach/", loop.ItemAttachView.as_view(), name="attach"),
    path("<int:pk>/detach/", loop.ItemDetachView.as_view(), name="detach"),
    path("<int:pk>/dispute/", dispute.ItemDisputeView.as_view(), name="dispute"),
]
claim_patterns = [
    path("<int:pk>/force-release/", loop.ClaimForceReleaseView.as_view(), name="force_release"),
    path("<int:pk>/name-helpers/", loop.ClaimNameHelpersView.as_view(), name="name_helpers"),
    path("<int:pk>/strike-helper/", loop.ClaimStrikeHelperView.as_view(), name="strike_helper"),
]
dispute_patterns = [
    path("", dispute.DisputeListView.as_view(), name="list"),
    path("<int:pk>/", dispute.DisputeDetailView.as_view(), name="detail"),
    path("<int:pk>/decide/", dispute.DisputeDecideView.as_view(), name="decide"),
    path("<int:pk>/withdraw/", dispute.DisputeWithdrawView.as_view(), name="withdraw"),
]
forwarding_patterns = [
    path("", forwarding.ForwardingListView.as_view(), name="list"),
    path("<int:pk>/", forwarding.ForwardingDetailView.as_view(), name="detail"),
    path("<int:pk>/take-over/", forwarding.ForwardingTakeOverView.as_view(), name="take_over"),
    path("<int:pk>/pass-back/", forwarding.ForwardingPassBackView.as_view(), name="pass_back"),
    path("<int:pk>/call-back/", forwarding.ForwardingCallBackView.as_view(), name="call_back"),
]
