"""What the browser prints of the register: A4, a page or two, nothing cut off at the right."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.browser.window import DESK, go

A4 = (595, 842)
PAPERS = [
    ("chifeng", "/alliances/?q=五金 > /alliances/[0-9]+/ + sheet/", 2),
    ("fulian", "/organizations/?q=妇联 > /organizations/[0-9]+/ + year/", 2),
    ("chifeng", "/belts/ > /belts/[0-9]+/", 2),
    ("dongshiqiao", "/registrations/links/ > /registrations/links/[0-9]+/ + slip/", 1),
    ("dongshiqiao", "/registrations/people/ > /registrations/[0-9]+/slip/", 1),
    ("chifeng", "/alliances/?q=房身 > /alliances/[0-9]+/ + means/distributions/ > /distributions/[0-9]+/ + paper/", 1),
]
NAMES = ["sheet", "year", "belt", "link", "registration", "distribution"]


@pytest.mark.parametrize(("account", "where", "most"), PAPERS, ids=NAMES)
def test_a_paper_is_a4_and_short_and_whole(visit, account, where, most):
    page = visit(account, DESK)
    go(page, where)
    paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert 1 <= len(paper.pages) <= most
    for sheet in paper.pages:
        assert (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) == A4
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})  # A4 between its margins, at 96 to the inch
    parts = "[...document.querySelectorAll('main table, main dl, main ol')]"
    wide = page.evaluate(f"Math.max(...{parts}.map(part => part.scrollWidth - part.clientWidth))")
    assert wide <= 1, "a table is cut off at the right"
    assert page.locator(".no-print:visible").count() == 0
