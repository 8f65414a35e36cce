"""axe, as pages carry it while they are looked at."""

from axe_playwright_python.base import AXE_SCRIPT, AxeResults

COLOURS_READ_ONCE = """
const known = new Map();
const colour = axe.commons.color.Color.prototype;
const read = colour.parseString;
colour.parseString = function (text) {
  if (known.has(text)) {
    [this.r, this.g, this.b, this.alpha] = known.get(text);
    return this;
  }
  read.call(this, text);
  known.set(text, [this.r, this.g, this.b, this.alpha]);
  return this;
};
"""
"""A page has thirty colours and a thousand elements that stand on them: axe would work each out again every time,
which is more than half of all that it does."""
AXE = f"(() => {{ if (self === top) {{ {AXE_SCRIPT}; {COLOURS_READ_ONCE} }} }})()"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def assert_accessible(page, rules=None):
    """No violation; what is right is not told, for telling it of every element takes longer than finding it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    options |= {"rules": rules} if rules else {}
    violations = page.evaluate("options => axe.run(options).then(found => found.violations)", options)
    found = AxeResults({"violations": violations})
    assert found.violations_count == 0, found.generate_report()
