"""What a "not" covers: the words after it, up to where the thought turns."""

from __future__ import annotations

from engine.search.sentences import Sentence

NEGATIONS = frozenset({
    "not", "no", "nothing", "nobody", "without", "never", "isnt", "arent", "dont", "doesnt", "didnt", "wont", "cant",
    "except", "avoid", "excluding", "hate", "hated", "hates", "dislike", "disliked", "minus", "neither", "nor",
    "non", "less", "wasnt", "nicht", "nich", "kein", "keine", "keinen", "keiner", "keinem", "keines", "ohne", "nie",
    "nichts", "nix", "niemals", "ausser", "hasse", "hasst", "hassen", "weniger", "hasste", "weder", "pas", "sans",
    "aucun", "aucune", "jamais", "rien", "sauf", "deteste", "ni", "moins", "hormis", "excepte",
    # as they are said in Bavaria, Austria and Switzerland
    "nid", "koa", "koan", "kei",
    "keinesfalls", "keineswegs", "ss", "zero", "null", "nowt",
})  # fmt: skip
_BRIEF = frozenset({"less", "weniger", "moins"})  # these cover the next word or two
_TURNS = frozenset({
    "but", "just", "only", "instead", "please", "rather", "something", "anything", "maybe", "though", "however",
    "from", "starring", "because", "where", "which", "who", "im", "id", "ill", "we", "i", "preferably", "ideally",
    "more", "thanks", "aber", "sondern", "lieber", "bitte", "stattdessen", "vielleicht", "etwas", "aus", "ich",
    "wir", "weil", "mehr", "dafur", "mais", "plutot", "seulement", "juste", "svp", "depuis", "je", "on", "nous",
    "parce", "plus", "give", "show", "find", "gib", "zeig", "zeige", "donne", "montre", "trouve",
})  # fmt: skip
# These end the reach of a "not" once it has something to deny: "not with Tom Cruise", "no film like Heat", but "no
# horror for the children".
_JOINTS = frozenset(
    {"with", "mit", "avec", "like", "wie", "comme", "in", "about", "uber", "sur", "set", "en", "for", "fur", "pour"}
)
# What stands between a "not" and what it denies: "I don't want to watch anything with ...".
_EMPTY = frozenset({
    "a", "an", "any", "anything", "something", "the", "to", "of", "want", "wants", "need", "watch", "see", "feel",
    "feeling", "feels", "fancy", "mood", "looking", "up", "into", "fan", "interested", "keen", "movie", "movies",
    "film", "films", "show", "shows", "series", "stuff", "flick", "flicks", "these", "those", "more", "another",
    "really", "here", "likes", "ein", "eine", "einen", "einem", "einer", "etwas", "was", "lust", "auf", "will",
    "mochte", "mochten",
    "wollen", "sehen", "schauen", "gucken", "filme", "filmen", "serie", "serien", "sachen", "zeug", "mehr", "schon",
    "wieder", "one", "ones", "everything", "all", "starring", "celui", "celle", "ceux", "celles", "tout", "ce",
    "qui", "que", "alles", "alle", "den", "die", "das", "denen", "un", "une", "d", "de", "des", "envie", "veux",
    "veut", "voir", "regarder", "quelque", "chose", "truc", "trucs", "encore", "plus",
})  # fmt: skip
_VAGUE = frozenset({"anything", "something", "etwas"})
_MORE = frozenset({"more", "mehr", "plus"})
_THAN = frozenset({"than", "als", "over", "uber", "que"})
_DEGREES = frozenset({"too", "so", "very", "that", "zu", "sehr", "allzu", "trop", "tres", "si"})
_AND = frozenset({"and", "und", "et"})
_NOT_ONLY = frozenset({
    "only", "just", "nur", "seulement", "necessarily", "unbedingt", "forcement", "bad", "schlecht", "mind", "mal",
    "matter", "care", "problem", "idea", "preference", "know", "sure", "sicher",
})  # fmt: skip
# "Rather a thriller than a comedy", "plutôt un polar qu'une comédie".
_PREFERS = frozenset({"rather", "lieber", "eher", "plutot", "prefer", "prefere", "preferons"})
_RATHER_THAN = frozenset({"than", "als", "que", "qu"})
_WHY = frozenset({"why", "warum", "wieso", "pourquoi", "weiss", "sais", "know"})
# "Anything but horror" wants none, "something but funny" does.
_ALL_BUT = frozenset({"anything", "everything", "all", "any", "anyone", "anybody", "everyone", "everybody"})
_ENDS = frozenset({".", ";", "!", "?", ":", "(", ")", "-", "–"})
_CLAUSES = _ENDS | {",", "but", "aber", "mais", "sondern", "und", "dann", "then", "alors", "because", "weil", "car"}
_THROWS = frozenset({
    "wirf", "werf", "schmeiss", "schmeisse", "nimm", "lass", "streich", "kick", "hau", "throw", "take", "chuck",
    "leave", "filter", "get", "knock",
})  # fmt: skip
_OUT = frozenset({"raus", "weg", "draussen", "out"})
_THAT = frozenset({"that", "this", "ca", "cela", "das", "davon", "dem"})
_YES = frozenset({"yes", "ja", "oui"})
_NO = frozenset({"no", "nope", "nein", "nee", "non", "nicht", "nich", "ned", "net", "pas"})
# Before a "not" that only makes a question polite.
_POLITE = frozenset({
    "t aurais", "tu aurais", "vous auriez", "auriez vous", "n auriez vous", "aurais tu", "n aurais tu", "t as",
    "tu n as", "tu n aurais", "vous n auriez", "vous n avez", "n avez vous", "n as tu", "tas", "taurais",
    "on aurait", "y aurait", "n y aurait il", "y aurait il", "existe t il", "n existe t il", "hast du", "hattest du",
    "habt ihr", "hattet ihr", "haben sie", "hatten sie", "gibts",
    "gibt s", "gibt es", "gabe es", "konntest du", "kannst du", "haste",
    "y", "have you", "couldnt you", "do you", "y a", "il n y a", "n y a t il", "ya", "y aurait t il", "got you",
    "are there",
})  # fmt: skip
_ASKED_POLITELY = frozenset({"pas", "nicht", "dont", "not", "nothing", "nichts", "nix", "rien", "no"})
_DIALECT = frozenset({"ned", "net", "nimma"})
_GERMAN = frozenset({
    "ich", "und", "der", "das", "aber", "mim", "wos", "heit", "bitte", "mit", "nicht", "was", "wie", "ein", "oba",
    "ham",
    "serie", "serien", "filme", "stund", "stunden", "bissl", "hab", "lang",
})  # fmt: skip
_SAVE_FOR = frozenset({"except", "ausser", "sauf"})
_SAME = frozenset({"same", "again", "pareil", "meme", "gleiche", "gleichen", "gleich", "selbe", "nochmal", "idem"})
_REACH = 8
_BRIEF_REACH = 3
_REACH_BACK = 6
_LIST_REACH = 5
_DENY = """
sick of, tired of, fed up with, bored of, bored with, had enough of, enough of, nobody wants, nobody is in the mood for,
no one wants, none of us want, none of us likes, other than, apart from, instead of, rather than, anything but,
everything but, scrap the, drop the, lose the, ditch the, forget the, cut the,
lose everything, lose anything, lose all, lose those, drop everything, drop anything, drop all, drop those, drop any,
cant be doing with, cant face, cant handle, cant deal with, cant stand, cant bear, not up for, so over, done with,
any bar, all bar, anything bar, everything bar, anyone bar, everyone bar, w o, hors, none of, none with, aber net,
aber ned,
nur net, nur ned, cut everything, cut anything, cut out, get rid of,
leave out, filter out, throw out, take out, exclude, remove,
chuck out, bin the, nothing starring, hold the, go easy on, lay off the, no more of,
besides, anything except, ned so, net so, ned zu, net zu, ned wieder, net wieder,
anderes als, was anderes als, etwas anderes als, alles ausser, autre chose que, autre chose qu, autre que, autre qu,
steer clear of, stay away from, skip the, spare me, spare us, can do without, could do without,
genug von, auf keinen fall, statt, anstatt, anstelle von, abgesehen von, bis auf, niemand will, niemand mag,
keiner will, keiner mag, verschon mich mit, verschone uns mit, bleib mir weg mit, bloss nicht, hangt mir zum hals raus,
marre de, marre des, marre d, ras le bol de, ras le bol des, ras le bol d, assez de, assez des, assez d, evite, evitez,
eviter, evitons, au lieu de, au lieu d, plutot que, personne ne veut, personne n aime, personne n a envie de, a part,
retirez moi, enlevez moi, epargne moi, enleve moi, vire moi, retire moi, vire tout, vire ceux, vire celui, vire celle,
enleve tout, enleve ceux, enleve celles, exclus,
retire tout, retire les, retire ceux, degage les, supprime les, supprime tout, pas celui, pas celle, pas ceux,
pas celles, tout sauf, vire la, vire le, vire les, enleve la, enleve les, laisse tomber la, laisse tomber les,
oublie la, oublie les, fini les, plus jamais de, peux plus voir, supporte plus, supporte pas
"""
_DENY_BEFORE = """
not my thing, arent my thing, isnt my thing, isnt really my thing, arent really my thing, not our thing, no thanks,
no thank you, off the table, leave me cold, leaves me cold, do nothing for me, does nothing for me, not for me,
not for us, arent for me, isnt for me, bore me, bores me, annoys me, annoy me, are a no go, is a no go, are out,
mag ich nicht, mag ich gar nicht, mag ich uberhaupt nicht, mogen wir nicht, mag keiner, mag hier keiner,
nicht leiden, nicht ausstehen, nichts anfangen, muss nicht sein, mussen nicht sein, muss heute nicht sein,
mussen heute nicht sein, geht gar nicht, gehen gar nicht, geht nicht, gehen nicht, nein danke, brauch ich nicht,
brauche ich nicht, brauchen wir nicht, hab ich satt, habe ich satt, satt, kommt nicht in frage, kommen nicht in frage,
ist nichts fur mich, sind nichts fur mich, ist nichts fur uns, sind nichts fur uns, ist nicht mein ding,
sind nicht mein ding, ist nicht so meins, sind nicht so meins, ist nicht meins, sind nicht meins, lieber nicht,
nicht vorkommt, nicht mitspielt, nicht mitmacht, nicht dabei ist, nicht auftaucht, scheidet aus, scheidet aber aus,
scheiden aus, scheiden aber aus, kommt nicht infrage, kannste stecken lassen, kannst du stecken lassen,
kannste behalten, kannst du behalten, hatten wir genug,
hatten wir schon, hatten wir grad, kannste knicken, kannst du knicken, kannste vergessen, kannst du vergessen,
kannst du streichen, kannste streichen,
ausgeschlossen, ausgenommen, excluded, exclu, exclus, exclue, exclues, fliegen raus, fliegt raus, schmeiss raus,
rausschmeissen, rausnehmen, rauslassen, weglassen, aussortieren, raus damit,
bleiben draussen, bleibt draussen, sind tabu, ist tabu, gehen uns auf den keks, geht mir auf den keks,
hasse ich, hassen wir, hangt mir zum hals raus, hangen mir zum hals raus, ist raus, sind raus, langweilt mich,
langweilen mich, nervt mich, nerven mich, tres peu pour moi, tres peu pour nous, non merci, pas mon truc,
c est pas mon truc, pas notre truc, pas pour moi, pas pour nous, c est non, m ennuie, m ennuient, me gonfle,
me gonflent, me saoule, me saoulent, j aime pas, j aime pas trop, on n aime pas, je deteste ca
"""


