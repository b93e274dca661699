"""Words for languages (ISO 639-1) and countries (ISO 3166-1), by language of the speaker."""

from __future__ import annotations

import re
from collections.abc import Mapping

# country, language: adjectives, names, for speakers of English | German | French; empty, where there are none
_TABLE = """
US,en: american, usa; america; united states; the us; the states; hollywood; stateside
   | amerikanisch; us amerikanisch; nordamerikanisch, usa; amerika; vereinigte staaten; vereinigten staaten
   | americain; etatsunien; etats unien; etasunien; amerloque, etats unis; usa; amerique; states
GB,en: british; scottish; welsh; brit; scots; glaswegian, britain; wales; great britain; uk; the uk; england
   | britisch; schottisch; walisisch; nordirisch, grossbritannien; england; schottland; vereinigtes konigreich
   | britannique; ecossais; gallois; nord irlandais, grande bretagne; angleterre; royaume uni; ecosse
FR,fr: french; breton; corsican, france; brittany; corsica
   | franzosisch; franzosich; franzoesisch; bretonisch; korsisch, frankreich
   | francais; breton; provencal; alsacien; occitan; chti, france; bretagne; corse; hexagone; alsace; provence
DE,de: german; bavarian; west german, germany; bavaria; west germany
   | deutsch; bayerisch; bayrisch; boarisch; schwabisch; frankisch, deutschland; bundesrepublik; bayern; brd
   | allemand; germanique; teuton; bavarois; ouest allemand, allemagne; outre rhin; baviere; rfa; rda
AT,de: austrian, austria
   | osterreichisch; wienerisch; tirolerisch; tirolisch; steirisch, osterreich; oesterreich; ostereich
   | autrichien; viennois; tyrolien, autriche; tyrol
CH,de: swiss; swiss german, switzerland
   | schweizerisch; schweizer; schwyzerisch; schwiizerisch, schweiz; schwiiz; deutschschweiz; westschweiz
   | suisse; suisse allemand; suisse alemanique; suisse germanique, la suisse; suisse romande; romandie
IT,it: italian; sicilian; neapolitan; sardinian, italy; sicily
   | italienisch; sizilianisch; neapolitanisch; sardisch; sudtirolerisch, italien
   | italien; sicilien; napolitain; sarde; transalpin, italie; sicile; sardaigne
ES,es: spanish, spain; catalonia; basque country; galicia
   | spanisch; andalusisch; kastilisch, spanien; katalonien; baskenland; galicien
   | espagnol; andalou; andalouse; castillan, espagne; andalousie; catalogne; pays basque; galice
MX,es: mexican, mexico | mexikanisch, mexiko | mexicain, mexique
AR,es: argentinian; argentine; argentinean, argentina | argentinisch, argentinien | argentin, argentine
BR,pt: brazilian, brazil | brasilianisch, brasilien | bresilien, bresil
PT,pt: portuguese, portugal | portugiesisch, portugal | portugais; lusitanien; portuguais, portugal
JP,ja: japanese, japan | japanisch, japan | japonais; nippon; japonnais; jap, japon; pays du soleil levant
KR,ko: korean; south korean; s korean, korea; south korea; s korea
   | koreanisch; sudkoreanisch; suedkoreanisch, korea; sudkorea; suedkorea
   | coreen; sud coreen; koreen; sudcoreen, coree; coree du sud
CN,zh: chinese; mainland chinese, china; mainland china
   | chinesisch; festlandchinesisch, china; volksrepublik china
   | chinois, chine; republique populaire de chine
HK,cn: cantonese; hongkong; hong kongese, hong kong; hongkong
   | kantonesisch; hongkong chinesisch; hong kong chinesisch; hongkongfilm; hongkongchinesisch, hongkong
   | cantonais; hongkongais; hong kongais, hong kong; hongkong
TW,zh: taiwanese, taiwan | taiwanesisch, taiwan | taiwanais, taiwan; formose
IN,hi: indian; bollywood; hindi, india; tamil nadu; kerala; punjab
   | indisch; hindi; bollywood, indien; tamil nadu; kerala
   | indien; bollywood; hindi, inde; pendjab; tamil nadu; kerala
IR,fa: iranian; persian; farsi, iran | iranisch; persisch, iran | iranien; persan; perse, iran; perse
TR,tr: turkish, turkey | turkisch; tuerkisch; turkiye, turkei; tuerkei | turc; turque; ottoman, turquie
RU,ru: russian; soviet, russia
   | russisch; sowjetisch; udssr, russland; sowjetunion
   | russe; sovietique; moscovite, russie; urss; union sovietique
PL,pl: polish, poland | polnisch, polen | polonais, pologne
CZ,cs: czech, czech republic; czechia
   | tschechisch; tschechoslowakisch; bohmisch, tschechien; tschechoslowakei; tschechei; tschechische republik
   | tcheque; tchecoslovaque, republique tcheque; tchequie; tchecoslovaquie
HU,hu: hungarian, hungary | ungarisch; magyarisch, ungarn | hongrois; magyar, hongrie
RO,ro: romanian, romania | rumanisch; rumaenisch; siebenburgisch, rumanien; rumaenien | roumain, roumanie
GR,el: greek, greece
   | griechisch; kretisch; neugriechisch, griechenland
   | grec; grecque; hellenique; cretois, grece; crete
SE,sv: swedish, sweden | schwedisch; schwedenfilm; schwedenserie, schweden | suedois, suede
DK,da: danish, denmark | danisch; daenisch, danemark; daenemark | danois, danemark; danemarck
NO,no: norwegian, norway | norwegisch, norwegen | norvegien, norvege
FI,fi: finnish, finland | finnisch, finnland | finlandais; finnois, finlande
IS,is: icelandic, iceland | islandisch; islaendisch, island | islandais, islande
NL,nl: dutch, netherlands; holland
   | niederlandisch; hollandisch, niederlande; holland
   | neerlandais; hollandais; holandais; batave, pays bas; hollande
BE,fr: belgian; walloon, belgium; flanders; wallonia
   | belgisch; wallonisch, belgien; flandern; wallonien
   | belge; wallon; bruxellois; liegeois, belgique; wallonie; bruxelles; plat pays; flandre; flandres
IE,en: irish, ireland; republic of ireland; emerald isle | irisch, irland | irlandais, irlande; republique d irlande
CA,en: canadian; quebecois; canuck, canada; quebec
   | kanadisch; quebecer, kanada; quebec
   | canadien; quebecois; canadien anglais; anglo canadien; ontarien, canada; quebec; acadie; montreal
AU,en: australian; aussie; ozploitation; tasmanian, australia; down under; straya; tasmania
   | australisch; down under, australien
   | australien; tasmanien, australie; tasmanie
NZ,en: new zealand; kiwi; new zealander, new zealand; aotearoa
   | neuseelandisch; maorisch, neuseeland; aotearoa
   | neo zelandais; maori; neozelandais, nouvelle zelande
ZA,en: south african, south africa
   | sudafrikanisch; suedafrikanisch, sudafrika; suedafrika
   | sud africain; sudafricain, afrique du sud
NG,en: nigerian; nollywood, nigeria | nigerianisch, nigeria | nigerian, nigeria
EG,ar: egyptian; arabic, egypt | agyptisch; arabisch; aegyptisch, agypten; aegypten | egyptien; arabe, egypte
IL,he: israeli; hebrew, israel | israelisch; hebraisch, israel | israelien; hebreu, israel
TH,th: thai, thailand | thailandisch; thai, thailand | thailandais; thai; tailandais, thailande
VN,vi: vietnamese, vietnam | vietnamesisch, vietnam | vietnamien, vietnam; viet nam
ID,id: indonesian, indonesia | indonesisch, indonesien | indonesien, indonesie
PH,tl: filipino; philippine, philippines
   | philippinisch; filipinisch; tagalog, philippinen; philipinen
   | philippin, philippines
UA,uk: ukrainian, ukraine | ukrainisch, ukraine | ukrainien, ukraine
CL,es: chilean, chile | chilenisch, chile | chilien, chili
CO,es: colombian, colombia | kolumbianisch; columbianisch, kolumbien; columbien | colombien, colombie
KP,ko: north korean, north korea | nordkoreanisch, nordkorea | nord coreen, coree du nord
PK,ur: pakistani, pakistan | pakistanisch; urdu, pakistan | pakistanais, pakistan
BD,bn: bangladeshi, bangladesh | bangladeschisch; bengalisch, bangladesch | bangladais; bangladeshi, bangladesh
LK,si: sri lankan, sri lanka | srilankisch; singhalesisch, sri lanka | sri lankais, sri lanka
NP,ne: nepali; nepalese, nepal | nepalesisch; nepali, nepal | nepalais, nepal
BT,dz: bhutanese, bhutan | bhutanisch; bhutanesisch, bhutan | bhoutanais, bhoutan
MM,my: burmese, burma; myanmar
   | burmesisch; birmanisch; myanmarisch, myanmar; burma; birma
   | birman, birmanie; myanmar
KH,km: cambodian, cambodia | kambodschanisch, kambodscha | cambodgien; khmer, cambodge
LA,lo: laotian, laos | laotisch, laos | laotien, laos
MY,ms: malaysian; malay, malaysia | malaysisch; malaiisch, malaysia | malaisien, malaisie
SG,en: singaporean, singapore | singapurisch, singapur; singapore | singapourien, singapour
MN,mn: mongolian, mongolia | mongolisch, mongolei | mongol, mongolie
KZ,kk: kazakh; kazakhstani, kazakhstan | kasachisch, kasachstan | kazakh, kazakhstan
KG,ky: kyrgyz, kyrgyzstan | kirgisisch, kirgistan; kirgisistan; kirgisien | kirghize, kirghizistan; kirghizie
UZ,uz: uzbek, uzbekistan | usbekisch, usbekistan | ouzbek, ouzbekistan
TJ,tg: tajik, tajikistan | tadschikisch, tadschikistan | tadjik, tadjikistan
AF,fa: afghan; afghani, afghanistan | afghanisch, afghanistan | afghan, afghanistan
AM,hy: armenian, armenia | armenisch, armenien | armenien, armenie
AZ,az: azerbaijani; azeri, azerbaijan | aserbaidschanisch, aserbaidschan | azerbaidjanais; azeri, azerbaidjan
SA,ar: saudi; saudi arabian, saudi arabia
   | saudi arabisch; saudiarabisch; saudisch, saudi arabien; saudiarabien
   | saoudien, arabie saoudite
AE,ar: emirati, uae; united arab emirates
   | emiratisch, vereinigte arabische emirate; vereinigten arabischen emiraten; emiraten
   | emirati, emirats arabes unis
QA,ar: qatari, qatar | katarisch, katar | qatari; qatarien, qatar
KW,ar: kuwaiti, kuwait | kuwaitisch, kuwait | koweitien, koweit
LB,ar: lebanese, lebanon | libanesisch, libanon | libanais, liban
SY,ar: syrian, syria | syrisch, syrien | syrien, syrie
IQ,ar: iraqi, iraq | irakisch, irak | irakien; iraquien, irak; iraq
JO,ar: jordanian | jordanisch, jordanien | jordanien, jordanie
PS,ar: palestinian, palestine | palastinensisch, palastina | palestinien, palestine
YE,ar: yemeni, yemen | jemenitisch, jemen | yemenite, yemen
MA,ar: moroccan, morocco | marokkanisch, marokko | marocain, maroc
DZ,ar: algerian, algeria | algerisch, algerien | algerien, algerie; kabylie
TN,ar: tunisian, tunisia | tunesisch, tunesien | tunisien, tunisie
LY,ar: libyan, libya | libysch, libyen | libyen, libye
SD,ar: sudanese, sudan | sudanesisch, sudan | soudanais, soudan
MR,ar: mauritanian, mauritania |  | mauritanien, mauritanie
ET,am: ethiopian, ethiopia | athiopisch; amharisch, athiopien | ethiopien, ethiopie
SO,so: somali; somalian, somalia | somalisch, somalia | somalien, somalie
KE,sw: kenyan, kenya | kenianisch; suaheli; swahili, kenia | kenyan; kenian, kenya
TZ,sw: tanzanian, tanzania | tansanisch, tansania | tanzanien, tanzanie
UG,en: ugandan, uganda | ugandisch, uganda | ougandais, ouganda
RW,rw: rwandan, rwanda | ruandisch, ruanda | rwandais, rwanda
GH,en: ghanaian, ghana | ghanaisch, ghana | ghaneen, ghana
SN,fr: senegalese, senegal | senegalesisch, senegal | senegalais, senegal
CI,fr: ivorian, ivory coast | ivorisch, elfenbeinkuste | ivoirien, cote d ivoire
ML,fr: malian | malisch | malien
BF,fr: burkinabe, burkina faso | burkinisch, burkina faso | burkinabe; burkinabais, burkina faso; burkina
CM,fr: cameroonian, cameroon | kamerunisch, kamerun | camerounais, cameroun
CD,fr: congolese, congo | kongolesisch, kongo | congolais, congo; rdc; rd congo; republique democratique du congo
AO,pt: angolan, angola | angolanisch, angola | angolais, angola
MZ,pt: mozambican, mozambique | mosambikanisch, mosambik | mozambicain, mozambique
CV,pt: cape verdean, cape verde | kapverdisch, kapverden; kap verde | cap verdien; capverdien, cap vert
ZW,en: zimbabwean, zimbabwe | simbabwisch, simbabwe | zimbabween, zimbabwe
ZM,en: zambian, zambia | sambisch, sambia | zambien, zambie
NA,en: namibian, namibia | namibisch, namibia | namibien, namibie
BW,en: , botswana | botswanisch, botswana | botswanais, botswana
MG,mg: malagasy | madagassisch, madagaskar | malgache
PE,es: peruvian, peru | peruanisch, peru | peruvien, perou
VE,es: venezuelan, venezuela | venezolanisch; venezuelisch, venezuela | venezuelien, venezuela
EC,es: ecuadorian; ecuadorean, ecuador | ecuadorianisch, ecuador | equatorien, equateur
BO,es: bolivian, bolivia | bolivianisch, bolivien | bolivien, bolivie
UY,es: uruguayan, uruguay | uruguayisch, uruguay | uruguayen, uruguay
PY,es: paraguayan, paraguay | paraguayisch, paraguay | paraguayen, paraguay
CU,es: cuban, cuba | kubanisch, kuba | cubain, cuba
DO,es: dominican, dominican republic
   | dominikanisch, dominikanische republik; dominikanischen republik
   | dominicain, republique dominicaine
PR,es: puerto rican, puerto rico | puertoricanisch; puerto ricanisch, puerto rico | portoricain, porto rico
GT,es: guatemalan, guatemala | guatemaltekisch, guatemala | guatemalteque, guatemala
CR,es: costa rican, costa rica | costaricanisch; costa ricanisch, costa rica | costaricain; costaricien, costa rica
PA,es: panamanian, panama | panamaisch; panamesisch, panama | panameen, panama
HN,es: honduran, honduras | honduranisch, honduras | hondurien, honduras
NI,es: nicaraguan, nicaragua | nicaraguanisch, nicaragua | nicaraguayen, nicaragua
SV,es: salvadoran; salvadorian, el salvador | salvadorianisch, el salvador | salvadorien
JM,en: jamaican, jamaica | jamaikanisch; jamaicanisch, jamaika; jamaica | jamaicain; jamaiquain, jamaique
TT,en: trinidadian, trinidad |  | trinidadien, trinite et tobago; trinidad
HT,ht: haitian, haiti | , haiti | haitien, haiti
MQ,fr: martinican, martinique |  | martiniquais, martinique
SK,sk: slovak; slovakian, slovakia | slowakisch, slowakei | slovaque, slovaquie
SI,sl: slovenian; slovene, slovenia | slowenisch, slowenien | slovene, slovenie
HR,hr: croatian, croatia | kroatisch, kroatien | croate, croatie
RS,sr: serbian; serb, serbia | serbisch, serbien | serbe, serbie
BA,bs: bosnian, bosnia
   | bosnisch, bosnien; bosnien herzegowina; bosnien und herzegowina
   | bosnien; bosniaque, bosnie; bosnie herzegovine
MK,mk: macedonian, macedonia; north macedonia
   | mazedonisch; nordmazedonisch, mazedonien; nordmazedonien
   | macedonien, macedoine; macedoine du nord
ME,sr: montenegrin, montenegro | montenegrinisch, montenegro | montenegrin, montenegro
AL,sq: albanian, albania | albanisch, albanien | albanais, albanie
XK,sq: kosovan; kosovar, kosovo | kosovarisch; kosovoalbanisch, kosovo | kosovar, kosovo
BG,bg: bulgarian, bulgaria | bulgarisch, bulgarien | bulgare, bulgarie
EE,et: estonian, estonia | estnisch; estlandisch, estland | estonien, estonie
LV,lv: latvian, latvia | lettisch; lettlandisch, lettland | letton, lettonie
LT,lt: lithuanian, lithuania | litauisch, litauen | lituanien; lithuanien, lituanie; lithuanie
BY,be: belarusian; belarussian, belarus
   | belarussisch; belarusisch; weissrussisch, belarus; weissrussland
   | bielorusse, bielorussie
MD,ro: moldovan, moldova | moldauisch; moldawisch, moldawien | moldave, moldavie
LU,lb: luxembourgish; luxembourger, luxembourg | luxemburgisch; luxemburger, luxemburg | luxembourgeois, luxembourg
MT,mt: maltese, malta | maltesisch, malta | maltais, malte
CY,el: cypriot, cyprus | zypriotisch; zyprisch, zypern | chypriote, chypre
GL,kl: greenlandic, greenland | gronlandisch, gronland | groenlandais, groenland
FO,fo: faroese, faroe islands | faroisch, faroer; faroer inseln | feroien, iles feroe
PG,en: papuan, papua new guinea | papua neuguineisch, papua neuguinea | papou, papouasie; papouasie nouvelle guinee
FJ,en: fijian, fiji | fidschianisch, fidschi | fidjien, fidji
WS,sm: samoan, samoa | samoanisch, samoa | samoan, samoa
GE,ka:  | georgisch, georgien | georgien, georgie
LI,de:  | liechtensteinisch; liechtensteiner, liechtenstein | liechtensteinois, liechtenstein
MC,fr:  | monegassisch, monaco | monegasque, monaco
GP,fr:  |  | guadeloupeen, guadeloupe
GF,fr:  |  | guyanais, guyane
RE,fr:  |  | reunionnais
PF,fr:  |  | tahitien; polynesien, tahiti; polynesie
NC,fr:  |  | caledonien, nouvelle caledonie
AD,ca:  |  | andorran, andorre
TM,tk:  |  | turkmene, turkmenistan
OM,ar:  |  | omanais, oman
TD,fr:  |  | tchadien, tchad
NE,fr:  |  | nigerien, niger
GN,fr:  |  | guineen, guinee
BJ,fr:  |  | beninois, benin
TG,fr:  |  | togolais, togo
GA,fr:  |  | gabonais, gabon
CG,fr:  |  | , congo brazzaville
CF,fr:  |  | centrafricain, centrafrique
BI,fr:  |  | burundais, burundi
DJ,fr:  |  | djiboutien, djibouti
KM,fr:  |  | comorien, comores
MU,fr:  |  | mauricien, ile maurice
LR,en:  |  | liberien, liberia
SL,en:  |  | sierra leonais, sierra leone
VA,it:  |  | , vatican
"""
_SPEAKERS = ("en", "de", "fr")
# Adjectives of people and of tongues differ here, or the tongue is no country's adjective.
_TONGUES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "english": "en",
        "mandarin": "zh",
        "arabic": "ar",
        "hindi": "hi",
        "farsi": "fa",
        "hebrew": "he",
        "tamil": "ta",
        "telugu": "te",
        "malayalam": "ml",
        "bengali": "bn",
        "punjabi": "pa",
        "urdu": "ur",
        "marathi": "mr",
        "catalan": "ca",
        "basque": "eu",
        "gaelic": "ga",
        "flemish": "nl",
        "french canadian": "fr",
        "franco canadian": "fr",
        "quebecker": "fr",
        "quebecer": "fr",
        "canadien": "fr",
        "maori": "mi",
        "galician": "gl",
        "kannada": "kn",
        "afrikaans": "af",
    },
    "de": {
        "englisch": "en",
        "mandarin": "zh",
        "arabisch": "ar",
        "originalton": "",
        "tamil": "ta",
        "telugu": "te",
        "malayalam": "ml",
        "bengalisch": "bn",
        "punjabi": "pa",
        "urdu": "ur",
        "marathi": "mr",
        "katalanisch": "ca",
        "baskisch": "eu",
        "flamisch": "nl",
        "schwyzerdutsch": "de",
        "schweizerdeutsch": "de",
        "westschweizer": "fr",
        "welschschweizer": "fr",
        "galicisch": "gl",
        "frankokanadisch": "fr",
        "quebecisch": "fr",
        "quebecois": "fr",
        "tamilisch": "ta",
        "afrikaans": "af",
        "haitianisch": "fr",
    },
    "fr": {
        "anglais": "en",
        "mandarin": "zh",
        "arabe": "ar",
        "vf": "fr",
        "version francaise": "fr",
        "tamoul": "ta",
        "telougou": "te",
        "malayalam": "ml",
        "bengali": "bn",
        "pendjabi": "pa",
        "ourdou": "ur",
        "catalan": "ca",
        "basque": "eu",
        "flamand": "nl",
        "romand": "fr",
        "suisse romand": "fr",
        "helvetique": "fr",
        "helvete": "fr",
        "genevois": "fr",
        "vaudois": "fr",
        "valaisan": "fr",
        "neuchatelois": "fr",
        "fribourgeois": "fr",
        "jurassien": "fr",
        "tessinois": "it",
        "quebequois": "fr",
        "canadien francais": "fr",
        "franco canadien": "fr",
        "acadien": "fr",
        "montrealais": "fr",
        "franco ontarien": "fr",
        "galicien": "gl",
        "afrikaans": "af",
    },
}


def places(speaker: str) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Adjective to country, name to country, and tongue to language, for one language of speakers."""
    column = _SPEAKERS.index(speaker)
    adjectives: dict[str, str] = {}
    names: dict[str, str] = {}
    tongues: dict[str, str] = {}
    for line in re.sub(r"\n +\|", " |", _TABLE).strip().splitlines():
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
