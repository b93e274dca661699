"""Words for tones and directions, by language; commas separate alternatives, inflected forms are found alike."""

from __future__ import annotations

from collections.abc import Mapping

TONES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "funny": (
            "funny, hilarious, humorous, witty, hysterical, comedic, laugh, laughs, laugh out loud, humour, "
            "humor, goofy, comic"
        ),
        "light": "light, lighthearted, light hearted, easy, undemanding, fluffy, breezy, easygoing, unserious",
        "heartwarming": (
            "heartwarming, heart warming, warm, touching, moving, sweet, tender, wholesome, uplifting story"
        ),
        "feel-good": (
            "feel good, feelgood, cheerful, happy, uplifting, upbeat, joyful, cheer me up, cheers me up, good mood"
        ),
        "romantic": "romantic, date night, love",
        "sad": (
            "sad, tragic, depressing, heartbreaking, make me cry, makes me cry, cry, sob, sobbing, bawl, bawling, "
            "weep, weepy, tearful, melancholy, melancholic"
        ),
        "bittersweet": "bittersweet, bitter sweet",
        "dark": "dark, sinister, brooding, black, grim, dark toned",
        "bleak": "bleak, hopeless, nihilistic, desolate",
        "tense": (
            "tense, suspenseful, gripping, nail biting, edge of my seat, edge of your seat, edge of the seat, "
            "thrilling, nerve wracking, intense, exciting"
        ),
        "scary": "scary, frightening, terrifying, spooky",
        "creepy": "creepy, eerie, unsettling, disturbing, uncanny",
        "gory": "gory, bloody, blood, gore, gruesome",
        "violent": "violent, brutal, violence, savage",
        "calm": (
            "calm, quiet, peaceful, gentle, relaxing, relaxed, soothing, meditative, chill, contemplative, mellow"
        ),
        "cozy": "cozy, cosy, comfy, comfort, rainy day, comforting, snug",
        "slow": "slow, slow burn, slow burning, slow paced, slowburn, unhurried, slow moving",
        "fast": "fast, fast paced, action packed, quick, frenetic, high octane, adrenaline, energetic, fast moving",
        "epic": "epic, sweeping, monumental, grand, larger than life",
        "spectacular": (
            "spectacular, visually stunning, eye candy, big budget, visual effects, breathtaking, stunning, gorgeous"
        ),
        "weird": "weird, strange, bizarre, odd, offbeat, wacky, crazy, trippy",
        "surreal": "surreal, dreamlike, surrealist, lynchian, hallucinatory, psychedelic, kafkaesque",
        "absurd": "absurd, absurdist, ridiculous, nonsensical, zany",
        "stupid": (
            "stupid, dumb, silly, brainless, mindless, turn my brain off, switch my brain off, trashy, so bad it s good"
        ),
        "clever": "clever, smart, intelligent, ingenious, cerebral, well written, brainy",
        "mind-bending": (
            "mind bending, mindbending, mind blowing, mind fuck, mindfuck, twisty, melt my brain, melts my brain, "
            "brain melting, plot twist, plot twists, "
            "twist, twists, mind bender, confusing"
        ),
        "thought-provoking": (
            "thought provoking, chew on, food for thought, deep, philosophical, profound, intellectual, makes me "
            "think, make me think"
        ),
        "inspiring": "inspiring, inspirational, motivating, empowering, motivational, uplifting true story",
        "nostalgic": "nostalgic, nostalgia, retro, throwback",
        "gritty": "gritty, raw, hard boiled, hardboiled, rough",
        "stylish": (
            "stylish, slick, cool, beautiful, sleek, artsy, arthouse, art house, atmospheric, beautifully shot"
        ),
        "quirky": "quirky, whimsical, eccentric, charming, indie",
        "satirical": "satirical, satire, ironic, sarcastic, biting",
        "sexy": "sexy, erotic, sensual, steamy, hot, raunchy",
        "kid-friendly": (
            "for the little ones, kids movie, kids film, children s film, childrens film, for little ones, "
            "kid friendly, family friendly, child friendly, for kids, for the kids, for children, for the whole "
            "family, suitable for children, with the kids, kids can watch, with my kids, with kids, for my kids, "
            "for the family"
        ),
        "mysterious": "mysterious, enigmatic, puzzling, cryptic",
        "adventurous": "adventurous, swashbuckling",
        "realistic": "realistic, believable, grounded, true to life, lifelike, down to earth",
        "classic": "classic, classics, old school, all time classic, timeless, cult classic, golden age",
        "underrated": (
            "underrated, hidden gem, hidden gems, overlooked, lesser known, obscure, under the radar, unknown, "
            "little known, not mainstream"
        ),
    },
    "de": {
        "funny": (
            "lustig, ablachen, totlachen, kaputtlachen, schlapplachen, lachen, witzig, komisch, humorvoll, zum lachen, "
            "zum totlachen, spassig, was zum lachen"
        ),
        "light": "leicht, locker, seicht, unbeschwert, leichte kost, anspruchslos",
        "heartwarming": "herzerwarmend, ruhrend, warmherzig, beruhrend, herzlich, ergreifend",
        "feel-good": (
            "gutelaune, wohlfuhl, wohlfuhlfilm, frohlich, gute laune, heiter, gutgelaunt, feelgood, aufmunternd"
        ),
        "romantic": "romantisch",
        "sad": "traurig, tragisch, herzzerreissend, weinen, heulen, flennen, deprimierend, melancholisch",
        "bittersweet": "bittersuss",
        "dark": "duster, dunkel, finster, abgrundig",
        "bleak": "trostlos, hoffnungslos, trist",
        "tense": "spannend, packend, nervenaufreibend, fesselnd, aufregend, nervenkitzel, mitreissend, spannung",
        "scary": "gruselig, gruseln, grusel, beangstigend, furchterregend, angsteinflossend, zum furchten",
        "creepy": "unheimlich, schaurig, verstorend, unbehaglich",
        "gory": "blutig, blut, blutrunstig, splatter",
        "violent": "brutal, gewalttatig, gewalt, grausam",
        "calm": "ruhig, entspannt, entspannend, gemachlich, still, sanft, beruhigend",
        "cozy": "gemutlich, kuschelig, behaglich",
        "slow": "langsam, langsam erzahlt, bedachtig",
        "fast": "schnell, rasant, temporeich, actiongeladen, actionreich, flott",
        "epic": "episch, monumental, gewaltig",
        "spectacular": "spektakular, bildgewaltig, effektvoll, atemberaubend",
        "weird": "seltsam, merkwurdig, schrag, verruckt, bizarr, skurril, abgedreht, abgefahren, durchgeknallt",
        "surreal": "surreal, traumhaft, surrealistisch",
        "absurd": "absurd, aberwitzig, lacherlich",
        "stupid": "dumm, blod, doof, hirnlos, albern, bescheuert, trashig, hirn aus, kopf aus",
        "clever": "klug, clever, intelligent, raffiniert, schlau, gewitzt",
        "mind-bending": (
            "verwirrend, wendungsreich, uberraschende wendung, mindfuck, verwickelt, hirn verdreht, hirn "
            "verknotet, kopf verdreht, hirn verbiegt, gehirnakrobatik, um die ecke gedacht"
        ),
        "thought-provoking": "nachdenklich, tiefgrundig, philosophisch, anspruchsvoll, zum nachdenken",
        "inspiring": "inspirierend, motivierend, mutmachend, mut macht",
        "nostalgic": "nostalgisch, nostalgie, retro",
        "gritty": "rau, schonungslos, hart, dreckig",
        "stylish": "stylisch, stilvoll, schon gefilmt, cool, atmospharisch, asthetisch",
        "quirky": "schrullig, verschroben, eigenwillig, kauzig, skurril charmant",
        "satirical": "satirisch, satire, bissig, ironisch, sarkastisch",
        "sexy": "sexy, erotisch, sinnlich, heiss",
        "kid-friendly": (
            "fur meine kinder, fur unsere kinder, fur meinen sohn, fur meine tochter, kinderfilm, kinderfilme, "
            "fur die kleinen, fur kleine, fur die kids, fur kids, fur die kurzen, fur unsere kleinen, "
            "kindgerecht, kinderfreundlich, fur kinder, fur die kinder, familienfreundlich, mit den kindern, fur "
            "die ganze familie, mit kindern"
        ),
        "mysterious": "geheimnisvoll, ratselhaft, mysterios",
        "adventurous": "abenteuerlich",
        "realistic": "realistisch, lebensnah, glaubwurdig",
        "classic": "klassiker, klassisch, alter klassiker, zeitlos",
        "underrated": "unterschatzt, geheimtipp, unbekannt, verkannt, geheimtipps",
    },
    "fr": {
        "funny": (
            "drole, rire, rigoler, se marrer, marrer, me marrer, poilant, tordant, marrant, rigolo, hilarant, "
            "amusant, comique, pour rire, qui fait rire, humour"
        ),
        "light": "leger, legere, facile, sans prise de tete, insouciant, detente",
        "heartwarming": "touchant, emouvant, attendrissant, chaleureux, qui rechauffe le coeur, tendre",
        "feel-good": (
            "feel good, joyeux, joyeuse, de bonne humeur, bonne humeur, optimiste, gai, qui fait du bien, la "
            "peche, la patate, remonte le moral"
        ),
        "romantic": "romantique",
        "sad": "triste, tragique, dechirant, deprimant, pleurer, chialer, qui fait pleurer, melancolique, bouleversant",
        "bittersweet": "doux amer, aigre doux, douce amere",
        "dark": "sombre, noir, tenebreux, glauque",
        "bleak": "desespere, sans espoir, desespérant, lugubre",
        "tense": "tendu, haletant, palpitant, prenant, captivant, stressant, a suspense, intense, passionnant",
        "scary": (
            "effrayant, terrifiant, fait peur, fait vraiment peur, fait bien peur, faire peur, flippant, avoir "
            "peur, angoissant, fout les jetons, frissons, frissonner"
        ),
        "creepy": "inquietant, derangeant, malsain",
        "gory": "sanglant, sang, gore, sanguinolent",
        "violent": "violent, brutal, violence",
        "calm": "calme, paisible, tranquille, reposant, apaisant, doux, relaxant",
        "cozy": "cocooning, cosy, douillet, reconfortant",
        "slow": "lent, contemplatif, au rythme lent",
        "fast": "rapide, rythme, trepidant, nerveux, speed",
        "epic": "epique, grandiose, monumental",
        "spectacular": "spectaculaire, impressionnant, visuellement epoustouflant, epoustouflant, grand spectacle",
        "weird": "bizarre, etrange, loufoque, deroutant, barre, dejante",
        "surreal": "surrealiste, onirique",
        "absurd": "absurde",
        "stupid": "stupide, bete, con, debile, idiot, nanar",
        "clever": "intelligent, malin, astucieux, ingenieux, futé, subtil",
        "mind-bending": (
            "retors, a rebondissements, rebondissements, tordu, retourne le cerveau, retourne la tete, noeud "
            "au cerveau, casse tete"
        ),
        "thought-provoking": (
            "profond, philosophique, qui fait reflechir, fasse reflechir, fait reflechir, pour reflechir, exigeant"
        ),
        "inspiring": "inspirant, motivant, qui donne espoir",
        "nostalgic": "nostalgique, nostalgie, retro",
        "gritty": "brut, cru, dur",
        "stylish": "stylé, elegant, esthetique, classe, beau, atmospherique",
        "quirky": "decale, excentrique, fantasque, original, farfelu",
        "satirical": "satirique, satire, ironique, mordant, grincant",
        "sexy": "sexy, erotique, sensuel, sulfureux",
        "kid-friendly": (
            "pour les petits, pour mes enfants, pour mon fils, pour ma fille, pour nos enfants, "
            "pour enfants, pour les enfants, pour des enfants, pour les gosses, pour les gamins, pour des "
            "gamins, pour les momes, pour mes petits, "
            " en famille, pour toute la famille, avec les enfants, tout public"
        ),
        "mysterious": "mysterieux, mysterieuse, enigmatique",
        "adventurous": "aventureux, aventureuse",
        "realistic": "realiste, credible, plausible",
        "classic": "classique, classiques, culte, intemporel, film culte",
        "underrated": "sous estime, meconnu, peu connu, perle rare, pepite",
    },
}