def _phrases(words: str) -> tuple[tuple[str, ...], ...]:
    """The longest first, so that none is hidden by its own beginning."""
    listed = (tuple(phrase.split()) for phrase in words.replace("\n", " ").split(","))
    return tuple(sorted(listed, key=len, reverse=True))


_DENIALS = _phrases(_DENY)
_AFTERTHOUGHTS = _phrases(_DENY_BEFORE)


def negated_places(sentence: Sentence) -> frozenset[int]:
    """Places of all words that a "not" covers; the words of a name that is understood already deny nothing."""
    folded = sentence.folded
    covered: set[int] = set()
    for place, word in enumerate(folded):
        if place in sentence.used:
            continue
        if _is_last_word(folded, place):
            covered.update(range(_start_of_reach(folded, place), place))
            continue
        if size := _length(_AFTERTHOUGHTS, folded, place):
            covered.update(range(_start_of_reach(folded, place), place))
            if not _goes_before(folded, place + size):
                continue
        if word == "point" and not {"ne", "n"}.isdisjoint(folded[max(place - 3, 0) : place]):
            covered.update(range(place + 1, _end_of_reach(folded, place + 1, _REACH)))
        if word in _THROWS and (end := _thrown_out(folded, place)):
            covered.update(range(place + 1, end))
        length = _length(_DENIALS, folded, place)
        if length and " ".join(folded[place + length : place + length + 1]) in _THAT:
            continue  # "apart from that, anything goes"
        denies = (
            word in NEGATIONS or _is_dialect(sentence, folded, place) or (word == "noch" and "weder" in folded[:place])
        )
        denies = denies or (word == "but" and place > 0 and folded[place - 1] in _ALL_BUT)
        denies = denies or (word in _RATHER_THAN and not _PREFERS.isdisjoint(folded[max(place - _REACH, 0) : place]))
        if length or (denies and not _is_harmless(folded, place)):
            start = place + (length or 1)
            covered.update(range(start, _end_of_reach(folded, start, _BRIEF_REACH if word in _BRIEF else _REACH)))
    return frozenset(covered)


