"""The addresses of idea calls, projects and the service catalogue."""

from django.urls import include, path

from listings.views import idea, project, service

idea_patterns = [
    path("", idea.CallListView.as_view(), name="list"),
    path("mine/", idea.OwnIdeaListView.as_view(), name="mine"),
    path("new/", idea.CallWhereView.as_view(), name="where"),
    path("new/<int:pk>/", idea.CallOpenView.as_view(), name="open"),
    path("calls/<int:pk>/", idea.CallDetailView.as_view(), name="call"),
    path("calls/<int:pk>/propose/", idea.IdeaProposeView.as_view(), name="propose"),
    path("calls/<int:pk>/close/", idea.CallCloseView.as_view(), name="close"),
    path("calls/<int:pk>/cancel/", idea.CallCancelView.as_view(), name="cancel"),
    path("calls/<int:pk>/publish/", idea.CallPublishView.as_view(), name="publish"),
    path("<int:pk>/", idea.IdeaDetailView.as_view(), name="detail"),
    path("<int:pk>/study/", idea.IdeaStudyView.as_view(), name="study"),
    path("<int:pk>/choose/", idea.IdeaChooseView.as_view(), name="choose"),
    path("<int:pk>/decline/", idea.IdeaDeclineView.as_view(), name="decline"),
    path("<int:pk>/withdraw/", idea.IdeaWithdrawView.as_view(), name="withdraw"),
]
project_patterns = [
    path("", project.ProjectListView.as_view(), name="list"),
    path("<int:pk>/", project.ProjectDetailView.as_view(), name="detail"),
    path("<int:pk>/bid/", project.ProjectBidView.as_view(), name="bid"),
    path("<int:pk>/set-milestone/", project.ProjectSetMilestoneView.as_view(), name="set_milestone"),
    path("<int:pk>/visit/", project.ProjectVisitView.as_view(), name="visit"),
    path("<int:pk>/accept/", project.ProjectAcceptView.as_view(), name="accept"),
    path("<int:pk>/stop/", project.ProjectStopView.as_view(), name="stop"),
    path("candidates/<int:pk>/appoint/", project.CandidateAppointView.as_view(), name="appoint"),
    path("candidates/<int:pk>/withdraw/", project.CandidateWithdrawView.as_view(), name="withdraw_bid"),
    path("milestones/<int:pk>/report/", project.MilestoneReportView.as_view(), name="report"),
    path("milestones/<int:pk>/accept/", project.MilestoneAcceptView.as_view(), name="accept_milestone"),
    path("milestones/<int:pk>/return/", project.MilestoneReturnView.as_view(), name="return_milestone"),
    path("milestones/<int:pk>/drop/", project.MilestoneDropView.as_view(), name="drop_milestone"),
    path("milestones/<int:pk>/pay/", project.MilestonePayView.as_view(), name="pay"),
    path("visits/<int:pk>/follow-up/", project.VisitFollowUpView.as_view(), name="follow_up"),
]
service_patterns = [
    path("", service.ServiceListView.as_view(), name="list"),
    path("new/", service.ServiceWhereView.as_view(), name="where"),
    path("new/<int:pk>/", service.ServiceNewView.as_view(), name="new"),
    path("<int:pk>/", service.ServiceDetailView.as_view(), name="detail"),
    path("<int:pk>/begin/", service.ServiceBeginView.as_view(), name="begin"),
    path("<int:pk>/revise/", service.ServiceReviseView.as_view(), name="revise"),
    path("<int:pk>/retire/", service.ServiceRetireView.as_view(), name="retire"),
    path("<int:pk>/phone/", service.ServicePhoneView.as_view(), name="phone"),
]

urlpatterns = [
    path("ideas/", include((idea_patterns, "ideas"))),
    path("projects/", include((project_patterns, "projects"))),
    path("services/", include((service_patterns, "services"))),
]
