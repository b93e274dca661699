"""Words for languages (ISO 639-1) and countries (ISO 3166-1), by language of the speaker."""

from __future__ import annotations

from collections.abc import Mapping

# country, language: adjectives, names, for speakers of English | German | French
_TABLE = """
US,en: american, usa; america; united states; the us; the states; hollywood
   | amerikanisch, usa; amerika | americain, etats unis; usa; amerique
GB,en: british, britain; great britain; uk; the uk; england; scotland; united kingdom
   | britisch, grossbritannien; england | britannique, grande bretagne; angleterre; royaume uni
FR,fr: french, france | franzosisch, frankreich | francais, france
DE,de: german, germany | deutsch, deutschland | allemand, allemagne
AT,de: austrian, austria | osterreichisch, osterreich | autrichien, autriche
CH,de: swiss, switzerland | schweizerisch; schweizer, schweiz | suisse, la suisse
IT,it: italian, italy | italienisch, italien | italien, italie
ES,es: spanish, spain | spanisch, spanien | espagnol, espagne
MX,es: mexican, mexico | mexikanisch, mexiko | mexicain, mexique
AR,es: argentinian; argentine; argentinean, argentina | argentinisch, argentinien | argentin, argentine
BR,pt: brazilian, brazil | brasilianisch, brasilien | bresilien, bresil
PT,pt: portuguese, portugal | portugiesisch, portugal | portugais, portugal
JP,ja: japanese, japan | japanisch, japan | japonais, japon
KR,ko: korean; south korean, korea; south korea
   | koreanisch; sudkoreanisch, korea; sudkorea | coreen; sud coreen, coree; coree du sud
CN,zh: chinese, china | chinesisch, china | chinois, chine
HK,cn: cantonese, hong kong | kantonesisch, hongkong | cantonais, hong kong
TW,zh: taiwanese, taiwan | taiwanesisch, taiwan | taiwanais, taiwan
IN,hi: indian; bollywood; hindi, india | indisch; hindi; bollywood, indien | indien; bollywood; hindi, inde
IR,fa: iranian; persian; farsi, iran | iranisch; persisch, iran | iranien; persan, iran
TR,tr: turkish, turkey | turkisch, turkei | turc; turque, turquie
RU,ru: russian; soviet, russia | russisch; sowjetisch, russland | russe; sovietique, russie
PL,pl: polish, poland | polnisch, polen | polonais, pologne
CZ,cs: czech, czech republic | tschechisch, tschechien | tcheque, republique tcheque
HU,hu: hungarian, hungary | ungarisch, ungarn | hongrois, hongrie
RO,ro: romanian, romania | rumanisch, rumanien | roumain, roumanie
GR,el: greek, greece | griechisch, griechenland | grec; grecque, grece
SE,sv: swedish, sweden | schwedisch, schweden | suedois, suede
DK,da: danish, denmark | danisch, danemark | danois, danemark
NO,no: norwegian, norway | norwegisch, norwegen | norvegien, norvege
FI,fi: finnish, finland | finnisch, finnland | finlandais; finnois, finlande
IS,is: icelandic, iceland | islandisch, island | islandais, islande
NL,nl: dutch, netherlands; holland
   | niederlandisch; hollandisch, niederlande; holland | neerlandais; hollandais, pays bas
BE,fr: belgian, belgium | belgisch, belgien | belge, belgique
IE,en: irish, ireland | irisch, irland | irlandais, irlande
CA,en: canadian, canada | kanadisch, kanada | canadien, canada
AU,en: australian; aussie, australia | australisch, australien | australien, australie
NZ,en: new zealand; kiwi, new zealand | neuseelandisch, neuseeland | neo zelandais, nouvelle zelande
ZA,en: south african, south africa | sudafrikanisch, sudafrika | sud africain, afrique du sud
NG,en: nigerian; nollywood, nigeria | nigerianisch, nigeria | nigerian, nigeria
EG,ar: egyptian; arabic, egypt | agyptisch; arabisch, agypten | egyptien; arabe, egypte
IL,he: israeli; hebrew, israel | israelisch; hebraisch, israel | israelien; hebreu, israel
TH,th: thai, thailand | thailandisch; thai, thailand | thailandais; thai, thailande
VN,vi: vietnamese, vietnam | vietnamesisch, vietnam | vietnamien, vietnam
ID,id: indonesian, indonesia | indonesisch, indonesien | indonesien, indonesie
PH,tl: filipino; philippine, philippines | philippinisch, philippinen | philippin, philippines
UA,uk: ukrainian, ukraine | ukrainisch, ukraine | ukrainien, ukraine
CL,es: chilean, chile | chilenisch, chile | chilien, chili
CO,es: colombian, colombia | kolumbianisch, kolumbien | colombien, colombie
"""
_SPEAKERS = ("en", "de", "fr")
# Adjectives of people and of tongues differ here, or the tongue is no country's adjective.
_TONGUES: Mapping[str, Mapping[str, str]] = {
    "en": {"english": "en", "mandarin": "zh", "arabic": "ar", "hindi": "hi", "farsi": "fa", "hebrew": "he"},
    "de": {"englisch": "en", "mandarin": "zh", "arabisch": "ar", "originalton": ""},
    "fr": {"anglais": "en", "mandarin": "zh", "arabe": "ar"},
}


def places(speaker: str) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Adjective to country, name to country, and tongue to language, for one language of speakers."""
    column = _SPEAKERS.index(speaker)
    adjectives: dict[str, str] = {}
    names: dict[str, str] = {}
    tongues: dict[str, str] = {}
    for line in _TABLE.replace("\n   | ", " | ").strip().splitlines():
        codes, _, columns = line.partition(":")
        country, _, language = codes.partition(",")
        adjective_part, _, name_part = columns.split("|")[column].strip().partition(",")
        for adjective in _split(adjective_part):
            adjectives[adjective] = country
            tongues.setdefault(adjective, language)
        names.update(dict.fromkeys(_split(name_part), country))
    tongues |= {word: code for word, code in _TONGUES[speaker].items() if code}
    return adjectives, names, tongues


def _split(part: str) -> list[str]:
    return [word.strip() for word in part.split(";") if word.strip()]


def language_of_country(country: str) -> str:
    """The language (ISO 639-1) that a country (ISO 3166-1) stands for; empty where the table has none."""
    codes = (line.partition(":")[0].split(",") for line in _TABLE.splitlines() if ":" in line)
    return next((language for code, language in codes if code == country), "")
