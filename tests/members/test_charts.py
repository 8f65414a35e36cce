"""Charts say in words and in a table what they draw, and never draw what is not known."""

import re

import pytest

from members import charts, geometry
from members.charts import Series, Slice, Tile
from members.radar import radar

MONTHS = ["1月", "2月", "3月"]
BANNERS = [Tile(code, f"旗{n}", n * 10, f"?region={code}") for n, code in enumerate(sorted(geometry.CHIFENG), 1)]


def every_chart():
    return {
        "line": charts.line(MONTHS, [Series("新增", [1, 2, 3]), Series("办结", [0, None, 2])], title="走势"),
        "bars": charts.bars([Slice("红山区", 0.97), Slice("敖汉旗", None)], title="办结率", write=charts.share, top=1),
        "funnel": charts.funnel([Slice("征集", 20), Slice("确认", 5)], title="闭环"),
        "donut": charts.donut([Slice("已办结", 3), Slice("逾期", 1)], title="状态", word="本年"),
        "radar": radar(["组织", "活动", "资源"], [Series("巴林左旗", [90, 80, None])], title="考核"),
        "map": charts.tile_map(BANNERS, title="各旗县区"),
        "network": charts.network("法院", [Slice("公安局", 3), Slice("街道", 1)], title="成员"),
    }


@pytest.mark.parametrize("name", list(every_chart()))
def test_every_chart_has_a_sentence_as_its_name_and_a_table_beside_it(name):
    drawn = every_chart()[name]
    names = re.findall(r'role="(?:img|group)" aria-label="([^"]{6,})"', drawn)
    assert len(names) == 1
    assert "查看数据表" in drawn
    assert "<table" in drawn


@pytest.mark.parametrize("name", list(every_chart()))
def test_no_chart_carries_a_style_or_a_script(name):
    assert not re.search(r"style=|<script|\son\w+=|javascript:", every_chart()[name])


@pytest.mark.parametrize("name", list(every_chart()))
def test_an_empty_chart_is_drawn_without_failing(name):
    empty = {
        "line": lambda: charts.line(MONTHS, [Series("新增", [None, None, None])], title="走势"),
        "bars": lambda: charts.bars([], title="办结率"),
        "funnel": lambda: charts.funnel([], title="闭环"),
        "donut": lambda: charts.donut([], title="状态", word="本年"),
        "radar": lambda: radar(["甲", "乙", "丙"], [], title="考核"),
        "map": lambda: charts.tile_map([], title="地区"),
        "network": lambda: charts.network("法院", [], title="成员"),
    }
    assert 'aria-label="' in empty[name]()


def test_a_name_that_is_markup_stays_text():
    canary = '<b onclick="x">"\''
    for drawn in (
        charts.bars([Slice(canary, 1)], title=canary),
        charts.donut([Slice(canary, 1)], title=canary, word=canary),
        charts.line([canary], [Series(canary, [1])], title=canary),
        radar([canary] * 3, [Series(canary, [1, 2, 3])], title=canary),
        charts.tile_map([Tile("1", canary, 1, canary)], title=canary),
        charts.network(canary, [Slice(canary, 1)], title=canary),
        charts.sparkline([1, 2], title=canary),
    ):
        assert "<b onclick" not in drawn
        assert "&lt;b onclick=&quot;" in drawn


def test_an_unfinished_month_is_a_hollow_point_at_the_end_of_a_dashed_way():
    running = charts.line(MONTHS, [Series("新增", [5, 6, 1])], title="走势", unfinished=True)
    finished = charts.line(MONTHS, [Series("新增", [5, 6, 1])], title="走势")
    assert "plot__line--open" in running
    assert "plot__hole" in running
    assert "本月尚未结束" in running
    assert "plot__hole" not in finished


def test_the_sentence_of_a_curve_speaks_of_finished_months_only():
    drawn = charts.line(MONTHS, [Series("新增", [5, 6, 99])], title="走势", unit="项", unfinished=True)
    sentence = re.search(r'role="img" aria-label="([^"]+)"', drawn)[1]
    assert sentence == "走势：新增从1月 5项 到2月 6项，最高2月 6项"


def test_a_month_that_is_not_known_is_a_gap_and_a_dash_but_not_a_zero():
    drawn = charts.line(["1月", "2月", "3月", "4月"], [Series("办结", [1, None, 3, 4])], title="走势")
    lines = re.findall(r'class="plot__line chart__mark" d="([^"]+)"', drawn)
    assert len(lines) == 2
    assert ">—</td>" in drawn