def _thrown_out(folded: list[str], place: int) -> int:
    """Where "wirf den Horror raus" ends; 0, where nothing is thrown out."""
    for end in range(place + 2, min(len(folded), place + _REACH + 1)):
        if folded[end] in _OUT:
            return end
        if folded[end] in _ENDS:
            break
    return 0


def _is_dialect(sentence: Sentence, folded: list[str], place: int) -> bool:
    """ "Ned" and "net" as they are said in Bavaria and Austria; Ned Kelly and the net deny nothing."""
    return folded[place] in _DIALECT and sentence.words[place].text.islower() and not _GERMAN.isdisjoint(folded)


def _length(phrases: tuple[tuple[str, ...], ...], folded: list[str], place: int) -> int:
    """How many words the longest of the phrases takes that stands at a place; 0, if none does."""
    first = folded[place]
    return next((len(each) for each in phrases if each[0] == first and _stands(each, folded, place)), 0)


def _stands(phrase: tuple[str, ...], folded: list[str], place: int) -> bool:
    return tuple(folded[place : place + len(phrase)]) == phrase


def _is_last_word(folded: list[str], place: int) -> bool:
    """ "Creepy yes, violent no"."""
    before = folded[place - 1] if place else ""
    if before == "," and place > 1 and not _YES.isdisjoint(folded[:place]):  # "scary, yes, violent, no"
        before = folded[place - 2]
    return (
        folded[place] in _NO and bool(before) and before not in _CLAUSES | _WHY and not _goes_before(folded, place + 1)
    )


