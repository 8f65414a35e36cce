"""What deeds are called on this storey, by the kind of thing that they are done to."""

from assessments.words import VERB_WORDS, year

DEEDS = {
    "": VERB_WORDS,
    **dict.fromkeys(("selfreport", "appeal"), year.VERBS),
}
