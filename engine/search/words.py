"""From text to index words: folded, without stop words, with plural endings taken off."""

from __future__ import annotations

import re

from engine.search.folding import plain

_WORD = re.compile(r"[^\W_]+")
_ENGLISH = """
a about above after again against all also am an and any are as at be because been before being below between
both but by can could did do does doing down during each few for from further had has have having he her here
hers herself him himself his how i if in into is it its itself just me more most my myself no nor not now of
off on once only or other our ours out over own same she should so some such than that the their theirs them
themselves then there these they this those through to too under until up very was we were what when where
which while who whom why will with would you your yours yourself one two get gets got let im ive dont didnt
doesnt isnt wasnt cant thats s t d ll re ve
"""
_GERMAN = """
der die das den dem des ein eine einen einem einer eines und oder aber nicht kein keine ist sind war waren
wird werden wie was wer wo von vom zu zum zur mit ohne auf aus bei nach vor im in am an als auch nur noch
schon so es er sie ich du wir ihr mir mich dir dich uns sich dass wenn dann fur uber unter durch um bis etwas
irgendwas
"""
_FRENCH = """
le la les un une des du de et ou mais ne pas est sont etait il elle on nous vous ils elles je tu que qui quoi
dont ce cette ces mon ma mes ton ta tes son sa ses leur leurs au aux en dans par pour sur avec sans sous plus
tres l d qu c n j m ca cela ceci
"""
# Words of asking: they say that somebody wants a film, not which.
_ASKING = """
whats told side ending taking world mochte beaucoup plutot second third fourth fifth
want wants wanted wanna looking look looks something anything movie movies film films flick show shows watch
watching see seen seeing recommend recommendation recommendations suggest suggestion suggestions suggested
give find need please good great nice best better really kind sort type feel feels feeling mood evening night
tonight today friday saturday sunday weekend tomorrow thanks thank hello hey hi like likes love loved loves
liked enjoy enjoyed similar maybe also bit little lot lots much many quite rather pretty very set based made
starring directed director actor actors star stars featuring title titles thing things stuff way make makes
think know tell come going whatever anyone everyone people person new old time year years minute minutes hour
hours long short ever always never even still back first last next every another other others different else
again around full sure okay yes yeah top rated rating popular famous english perfect awesome amazing fantastic
favorite favourite cool interesting watchable must worth mind guy guys man woman style vibe vibes vein plot
story stories kinda sorta theme themed themes involving take takes place elements touch
suche gib zeig zeige empfiehl empfehle empfehlung empfehlungen schauen gucken sehen anschauen ansehen heute
abend bitte gern gerne mal lust stimmung film filme serie serien gut guten gutes guter beste besten toll schon
neue neuer neues etwas irgendein irgendeinen bisschen richtig wirklich ganz sehr eher art ahnlich ahnliche
ahnlichen handelt geht spielt jahr jahre jahren minuten stunden lang kurz uns wochenende freunde mochten haben
hatte brauche will mag
cherche voudrais veux aimerais voir regarder regarde recommande recommander conseille conseiller propose
proposer film films serie series ce soir bon bonne bons meilleur meilleurs envie genre style quelque chose
trouve trouver donne donner montre an ans annee annees minutes heures peu vraiment faire passe histoire parle
svp stp plait soiree aime bien
"""
# Words of a conversation, which may be titles, but say nothing of what a film is about.
_TALKING = """
help saw though well right ones fan fans care found haha lol hmm oh ok yep sorry actually definitely seems heard
watched wondering anyway agree
"""
STOP_WORDS = frozenset((_ENGLISH + _GERMAN + _FRENCH).split())
FILLERS = frozenset(_ASKING.split())
TALK = frozenset(_TALKING.split())


def stem(word: str) -> str:
    """What an English word and its plural have in common; irregular plurals stay as they are.

    "zombies" may come from "zombie" and "bodies" from "body": all of them end in "y" here.
    """
    if len(word) < 4:
        return word
    if word[-1] == "s":
        if word.endswith(("ss", "us", "is")):
            return word
        if word.endswith(("sses", "shes", "ches", "xes", "zes")):
            return word[:-2]
        word = word[:-1]
    return word[:-2] + "y" if len(word) > 4 and word.endswith("ie") else word


def words(text: str) -> list[str]:
    """Index words in their order; a word counts as often as it stands there."""
    lowered = plain(text)
    tokens = _WORD.findall(lowered.replace("'", "") if "'" in lowered else lowered)
    return [stem(word) for word in tokens if word not in STOP_WORDS]


def phrase(text: str) -> str:
    """A keyword as one index word: "Bank Robberies" becomes "bank_robbery"; empty if it says nothing."""
    return "_".join(words(text))


def phrases(tokens: list[str], longest: int = 3) -> list[str]:
    """Neighbouring words joined as keywords are, two to `longest` words long."""
    return [
        "_".join(tokens[start : start + length])
        for length in range(2, longest + 1)
        for start in range(len(tokens) - length + 1)
    ]