def _goes_before(folded: list[str], end: int) -> bool:
    """Whether words follow in the same clause, so that "no thanks" or "not for me" may deny those."""
    return end < len(folded) and folded[end] not in _CLAUSES


def _start_of_reach(folded: list[str], place: int) -> int:
    """Where the clause begins that an afterthought denies: "musicals are not my thing"."""
    start = place
    if start and folded[start - 1] == ",":  # "horror, no thanks"
        start -= 1
    while start and place - start < _REACH_BACK and folded[start - 1] not in _CLAUSES:
        start -= 1
    return start


def _is_harmless(folded: list[str], place: int) -> bool:
    """ "Not only", "no matter", "don't care", "why not" deny nothing, "plus ou moins" neither."""
    following = folded[place + 1] if place + 1 < len(folded) else ""
    before = folded[place - 1] if place else ""
    if folded[place] == "moins" and before in ("au", "ou", "du"):
        return True
    if folded[place] in _SAVE_FOR and not _SAME.isdisjoint(folded[:place]):  # "same again, except with ..."
        return True
    if folded[place] == "no" and following.isdigit():  # "no 5"
        return True
    if folded[place] in _ASKED_POLITELY and _asks_whether(folded, place):
        return True
    return following in _NOT_ONLY or before in _WHY


def _asks_whether(folded: list[str], place: int) -> bool:
    """Whether a "not" only makes a question polite: "t'aurais pas un thriller?", "hast du nicht einen Krimi?"."""
    before = {" ".join(folded[max(place - size, 0) : place]) for size in (1, 2, 3)}
    return not _POLITE.isdisjoint(before) or (
        folded[place] == "dont" and folded[place + 1 : place + 3] == ["you", "have"]
    )


def _end_of_reach(folded: list[str], start: int, reach: int) -> int:
    end, says = start, False
    by_degree = start < len(folded) and folded[start] in _DEGREES
    while end < len(folded) and end - start < reach:
        word = folded[end]
        following = folded[end + 1] if end + 1 < len(folded) else ""
        if word in _ENDS or (word in _THAN and _is_number(following)):
            break
        if word in _TURNS and not (word in _VAGUE and not says) and not (word in _MORE and end == start):
            break
        if word in _JOINTS and says:
            break
        if by_degree and word in _AND:  # "not too long and funny"
            break
        if word == "," and not _goes_on(folded, end):
            break
        says = says or not (word in _EMPTY or word in _JOINTS)
        end += 1
    return end


def _is_number(word: str) -> bool:
    return word[:1].isdigit()


def _goes_on(folded: list[str], comma: int) -> bool:
    """Whether a comma only separates items of a list that an "or" will close: "no gore, blood or torture"."""
    for word in folded[comma + 1 : comma + 1 + _LIST_REACH]:
        if word in ("or", "nor", "oder", "ou", "ni", "noch"):
            return True
        if word in _TURNS or word in _ENDS or word in _JOINTS:
            return False
    return False
