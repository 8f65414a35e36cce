"""The closed loop of 鹿山 and the estate of 五金小区, as the reports tell them: from need to confirmation."""

from alliances.measures import Period
from alliances.models import Alliance
from assessments.statistics import METRICS
from listings.models import Item
from members.models import Step
from tests.demo.conftest import TODAY


def item(title, code):
    return Item.objects.get(title=title, alliance=Alliance.objects.get(code=code))


class TestLushan:
    """民情收集、研判、调处、反馈: the mediation of the fees goes round; the community confirms for the residents."""

    def test_every_stage_has_its_time_and_the_asker_has_the_last_word(self, cases):
        mediation = item("物业费收缴纠纷联合调解", "CF-ZL-02")
        stages = Step.objects.of(mediation).exclude(to_state="")
        assert list(stages.values_list("to_state", flat=True)) == ["collected", "open", "claimed", "done", "confirmed"]
        moments = list(stages.values_list("at", flat=True))
        assert moments == sorted(moments)
        assert stages.last().organization == mediation.asked_by == mediation.alliance.lead
        assert mediation.for_resident

    def test_who_mediated_is_not_who_confirmed(self, cases):
        mediation = item("物业费收缴纠纷联合调解", "CF-ZL-02")
        claim = mediation.claims.get()
        assert (claim.state, mediation.satisfaction) == ("confirmed", "satisfied")
        assert claim.organization_id != mediation.asked_by_id
        year = Period(TODAY.replace(month=1, day=1), TODAY)
        assert METRICS["satisfied_rate"].per_alliance(year, [mediation.alliance_id])[mediation.alliance_id] == 1.0


class TestWujin:
    """The estate without property management: bit by bit, with quarrels, and with troubles that come back."""

    def test_the_clean_up_is_a_part_of_something_larger(self, cases):
        whole = item("五金小区环境综合整治", "CF-ZL-01")
        titles = set(whole.parts.values_list("title", flat=True))
        assert {"五金小区垃圾清运", "五金小区停车位重新划线", "五金小区楼道杂物清理"} <= titles

    def test_what_the_two_sides_do_not_agree_on_waits_for_the_street(self, cases):
        case = item("五金小区楼道杂物清理", "CF-ZL-01").disputes.get()
        assert (case.state, case.ground, case.item.state) == ("open", "sent_back", "done")

    def test_the_trouble_that_is_back_points_to_the_one_before(self, cases):
        before = Item.objects.get(title="五金小区下水井疏通", reopens=None)
        again = before.reopened.get()
        assert (before.state, again.state) == ("confirmed", "collected")