# Comparatives: they change the answer before, or what is named ("like Heat, but funnier").
DIRECTIONS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "funnier": (
            "funnier, more funny, more humor, more humour, more comedy, more comedic, sillier, less serious, goofier"
        ),
        "darker": "darker, more dark, bleaker, grimmer, grittier, less light, more serious",
        "lighter": (
            "lighter, more light, less dark, less heavy, less depressing, less sad, happier, more cheerful, less "
            "bleak, more lighthearted, less grim, more uplifting"
        ),
        "shorter": (
            "shorter, less long, not so long, not too long, not very long, not as long, not that long, briefer, "
            "too long, too lengthy, way too long, a bit long, nothing too long, make it short, keep it short"
        ),
        "longer": "longer, less short, not so short, too short, way too short",
        "newer": (
            "newer, more recent, more modern, less old, not so old, not as old, not that old, too old, way too old, "
            "too dated, too ancient, not too old"
        ),
        "older": "older, more old, less recent, less modern, too new, too recent, too modern",
        "scarier": "scarier, more scary, creepier, more frightening, more terrifying, more horror",
        "calmer": (
            "calmer, more calm, quieter, slower, more relaxed, gentler, less action, less intense, less tense, "
            "less hectic, more relaxing, less loud, less stressful, mellower"
        ),
    },
    "de": {
        "funnier": "lustiger, witziger, komischer, weniger ernst, mehr humor",
        "darker": "dusterer, dunkler, finsterer, ernster, weniger leicht, dustrer",
        "lighter": (
            "leichter, heller, frohlicher, weniger duster, nicht so duster, weniger dunkel, weniger traurig, "
            "lockerer, heiterer"
        ),
        "shorter": (
            "kurzer, weniger lang, nicht so lang, nicht zu lang, zu lang, viel zu lang, etwas lang, nichts zu langes, "
            "nichts langes, nicht allzu lang"
        ),
        "longer": "langer, nicht so kurz, zu kurz, viel zu kurz",
        "newer": "neuer, aktueller, moderner, junger, nicht so alt, weniger alt, zu alt, viel zu alt, nicht zu alt",
        "older": "alter, weniger neu, alterer, nicht so neu, zu neu, zu modern",
        "scarier": "gruseliger, unheimlicher, mehr grusel",
        "calmer": "ruhiger, entspannter, langsamer, weniger action, weniger hektisch, sanfter, nicht so hektisch",
    },
    "fr": {
        "funnier": "plus drole, plus marrant, plus rigolo, plus comique, moins serieux, plus d humour",
        "darker": "plus sombre, plus noir, plus serieux, moins leger",
        "lighter": "plus leger, plus legere, moins sombre, moins triste, moins lourd, plus joyeux, plus gai",
        "shorter": (
            "plus court, plus courte, moins long, moins longue, pas trop long, pas trop longue, trop long, "
            "trop longue, rien de trop long, un peu long"
        ),
        "longer": "plus long, plus longue, moins court, trop court, trop courte",
        "newer": (
            "plus recent, plus recente, plus moderne, moins vieux, plus nouveau, trop vieux, trop vieille, "
            "trop ancien, pas trop vieux"
        ),
        "older": "plus ancien, plus ancienne, plus vieux, moins recent, plus vieille, trop recent, trop recente",
        "scarier": (
            "plus effrayant, plus effrayante, plus flippant, fait plus peur, faire plus peur, fasse plus "
            "peur, plus peur, plus terrifiant"
        ),
        "calmer": ("plus calme, plus tranquille, plus lent, moins d action, plus reposant, moins stressant, plus doux"),
    },
}

# "more romantic" asks for a tone, "less violent" against one.
MORE: Mapping[str, frozenset[str]] = {
    "en": frozenset({"more"}),
    "de": frozenset({"mehr"}),
    "fr": frozenset({"plus"}),
}
LESS: Mapping[str, frozenset[str]] = {
    "en": frozenset({"less"}),
    "de": frozenset({"weniger"}),
    "fr": frozenset({"moins"}),
}
