"""Icons are put into pages unescaped: nothing but the archive's own drawings may come that way."""

import pytest
from lucide import IconDoesNotExist

from members.templatetags.icons import draw, scan


def test_what_stands_in_an_attribute_is_escaped():
    drawn = draw("clock", 16, 'icon" onload="alert(1)')
    assert 'class="icon&quot; onload=&quot;alert(1)"' in drawn


@pytest.mark.parametrize("name", ['"><script>', "../../settings", "clock\x00", ""])
def test_only_icons_of_the_archive_are_drawn(name):
    with pytest.raises(IconDoesNotExist):
        draw(name, 16, "icon")


def test_a_text_to_be_scanned_stands_nowhere_as_text():
    drawn = scan('otpauth://totp/"><script>alert(1)</script>')
    assert drawn.startswith("<svg ")
    assert "script" not in drawn
    assert "otpauth" not in drawn
