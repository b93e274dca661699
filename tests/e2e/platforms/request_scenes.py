"""Asking for what is not there, on every platform: declared as `scenes`, over one fake request service."""

from __future__ import annotations

from tests.e2e.platforms.scenes import (
    BUTTONS,
    CHATS,
    EVERYWHERE,
    STRANGER,
    Give,
    Push,
    Say,
    Scene,
    Sees,
    Step,
    Waits,
    private,
    room,
)

TALK = frozenset({"nextcloud-talk"})
TYPED = EVERYWHERE - BUTTONS  # where an administrator decides on the numbers of a list that was asked for
CONFIRMS = ("Request it", "Anfragen")
DECIDES = {"Approuver": "approve", "Refuser": "decline"}


def told(who: str, where: str, *words: str, never: tuple[str, ...] = (), comes: bool = False) -> Step:
    """Somebody hears of something unasked, where they asked for it."""
    return Step(who, where, Waits(comes), Sees(words, never=never), CHATS)


REQUEST_SCENES = (
    Scene(
        "somebody else's platform gets known by a code, and is forgotten again",
        (
            private("zoe", Say("/request Barbie"), Sees((STRANGER,), never=("Barbie",))),
            private("anna", Say("/link"), Sees(("You are Anna here",), notes={"code": r"/link ([\w-]{6,})"})),
            private("zoe", Say("/link {code}"), Sees(("Anna",))),
            private("zoe", Say("/link {code}"), Sees(("now I know you",))),
            private("zoe", Say("/request Free Solo"), Sees(("Free Solo (2018)", "3 of 3 left"), cards=1)),
            private("zoe", Push("Rather not"), Sees(("Nothing was requested",))),
            private("zoe", Say("/unlink {me}"), Sees(buttons=("Unlink it",))),
            private("zoe", Push("Unlink it"), Sees(("is not linked to Anna any more",))),
            private("zoe", Say("/request Barbie"), Sees((STRANGER,), never=("Barbie",))),
        ),
    ),
    Scene(
        "a film is asked for, approved, and there",
        (
            private("dora", Give("requests", {"notify": True}), Sees(("Je t’informerai ici",))),
            private(
                "anna",
                Say("/request Barbie"),
                Sees(("Barbie (2023)", "Shall I ask for it in your name?", "3 of 3 left"), buttons=("Request it",)),
            ),
            private("anna", Push("Request it"), Sees(("Barbie (2023)", "waits for approval"))),
            Step("dora", "private", Waits(), Sees(("Anna", "Barbie"), buttons=("Approuver", "Refuser")), BUTTONS),
            Step("dora", "private", Waits(), Sees(("Anna", "Barbie", "/requests"), never=("Approuver",)), TALK),
            private("dora", Give("requests"), Sees(("Anna", "Barbie"), buttons=("Approuver",)), TYPED),
            private("dora", Push("Approuver"), Sees(("Barbie (2023) est approuvé",))),
            told("anna", "private", "Barbie (2023) is requested", never=("watch Barbie (2023) now",)),
            private("anna", Say("/request Barbie"), Sees(("has been requested already",))),
            told("anna", "private", "You can watch Barbie (2023) now", comes=True),
        ),
    ),
    Scene(
        "a film that was suggested in a room is told of there, with the reason",
        (
            room("anna", Say("/recommend grab limit=1"), Sees(cards=1, buttons=("Request",))),
            room("anna", Push("Request"), Sees(("Shall I ask",), buttons=("Request it",))),
            room("anna", Push("Request it"), Sees(("waits for approval",))),
            told("anna", "room", "Anna: ", "You can watch", "Why I suggested it: ", comes=True),
        ),
    ),
    Scene(
        "a request is declined, and a quota reached",
        (
            private("ben", Say("/request Oldboy"), Sees(buttons=("Oldboy (2013)", "Oldboy (2003)"))),
            private("ben", Push("Oldboy (2013)"), Sees(("Oldboy (2013)",), buttons=("Anfragen",))),
            private("ben", Push("Anfragen"), Sees(("Oldboy (2013)", "Genehmigung"))),
            private(
                "ben", Say("/request Silver Bears"), Sees(("Dein Kontingent ist aufgebraucht",), never=("Anfragen",))
            ),
            Step("dora", "private", Waits(), Sees(("Jonas", "Oldboy")), CHATS),
            private("dora", Give("requests"), Sees(("Jonas", "Oldboy"), buttons=("Refuser",)), TYPED),
            private("dora", Push("Refuser"), Sees(("Oldboy (2013) est refusé",))),
            told("ben", "private", "Die Anfrage für Oldboy (2013) wurde abgelehnt"),
            private("ben", Give("requests"), Sees(("Oldboy (2013) wurde abgelehnt",))),
        ),
    ),
    Scene(
        "seasons are chosen one by one",
        (
            private("anna", Say("/request The Crown"), Sees(("Which seasons",), buttons=("Latest season (6)",))),
            private("anna", Push("Choose seasons"), Sees(buttons=("Season 1", "Season 2"))),
            private("anna", Push("Season 2"), Sees(buttons=("Season 2 ✓", "Go on with 2"))),
            private("anna", Push("Go on with 2"), Sees(("The Crown", "6 of 6 left"), buttons=("Request it",))),
            private("anna", Push("Request it"), Sees(("seasons 2", "waits for approval"))),
        ),
    ),
    Scene(
        "somebody else wants to be told too",
        (
            private("anna", Say("/request Flow"), Sees(("Flow (2024)",), buttons=("Request it",))),
            private("anna", Push("Request it"), Sees(("waits for approval",))),
            private("ben", Say("/request Flow"), Sees(("schon angefragt",), buttons=("Sag es auch mir",))),
            private("ben", Push("Sag es auch mir"), Sees(("wenn du Flow (2024) ansehen kannst",))),
            told("anna", "private", "You can watch Flow (2024) now", comes=True),
            told("ben", "private", "Du kannst Flow (2024) jetzt ansehen"),
        ),
    ),
    Scene(
        "who may not see it, or has no account, asks for nothing",
        (
            private("cleo", Say("/request The Raid"), Sees(never=("2011", "Soll ich"))),
            private("cleo", Say("/request Perfect Days"), Sees(("kein Konto für Anfragen",), never=("Soll ich",))),
        ),
    ),
)
