"""The addresses of double registration."""

from django.urls import path

from alliances.views import coverage, dual, link, post, registration, team

registration_patterns = [
    path("", dual.RegistrationsHomeView.as_view(), name="home"),
    path("coverage/", coverage.CoverageView.as_view(), name="coverage"),
    path("coverage/organs/", coverage.UncoveredOrgansView.as_view(), name="organs_without"),
    path("coverage/people/", coverage.UncoveredMembersView.as_view(), name="people_without"),
    path("mine/", dual.MineView.as_view(), name="mine"),
    path("links/", link.LinkListView.as_view(), name="links"),
    path("links/<int:pk>/", link.LinkDetailView.as_view(), name="link"),
    path("links/<int:pk>/slip/", link.LinkSlipView.as_view(), name="link_slip"),
    path("links/<int:pk>/accept/", link.LinkAcceptView.as_view(), name="accept"),
    path("links/<int:pk>/decline/", link.LinkDeclineView.as_view(), name="decline"),
    path("links/<int:pk>/withdraw/", link.LinkWithdrawView.as_view(), name="withdraw"),
    path("links/<int:pk>/end/", link.LinkEndView.as_view(), name="end_link"),
    path("organizations/<int:pk>/ask/", link.AskView.as_view(), name="ask"),
    path("organizations/<int:pk>/register/", registration.RegisterView.as_view(), name="register"),
    path("organizations/<int:pk>/team/", team.TeamFormView.as_view(), name="form_team"),
    path("people/", registration.RegistrationListView.as_view(), name="people"),
    path("people/<int:pk>/register/", registration.PersonRegisterView.as_view(), name="register_person"),
    path("people/<int:pk>/skills/", registration.SkillsView.as_view(), name="skills"),
    path("<int:pk>/slip/", registration.RegistrationSlipView.as_view(), name="slip"),
    path("<int:pk>/end/", registration.RegistrationEndView.as_view(), name="end"),
    path("posts/", post.PostListView.as_view(), name="posts"),
    path("posts/new/", post.PostOfferView.as_view(), name="offer"),
    path("posts/<int:pk>/", post.PostDetailView.as_view(), name="post"),
    path("posts/<int:pk>/take/", post.PostTakeView.as_view(), name="take"),
    path("posts/<int:pk>/close/", post.PostCloseView.as_view(), name="close"),
    path("holdings/<int:pk>/leave/", post.PostLeaveView.as_view(), name="leave_post"),
    path("holdings/<int:pk>/thank/", post.PostThankView.as_view(), name="thank"),
    path("teams/", team.TeamListView.as_view(), name="teams"),
    path("teams/<int:pk>/", team.TeamDetailView.as_view(), name="team"),
    path("teams/<int:pk>/join/", team.TeamJoinView.as_view(), name="join"),
    path("teams/<int:pk>/end/", team.TeamEndView.as_view(), name="end_team"),
    path("team-members/<int:pk>/leave/", team.TeamLeaveView.as_view(), name="leave_team"),
]