@pytest.mark.parametrize(
    ("most", "top"), [(0, 4), (1, 4), (4, 4), (5, 8), (345, 400), (0.97, 1), (1000, 1000), (1001, 2000)]
)
def test_the_scale_ends_at_a_round_number_that_the_grid_divides(most, top):
    assert geometry.ceiling(most) == pytest.approx(top)


def test_a_funnel_tells_each_stage_as_a_share_of_the_first():
    drawn = charts.funnel([Slice("征集", 20), Slice("确认", 5)], title="闭环")
    assert "100%" in drawn
    assert "25%" in drawn


def test_a_funnel_that_begins_with_nothing_has_no_shares():
    assert "%" not in charts.funnel([Slice("征集", 0), Slice("确认", 0)], title="闭环")


def test_the_parts_of_a_donut_fill_the_ring_once():
    assert [float(start) for _length, start in geometry.arcs([1, 2, 1])] == [0, -25, -75]


def test_a_single_part_closes_the_ring():
    assert [float(length) for length, _start in geometry.arcs([9, 0])] == [100, 0]


def test_the_twelve_banners_lie_where_they_lie_and_lead_one_level_down():
    drawn = charts.tile_map(BANNERS, title="各旗县区")
    assert len(set(geometry.CHIFENG.values())) == len(geometry.CHIFENG) == 12
    assert drawn.count('class="map-tile ') == 12
    assert drawn.count("map-column-") == 12
    assert 'href="?region=150402"' in drawn


def test_other_regions_are_laid_in_the_order_of_their_codes():
    drawn = charts.tile_map([Tile("411303", "卧龙区", 2), Tile("411302", "宛城区", 1)], title="南阳")
    assert "map-column-" not in drawn
    assert drawn.index("宛城区</span>") < drawn.index("卧龙区</span>")


def test_every_tile_prints_its_value_and_an_unknown_one_is_grey():
    drawn = charts.tile_map(
        [Tile("150402", "红山区", 0.97), Tile("150430", "敖汉旗", None)], title="率", write=charts.share
    )
    assert "97.0%" in drawn
    assert re.search(r"map-class-0 [^>]+><span>敖汉旗</span> <span class=\"map-tile__value\">—", drawn)


def test_values_are_cut_in_five_classes_of_about_the_same_size():
    levels = [geometry.level(value, geometry.fifths(range(1, 11))) for value in range(1, 11)]
    assert levels == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_equal_values_share_one_class():
    assert {geometry.level(value, geometry.fifths([7, 7, 7])) for value in (7, 7)} == {5}


def test_given_borders_keep_their_classes():
    borders = [0.8, 0.85, 0.9, 0.95]
    assert [geometry.level(v, borders) for v in (0.79, 0.8, 0.86, 0.94, 0.95)] == [1, 2, 3, 4, 5]


def test_a_sparkline_needs_two_known_values():
    assert charts.sparkline([None, 3], title="待办") == ""
    assert "从 1 到 3" in charts.sparkline([1, None, 3], title="待办")


@pytest.mark.parametrize(("value", "word"), [(None, "—"), (0, "0"), (1234567, "1,234,567"), (2.5, "2.5"), (3.0, "3")])
def test_numbers_are_written_with_groups(value, word):
    assert charts.count(value) == word


def test_no_two_names_of_a_full_network_run_into_each_other():
    """A Chinese character is as wide as its size (13); a line needs as much in height."""
    for number in range(1, 13):
        drawn = charts.network("牵头", [Slice("巴林左旗某某部门党组织的", n) for n in range(number)], title="成员")
        boxes = []
        for x, y, anchor in re.findall(r'network__label" x="([\d.-]+)" y="([\d.-]+)" text-anchor="(\w+)"', drawn):
            left = float(x) - {"start": 0, "middle": 78, "end": 156}[anchor]
            boxes.append((left, left + 156, float(y) - 12, float(y) + 1))
        assert len(boxes) == number
        assert all(left >= -20 and right <= 580 for left, right, _top, _bottom in boxes)
        pairs = [(a, b) for n, a in enumerate(boxes) for b in boxes[:n]]
        assert not [(a, b) for a, b in pairs if a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]]
