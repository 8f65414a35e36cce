"""Two names that a person cannot tell apart have one skeleton; two that differ to the eye have two."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from members.names import alike, skeleton

CHINESE = some.text(some.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=20)
WORDS = some.text(some.characters(categories=("L", "N", "P", "Z", "M", "Cf")), max_size=30)
UNSEEN = ["\u200b", "\u200c", "\u200d", "\ufeff", "\u2060", "\u200e", "\u202e", " ", "\u3000", "\t", "\u00ad"]


@pytest.mark.parametrize(
    "twin",
    [
        "林东西城街道党工委（机关）",
        "林东西城街道党工委(机关)",
        " 林东西城街道党工委 〔机关〕 ",
        "林东西城街道\u200b党工委机关",
        "林东西城街道党工委·机关",
        "\u202e林东西城街道党工委机关",
    ],
)
def test_spaces_brackets_and_what_nobody_sees_make_no_difference(twin):
    assert skeleton(twin) == "林东西城街道党工委机关"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＢＣ公司党支部", "abc公司党支部"),
        ("Café党支部", unicodedata.normalize("NFD", "CAFÉ党支部")),
        ("АВС公司党支部".replace("В", "B"), "ABC公司党支部"),  # the first and the last letter are Cyrillic
        ("第１社区党支部", "第1社区党支部"),
        ("二〇一九党支部", "二零一九党支部"),
        ("⽀部", "支部"),  # a radical from another block
    ],
)
def test_twins_of_width_form_and_script(one, other):
    assert one != other
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("东石桥党总支", "西石桥党总支"), ("第一党支部", "第二党支部"), ("妇联党支部", "妇联党总支"), ("A区", "B区")],
)
def test_what_differs_to_the_eye_differs(one, other):
    assert skeleton(one) != skeleton(other)


@given(WORDS)
def test_a_skeleton_is_its_own_skeleton(name):
    assert skeleton(skeleton(name)) == skeleton(name)


@given(WORDS)
def test_the_form_of_unicode_makes_no_difference(name):
    forms = {skeleton(unicodedata.normalize(form, name)) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert len(forms) == 1


@given(CHINESE, some.sampled_from(UNSEEN), some.integers(0, 20))
def test_nothing_unseen_makes_a_new_name(name, unseen, place):
    assert skeleton(name[:place] + unseen + name[place:]) == skeleton(name) == name.replace("〇", "零")


def test_those_alike_stand_together():
    names = [(1, "东石桥社区党总支"), (2, "别的党支部"), (3, "东石桥 社区党总支"), (4, "（）"), (5, "()")]
    assert alike(names) == [[1, 3]]


def test_a_very_long_name_is_no_trouble():
    assert len(skeleton("名" * 10_000)) == 10_000
