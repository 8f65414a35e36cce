"""Terms of items: pauses, extensions and the answers to them."""

from tests.matrix.grammar import ALLIED, MEMBER, STUDIES, verb

PAGES = {
    "items:pause": verb("working", ALLIED, STUDIES | MEMBER),
    "items:resume": verb("paused", ALLIED, STUDIES | MEMBER),
    "items:extend": verb("working", ALLIED, MEMBER),
    "extensions:grant": verb("extension", ALLIED, STUDIES),
    "extensions:refuse": verb("extension", ALLIED, STUDIES),
}
