"""What deeds are called on this storey, by the kind of thing that they are done to."""

from listings.words import case, deadline, item, match, whistle

DEEDS = {
    "": item.VERB_WORDS,
    "match": match.VERB_WORDS,
    "extension": deadline.EXTENSION_WORDS,
    **dict.fromkeys(("whistle", "call"), whistle.VERB_WORDS),
    **dict.fromkeys(("jointcase", "record"), case.VERB_WORDS),
}
