"""What people who speak German call tones, and how they compare; see `tones`."""

from __future__ import annotations

TONES = """
funny: lustig, ablachen, totlachen, kaputtlachen, schlapplachen, lachen, witzig, komisch, humorvoll, zum lachen, zum
  totlachen, spassig, was zum lachen, urkomisch, saukomisch, saulustig, ulkig, drollig, amusant, humoristisch,
  lachflash, lachkrampf, lachanfall, lachtranen, schieflachen, todlachen, totlach, kaputtlach, zerkugeln, zum kugeln,
  zum schiessen, zum brullen, zum wiehern, schmunzeln, zum lache, luschtig, gspassig, wos zum lochn, schmah, gaudi,
  augenzwinkernd, mit augenzwinkern, mit einem augenzwinkern, wortwitz, situationskomik, schenkelklopfer, flachwitz,
  schwarzer humor, schwarzem humor, schwarzen humor, schwarzhumorig, galgenhumor, blodelei, blodeln, zwerchfell,
  spassfilm, flacher humor, flachen humor, flachem humor, pipi kacka humor
light: leicht, locker, seicht, unbeschwert, leichte kost, anspruchslos, leichtfussig, federleicht, fluffig,
  unbekummert, spritzig, kurzweilig, zum abschalten, kopf freikriegen, kopf frei bekommen, berieseln, berieselung,
  nebenbei gucken, nebenbei schauen, nebenher gucken, nebenher schauen, nebenbei laufen lassen, zum bugeln,
  popcornkino, popcornfilm, popcorn kino, nicht nachdenken, nicht viel nachdenken, nicht gross nachdenken, ohne
  nachzudenken, ohne viel nachzudenken, ohne gross nachzudenken, nicht mitdenken, ohne mitdenken, nicht denken muss,
  ohne nachdenken, unkompliziert
heartwarming: herzerwarmend, ruhrend, warmherzig, beruhrend, herzlich, ergreifend, herz erwarmt, warmt das herz, herz
  aufgeht, furs herz, ans herz geht, zu herzen geht, herz beruhrt, herzensfilm, anruhrend, gefuhlvoll, liebevoll,
  liebenswert, liebenswurdig, herzig, suss, zuckersuss, niedlich, putzig, knuffig, knuddelig, goldig, schnuckelig, zu
  tranen ruhrt, zu tranen geruhrt, herzergreifend, ruhrt mich, mich beruhrt, einfuhlsam, viel herz, mit herz, furs
  gemut, seelenwarmer, ruhrselig, herzerwaermend, beruehrend, ruehrend
feel-good: gutelaune, wohlfuhl, wohlfuhlfilm, frohlich, gute laune, heiter, gutgelaunt, feelgood, aufmunternd,
  wohlfuhlkino, wohlfuhlig, wohlfuhlfaktor, stimmungsaufheller, lebensfroh, lebensbejahend, lebensfreude,
  optimistisch, beschwingt, aufbauend, aufheiternd, aufheitern, aufmuntern, aufmunterung, aufheiterung, aufmuntert,
  aufheitert, bessere laune, laune hebt, laune heben, laune macht, stimmung hebt, positive vibes, positive stimmung,
  was positives, etwas positives, good vibes, glucklich macht, happyend, gut ausgeht, gutes ende, ein lacheln ins
  gesicht, gegen schlechte laune, balsam fur die seele, seelenbalsam, muntert mich auf, heitert mich auf, froehlich,
  wohlfuehl
romantic: romantisch, romantik, herzschmerz, fur verliebte, zum verlieben, dahinschmelzen, schmachten, schmachtend,
  fur parchen, fur paare, parchenabend, parchenfilm, parchenserie, dateabend, date abend, datefilm, furs date, fur ein
  date, fur unser date, furs erste date, candlelight, kerzenschein, was mit liebe, etwas mit liebe, uber die liebe, um
  die liebe, um liebe geht, wahre liebe, wahren liebe, schmetterlinge im bauch, turteln, zum schmusen, schmusefilm,
  zum knutschen, zweisamkeit
sad: traurig, tragisch, herzzerreissend, weinen, heulen, flennen, deprimierend, melancholisch, todtraurig,
  tieftraurig, traurigschon, herz bricht, herz brechen, herz zerreisst, bricht das herz, bricht mir das herz,
  tranenreich, tranendrucker, tranendruse, tranen fliessen, tranen kommen, tranen in die augen, taschentuch, rotz und
  wasser, heul, ausheulen, mitweinen, ausweinen, schluchzen, flenn, zum plarren, zum rean, zum briegge, zum grinne,
  deprifilm, schwermutig, schwermut, melancholie, weltschmerz, runterzieht, runterziehend, emotional zerstor, zum
  weina, tranentreibend
bittersweet: bittersuss, bitter suss, bittersusslich, sussbitter, herbsuss, zartbitter, tragikomisch, wehmutig,
  wehmut, wehmutsvoll, weinenden auge, weinendes auge, lachendem und weinendem auge, schmerzlich schon, schmerzhaft
  schon, melancholisch schon, heiter melancholisch, melancholisch heiter, heiter bis melancholisch, lacheln unter
  tranen, zwischen lachen und weinen, zwischen lachen und heulen, zwischen komik und tragik, bittersuess, lachen und
  weinen zugleich, lachen und weinen gleichzeitig, lachen und heulen gleichzeitig, gleichzeitig lachen und weinen
dark: duster, dunkel, finster, abgrundig, dunklem, dustre, finstre, pechschwarz, rabenschwarz, nachtschwarz,
  tiefschwarz, zappenduster, stockduster, stockdunkel, stockfinster, finsternis, dusternis, dusterkeit, makaber,
  makabre, morbid, unheilvoll, unheilschwanger, diabolisch, grimmig, bitterbos, menschliche abgrunde, menschlichen
  abgrunde, menschlicher abgrunde, seelische abgrunde, seelischen abgrunde, abgrunde der menschen, abgrunde der seele,
  abgrundtief bose, schwarzer humor, schwarzem humor, schwarzen humor, schwarzhumorig, galgenhumor, schwarze komodie,
  schwarzen komodie, lichtlos, duester, abgruendig
bleak: trostlos, hoffnungslos, trist, bedruckend, niederschmetternd, niederdruckend, erdruckend, zermurbend,
  pessimistisch, nihilistisch, fatalistisch, misanthropisch, desillusionierend, ausweglos, ausweglosigkeit, freudlos,
  trubselig, trubsinnig, schwarzmalerisch, tristesse, trostlosigkeit, perspektivlosigkeit, weltuntergangsstimmung,
  endzeitstimmung, nichts gut wird, alles den bach runtergeht, alles schlimm endet, bose endet, schlecht ausgeht,
  schlimm ausgeht, desolat, gefuhlskalt
tense: spannend, packend, nervenaufreibend, fesselnd, aufregend, nervenkitzel, mitreissend, spannung, hochspannend,
  superspannend, megaspannend, urspannend, sauspannend, spannungsgeladen, spannungsreich, hochspannung,
  spannungsbogen, spannungskino, nervenzerfetzend, nervenzerreissend, nervenkitzler, in atem halt, atem anhalten, atem
  stockt, auf die folter spannt, fingernagel kauen, nagel kauen, nagelkauen, fingernagel abkauen, nagel abkauen, rand
  des sitzes, sitzkante, stuhlkante, sofakante, ins sofa krallen, herzrasen, puls hochtreibt, puls hochjagt,
  mitfiebern, klaustrophobisch, beklemmend, bedrohlich, brenzlig, thrill, nicht mehr loslasst, nicht loslasst,
  fesselt, mich packt
scary: gruselig, gruseln, grusel, beangstigend, furchterregend, angsteinflossend, zum furchten, vor angst, schiss
  kriegen, schiss haben, einscheissen, gruslig, gruselt, horrormassig, furchteinflossend, alptraumhaft, albtraumhaft,
  alptraume krieg, albtraume krieg, angst macht, angst machen, angst einjagt, angst krieg, angst bekomm, furchten
  lehrt, zum furchtn, zum erschrecken, jumpscare, jump scare, schockmoment, schreckmomente, schiss krieg, schiss
  bekomm, schiss macht, muffensausen, die hosen voll, in die hose mach, in die hose scheiss, bibbern, schlottern, blut
  in den adern gefriert, blut in den adern gefrieren, das blut gefriert, hinterm kissen versteck, hinterm sofa
  versteck, licht anlassen, gruselstimmung, gruselabend, gfurchig, gfurchtig, gansehautfilm, beaengstigend, zum
  fuerchten
creepy: unheimlich, schaurig, verstorend, unbehaglich, spukig, gespenstisch, gspenstig, schauerlich, schaurigschon,
  schaudern, schauer uber den rucken, schauern lasst, kalt den rucken runter, kalt den rucken hinunter, eiskalt den
  rucken, nackenhaare, mulmig, unheilverkundend, beunruhigend, verstort, verstoren, nicht geheuer, nicht ganz geheuer,
  ungutes gefuhl, unwohl fuhl, unter die haut kriecht, unheimelig, abseitig, albtraumartig, alptraumartig
gory: blutig, blut, blutrunstig, splatter, splatterig, splattrig, splattermassig, gesplatter, gemetzel, metzelei,
  gemetzelt, rumgemetzel, metzeln, abschlachten, abgeschlachtet, blutbad, blutorgie, blutfontane, blutgetrankt,
  bluttriefend, bluttropfend, blutverschmiert, blutrausch, blutspritzer, kunstblut, gedarm, eingeweide, zerstuckelt,
  zerstuckelung, zerstuckeln, verstummelt, verstummelung, gliedmassen, kopfe rollen, ekelig, ekelfilm, unappetitlich,
  schlachtplatte, goregranate, folterporno, torture porn, gematsche, blutruenstig, gorefilm
violent: brutal, gewalttatig, gewalt, grausam, gewaltvoll, gewaltsam, gewaltorgie, gewaltexzess, gewaltszene,
  gewaltdarstellungen, gwalttatig, brutalo, brutalitat, brachial, ultrabrutal, superbrutal, megabrutal, barbarisch,
  bestialisch, sadistisch, grausamkeit, folterszene, prugelei, geprugel, schlagerei, geballer, rumgeballer, ballerei,
  rumballern, schiesserei, ballerorgie, hau drauf, haudrauf, kloppe, klopperei, auf die fresse, auf die schnauze, auf
  die mutze, gemetzel, blutrausch, nicht zimperlich, gewalttaetig
calm: ruhig, entspannt, entspannend, gemachlich, still, sanft, beruhigend, entschleunigt, entschleunigend,
  entschleunigung, runterkommen, herunterkommen, entspannen, chillig, gechillt, relaxt, relaxen, ausspannen,
  besinnlich, beschaulich, friedlich, harmonisch, idyllisch, sanftmutig, meditativ, kontemplativ, tiefenentspannt,
  stressfrei, unaufgeregt, nervenschonend, erholsam, leise tone, seele baumeln, zum durchatmen, zur ruhe komm, was zum
  einschlafen, etwas zum einschlafen, zum wegdosen, wohltuend, rueig, zum abeko, abecho, gmachlich, gemaechlich
cozy: gemutlich, kuschelig, behaglich, kuschel, kuschelabend, einkuscheln, kuschlig, einmummeln, mummelig, muckelig,
  heimelig, anheimelnd, wohlig, wohlig warm, hygge, hyggelig, urgemutlich, gmutlich, gmiatlich, gmuetlich, gemuetlich,
  heisse schokolade, heisser schokolade, kaminfeuer, am kamin, vorm kamin, lauschig, trostlich, seelentroster, wie
  eine umarmung, furs sofa
slow: langsam, langsam erzahlt, bedachtig, langatmig, langsamer aufbau, schleppend, behabig, zahflussig, lahmarschig,
  tempoarm, handlungsarm, ereignislos, ereignisarm, bedachtsam, sich zeit lasst, sich zeit nimmt, viel zeit nimmt, in
  ruhe erzahlt, ruhiges tempo, ruhigem tempo, ruhigen tempo, gemachliches tempo, gemachlichem tempo, gemachlichen
  tempo, gemutliches tempo, gemessenes tempo, schneckentempo, zeitlupentempo, lange einstellungen, langen
  einstellungen, wenig passiert, nicht viel passiert, kaum was passiert, wo nix passiert, dahinplatschert,
  dahinplatschernd, vor sich hin platschert, ruhig erzahlt, in die lange gezogen, entschleunigtes erzahlen
fast: schnell, rasant, temporeich, actiongeladen, actionreich, flott, actionlastig, actionbetont, action pur, action
  satt, action ohne ende, nonstop action, action nonstop, adrenalingeladen, adrenalinkick, adrenalinrausch,
  tempogeladen, hohes tempo, hohem tempo, mit tempo, viel tempo, vollgas, energiegeladen, schwungvoll, fetzig, peppig,
  zugig erzahlt, wos kracht, richtig kracht, ordentlich kracht, es kracht, es knallt, wo was abgeht, richtig was
  abgeht, post abgeht, schlag auf schlag, ohne verschnaufpause, highspeed, high speed, fetzen fliegen, turbulente
  komodie, turbulenten komodie, wo viel passiert
epic: episch, monumental, gewaltig, epos, epen, epochal, gross angelegt, grossangelegt, grosses kino, heldenepos,
  monumentalfilm, monumentalwerk, monumentalschinken, monumentalepos, monumentalkino, leinwandepos, kriegsepos,
  fantasyepos, weltraumepos, schlachtenepos, schlachtengemalde, riesige schlachten, grosse schlachten, grossen
  schlachten, massenszenen, kolossal, heroisch, heldenhaft, majestatisch, erhaben, wuchtig, weltumspannend,
  generationenubergreifend, uberlebensgross, pathosgeladen, jahrhundertfilm
spectacular: spektakular, bildgewaltig, effektvoll, atemberaubend, bildgewalt, bildmachtig, bilderrausch, bilderflut,
  visuell beeindruckend, visuelles feuerwerk, optisch beeindruckend, optisches feuerwerk, augenschmaus, augenweide,
  furs auge, effektgeladen, effektreich, effektfeuerwerk, spezialeffekte, specialeffects, special effects, krasse
  effekte, gute effekte, tolle effekte, geile effekte, beeindruckende bilder, beeindruckenden bildern, tolle bilder,
  tollen bildern, bombastisch, bombast, opulent, prachtvoll, farbenprachtig, spektakel, actionspektakel,
  blockbusterkino, materialschlacht, uberwaltigend, imposant, schauwert, krawumm, alles explodiert, in die luft
  fliegt, grosse leinwand, grosser leinwand, grossen leinwand, eyecandy, grosses budget, spektakulaer
weird: seltsam, merkwurdig, schrag, verruckt, bizarr, skurril, abgedreht, abgefahren, durchgeknallt, sonderbar,
  absonderlich, eigenartig, wunderlich, kurios, abstrus, befremdlich, befremdend, abgespaced, abgespact, spacig,
  durchgedreht, ausgeflippt, freakig, freaky, trippig, verspult, verdreht, spinnert, gspinnert, plemplem, wahnwitzig,
  irren trip, irrer trip, vollig irre, komplett irre, was irres, etwas irres, was ausgefallenes, etwas ausgefallenes,
  unkonventionell, experimentell, andersartig, aus der reihe tanzt, abnormal, bizarro, wtf moment, verrueckt,
  merkwuerdig, gschpunne, schraeg
surreal: surreal, traumhaft, surrealistisch, traumahnlich, traumartig, traumlogik, traumwandlerisch, traumwelt,
  traumsequenzen, fiebertraum, fiebertraumartig, wie in einem traum, lynchig, lynchesk, kafkaesk, halluzinatorisch,
  halluzinogen, halluzination, psychedelisch, psychodelisch, wie auf drogen, wie auf lsd, wie auf nem trip, wie auf
  einem trip, lsd trip, acid trip, drogentrip, rauschhaft, dadaistisch, unwirklich, surrealismus, magischer realismus,
  magischen realismus, magischem realismus, daliesk, phantasmagorisch, avantgardistisch, avantgarde, experimentalfilm,
  realitat verschwimmt, realitat und traum, traum und realitat, traum und wirklichkeit, zwischen traum und
absurd: absurd, aberwitzig, lacherlich, grotesk, irrwitzig, irrsinnig komisch, aberwitz, wahnwitz, hanebuchen,
  haarstraubend, hirnrissig, widersinnig, sinnbefreit, sinnfrei, nonsens, blodsinnig, quatschig, quatschfilm,
  quatschkomodie, uberdreht, uberkandidelt, uberzeichnet, absurditat, absurdistan, pythonesk, dada, an den haaren
  herbeigezogen, vollig ubertrieben, komplett ubertrieben, laecherlich
stupid: dumm, blod, doof, hirnlos, albern, bescheuert, trashig, hirn aus, kopf aus, strunzdumm, strunzdoof, strohdumm,
  saudumm, saublod, saubled, saudoof, bled, deppert, deppat, damlich, stumpf, stumpfsinnig, hirnfrei, hirnbefreit,
  hirnamputiert, hirn ausschalt, hirn abschalt, gehirn aus, gehirn abschalten, gehirn ausschalt, kopf ausschalt, kopf
  abschalt, birne aus, rube aus, ohne hirn, schwachsinnig, bekloppt, niveaulos, trash, edeltrash, so schlecht das,
  schlecht dass er wieder gut, schlecht dass es wieder gut, infantil, fakalhumor, furzwitz, pipi kacka humor, flacher
  humor, flachen humor, flachem humor, flache witze, primitiv, klamaukig, blodel, blodelfilm, blodelei, bloed, null
  niveau, ohne niveau
clever: klug, clever, intelligent, raffiniert, schlau, gewitzt, geistreich, geistvoll, durchdacht, ausgeklugelt,
  ausgefuchst, ausgetuftelt, ausgefeilt, pfiffig, findig, scharfsinnig, gewieft, trickreich, schlitzohrig, ausgebufft,
  feinsinnig, subtil, niveauvoll, mit niveau, etwas niveau, grips, mit hirn, mit kopfchen, mit verstand, hirnschmalz,
  gut geschrieben, stark geschrieben, geschickt konstruiert, gute dialoge, guten dialogen, starke dialoge, starken
  dialogen, schlagfertig, geschliffene dialoge, geschliffenen dialogen, wortgewandt, klever
mind-bending: verwirrend, wendungsreich, uberraschende wendung, mindfuck, verwickelt, hirn verdreht, hirn verknotet,
  kopf verdreht, hirn verbiegt, gehirnakrobatik, um die ecke gedacht, plottwist, plotwendung, twistreich, unerwartete
  wendung, unvorhersehbar, nicht vorhersehbar, uberraschendes ende, uberraschendem ende, uberraschenden ende,
  unerwartetes ende, unerwartetem ende, verschachtelt, verworren, verwirrspiel, vertrackt, verzwickt, hirnverdreher,
  gehirnverdreher, hirnfick, hirnfuck, gehirnfick, mindblowing, kopf verknotet, gehirn verknotet, gehirn verdreht,
  gehirn verbiegt, knoten im kopf, knoten im hirn, knoten im gehirn, knoten in den kopf, knoten ins hirn, knoten ins
  gehirn, gehirn schmilzt, hirn schmilzt, hirn explodiert, zweimal schauen muss, zweimal gucken muss, zweimal sehen
  muss, mehrmals schauen muss, mehrmals sehen muss, nichts ist wie es scheint, nichts ist so wie es scheint, nichts so
  ist wie es scheint, nichts wie es scheint, was ist real, an der nase herumfuhrt, zeitebenen
thought-provoking: nachdenklich, tiefgrundig, philosophisch, anspruchsvoll, zum nachdenken, nachgrubeln, zum grubeln,
  ins grubeln, nachdenken bringt, nachdenken anregt, zum denken anregt, mitdenken, denkanstoss, lange nachwirkt,
  nachhallt, nachklingt, im kopf bleibt, noch lange beschaftigt, tiefgang, tiefsinnig, tiefschurfend, hintersinnig,
  vielschichtig, gehaltvoll, existenziell, existentiell, intellektuell, gesellschaftskritisch, gesellschaftskritik,
  sozialkritisch, sozialkritik, moralische frage, moralisches dilemma, ethische fragen, horizonterweiternd, horizont
  erweitert, mit anspruch, etwas anspruch, zum diskutieren, futter furs hirn, hirnfutter, was furs hirn, etwas furs
  hirn, was fur den kopf, etwas fur den kopf, philosophieren, philosophie, mit substanz, mit message, mit botschaft,
  mit aussage, tiefsinn, schwere themen, ernste themen, ernsten themen
inspiring: inspirierend, motivierend, mutmachend, mut macht, ermutigend, ermunternd, beflugelnd, beflugelt, erbaulich,
  bestarkend, erhebend, anspornend, ansporn, mutmacher, mutmachfilm, mut machen, mut gibt, macht mut, kraft gibt, mich
  motiviert, motivationsschub, motivationsfilm, zur motivation, uber sich hinauswachst, hochkampft, tellerwascher zum
  millionar, niemals aufgeben, nie aufgeben, nicht aufgeben, traume verwirklich, an sich glaubt, in den hintern tritt,
  arschtritt, underdog story, underdog geschichte, empowernd, mich inspiriert
nostalgic: nostalgisch, nostalgie, retro, nostalgietrip, nostalgiefaktor, nostalgiegefuhl, kindheitserinnerung, an
  meine kindheit, an die kindheit, an unsere kindheit, aus meiner kindheit, aus unserer kindheit, aus der kindheit,
  aus meiner jugend, aus unserer jugend, an meine jugend, an fruher erinnert, wie fruher, wie damals, erinnerungen
  schwelgen, in erinnerung schwelgen, erinnerungen weckt, gute alte zeit, guten alten zeit, vintage, retrocharme,
  retromassig, retrolook, altmodisch, ostalgie, ostalgisch, vhs charme, vhs zeiten, videothekenzeiten,
  videothekencharme, kindheitsklassiker, kindheitsheld, zuruck in die kindheit, zeitreise in die kindheit, zeitreise
  in meine kindheit
gritty: rau, schonungslos, hart, dreckig, knallhart, beinhart, bockhart, rauh, ruppig, rotzig, schmuddelig, siffig,
  versifft, abgefuckt, abgerockt, runtergerockt, ungeschminkt, ungeschont, ungefiltert, ungeschliffen, unverblumt,
  unverfalscht, kompromisslos, hartgesotten, brutal ehrlich, gnadenlos ehrlich, nichts beschonigt, nichts schonredet,
  ohne schonfarberei, ohne zuckerguss, starker tobak, bittere realitat, gosse, milieufilm, milieustudie,
  strassendreck, dreck und elend, kantig, ecken und kanten, mit dreck unter den fingernageln
stylish: stylisch, stilvoll, schon gefilmt, cool, atmospharisch, asthetisch, kunstvoll, kunstlerisch, kunstfilm,
  arthousig, arthaus, arthousekino, stilsicher, stilbewusst, stilisiert, elegant, mit stil, durchgestylt,
  hochasthetisch, asthetik, optisch schon, optisch ansprechend, visuell schon, visuell ansprechend, schone bilder,
  schonen bildern, schone aufnahmen, schone optik, tolle optik, schoner look, neonlook, wunderschon gefilmt, toll
  gefilmt, gut gefilmt, super gefilmt, schon fotografiert, toll inszeniert, gute kamera, tolle kamera, kameraarbeit,
  kamerafuhrung, cinematografie, stimmungsvoll, dichte atmosphare, dichter atmosphare, tolle atmosphare, aesthetisch,
  atmosphaerisch
quirky: schrullig, verschroben, eigenwillig, kauzig, skurril charmant, originell, eigensinnig, eigenbrotlerisch,
  verspielt, verschmitzt, verschnorkelt, spleenig, exzentrisch, charme, nerdig, versponnen, verschrullt, verquer,
  fantasievoll, phantasievoll, einfallsreich, ideenreich, liebenswert schrag, liebenswert verruckt, charmant schrag,
  schrage vogel, schragen vogeln, independentfilm, kleiner aber feiner, klein aber fein, unangepasst, querkopfig
satirical: satirisch, satire, bissig, ironisch, sarkastisch, sarkasmus, ironie, selbstironisch, selbstironie, zynisch,
  zynismus, spottisch, bitterbos, beissend, scharfzungig, spitzzungig, persifliert, karikiert, karikierend,
  uberspitzt, parodistisch, kabarettistisch, gesellschaftssatire, politsatire, mediensatire, wirtschaftssatire,
  kriegssatire, realsatire, seitenhieb, aufs korn nimmt, aufs korn genommen, auf die schippe nimmt, auf die schippe
  genommen, auf die schaufel nimmt, spiegel vorhalt, den spiegel vor, lachen im halse stecken, lachen im hals stecken,
  hamisch, boshaft, entlarvend, polemisch, politisch unkorrekt, politisch inkorrekt
sexy: sexy, erotisch, sinnlich, erotik, erotikfilmchen, knisternd, knistert, verfuhrerisch, verrucht, anzuglich,
  schlupfrig, frivol, pikant, lustern, lasziv, freizugig, sundig, nackte haut, nackter haut, viel haut, nacktszene,
  sexszene, bettszene, softporno, softsexfilm, softerotik, schmuddelfilm, schmuddelfilmchen, sexuell, sinnlichkeit,
  aufreizend, scharfmacher, antornend, anturnend, rattenscharf, wuschig, unanstandig, schweinkram, ferkelei, versaute,
  versauter
kid-friendly: fur meine kinder, fur unsere kinder, fur meinen sohn, fur meine tochter, kinderfilm, kinderfilme, fur
  die kleinen, fur kleine, fur die kids, fur kids, fur die kurzen, fur unsere kleinen, kindgerecht, kinderfreundlich,
  fur kinder, fur die kinder, familienfreundlich, mit den kindern, fur die ganze familie, mit kindern, kleinen sind
  noch wach, kinder sind noch wach, kinder schauen mit, kleinen schauen mit, kinder gucken mit, kleinen gucken mit,
  kleinen dabei, kinder dabei, kinderserie, kinderkram, kinderprogramm, kindersendung, kinderklassiker, kinderkomodie,
  kindergeburtstag, kindertauglich, familientauglich, familiengerecht, familienkino, jugendfrei, altersgerecht, fsk 0,
  fsk 6, fsk null, fur die familie, fur familien, fur gross und klein, fur jung und alt, fur mein kind, fur unser
  kind, fur das kind, furs kind, fur kleinkinder, fur unseren sohn, fur unsere tochter, fur meine nichte, fur meinen
  neffen, fur die enkel, fur meine enkel, fur meinen enkel, fur meine enkelin, fur die enkelkinder, fur meine
  enkelkinder, fur unseren kleinen, fur die zwerge, fur die lutten, fur die knirpse, fur den nachwuchs, fur die
  gschroppn, fur chind, fur d chind, fur die chline, fur d goofe, fur die kinderln, fur meinen buben, mit kids, mit
  den kids, mit den kleinen, mit den enkeln, mit meinen enkeln, mit meinem sohn, mit meiner tochter, mit meinen
  kindern, mit meiner nichte, mit meinem neffen, mit dem nachwuchs, mit der ganzen familie, mit der familie, kinder
  mitschauen, kinder mitgucken, kinder mitsehen, fuer kinder, fuer die kinder, fuer die ganze familie, fuer die
  kleinen
mysterious: geheimnisvoll, ratselhaft, mysterios, mystisch, undurchsichtig, undurchschaubar, verschlusselt, kryptisch,
  unerklarlich, unergrundlich, enigmatisch, ratselnd, zum ratseln, ratselraten, ratselspass, zum knobeln, mitknobeln,
  mitratsel, mitraten, geheimnisumwittert, geheimnisumwoben, sagenumwoben, voller geheimnisse, voller ratsel, dunkles
  geheimnis, dunkle geheimnisse, dunklen geheimnissen, mysterium, mysterien, was dahintersteckt, was dahinter steckt,
  was wirklich passiert ist, im dunkeln tappt, im dunkeln lasst, ungelost, ungeklart, raetselhaft, nebulos
adventurous: abenteuerlich, abenteuerlust, abenteuerlustig, abenteuergeist, abenteuerreich, abenteuerfeeling,
  abenteuerstimmung, waghalsig, verwegen, tollkuhn, wagemutig, draufgangerisch, forschergeist, fernweh, reiselust,
  heldenreise, fremde welten, fremden welten, ferne welten, fernen welten, exotische orte, exotischen orten,
  aufbruchsstimmung, mantel und degen
realistic: realistisch, lebensnah, glaubwurdig, lebensecht, wirklichkeitsnah, realitatsnah, realitatsgetreu,
  authentisch, authentizitat, realismus, glaubhaft, plausibel, naturalistisch, ungekunstelt, dokumentarisch,
  semidokumentarisch, bodenstandig, alltagsnah, sozialrealistisch, wahrheitsgetreu, detailgetreu, faktengetreu,
  historisch korrekt, historisch akkurat, historisch genau, wissenschaftlich korrekt, wissenschaftlich fundiert, aus
  dem leben gegriffen, mitten aus dem leben, aus dem echten leben, aus dem wahren leben, aus dem wirklichen leben, wie
  im echten leben, wie im richtigen leben, wie im wahren leben, wie aus dem leben, nah am leben, nah an der realitat,
  nah an der wirklichkeit, nahe an der realitat, echt wirkt, echt ruberkommt
classic: klassiker, klassisch, alter klassiker, zeitlos, kultfilm, kultserie, kultklassiker, kultkomodie,
  kultstreifen, kultig, kultstatus, filmklassiker, kinoklassiker, serienklassiker, horrorklassiker, actionklassiker,
  westernklassiker, komodienklassiker, krimiklassiker, zeichentrickklassiker, gruselklassiker, weihnachtsklassiker,
  familienklassiker, disneyklassiker, hollywoodklassiker, schwarzweissklassiker, altbewahrt, meilensteine,
  filmgeschichte, kinogeschichte, evergreen, oldie, oldschool, alter schinken, alten schinken, alte schinken, uralter
  schinken, uralten schinken, unvergessen, goldene ara, goldenen ara, goldenes zeitalter
underrated: unterschatzt, geheimtipp, unbekannt, verkannt, geheimtipps, geheimtip, insidertipp, insider tipp,
  filmperle, serienperle, kleine perle, kleinen perlen, verborgene perle, verborgenen perlen, versteckte perle,
  versteckten perlen, vergessene perle, vergessenen perlen, verborgener schatz, verborgene schatze, versteckte
  schatze, verstecktes juwel, verborgenes juwel, kleinod, unentdeckt, unter dem radar, unterm radar, wenig bekannt,
  kaum bekannt, weniger bekannt, nicht jeder kennt, kaum einer kennt, kaum jemand kennt, keiner kennt, niemand kennt,
  kein schwein kennt, abseits des mainstreams, abseits vom mainstream, abseits der blockbuster, fernab vom mainstream,
  kein mainstream, nicht mainstream, unterbewertet, unbeachtet, wenig beachtet, oft ubersehen, zu unrecht vergessen,
  nische, kennt kein schwein, kennt keine sau, unterschaetzt
"""

DIRECTIONS = """
funnier: lustiger, witziger, komischer, weniger ernst, mehr humor, spassiger, luschtiger, mehr zum lachen, mehr
  lacher, mehr witz, mehr gags, mehr jokes, mehr klamauk, mehr comedy, mehr komodie, mehr komik, mehr wortwitz,
  weniger bierernst, zu ernst, zu unlustig, zu wenig humor, zu wenig lustig, zu wenig witzig, etwas alberner, etwas
  heiterer und lustiger, etwas humorvoller, noch humorvoller, etwas amusanter
darker: dusterer, dunkler, finsterer, ernster, weniger leicht, dustrer, duesterer, mehr abgrunde, weniger heiter,
  weniger frohlich, weniger weichgespult, zu weichgespult, zu soft, mehr dusternis, etwas trostloser, etwas bitterer,
  etwas boser, etwas ernsthafter, noch abgrundiger, etwas abgrundiger, etwas makaberer, etwas makabrer, noch
  makaberer, noch makabrer
lighter: leichter, heller, frohlicher, weniger duster, nicht so duster, weniger dunkel, weniger traurig, lockerer,
  heiterer, weniger schwer, weniger schwermutig, weniger deprimierend, weniger bedruckend, weniger tragisch, weniger
  finster, weniger trostlos, weniger dramatisch, weniger melancholisch, zu schwermutig, zu bedruckend, zu
  deprimierend, zu tragisch, zu dramatisch, froehlicher, etwas optimistischer, etwas positiver, etwas freundlicher,
  weniger runterziehend, etwas unbeschwerter, etwas seichter
shorter: kurzer, weniger lang, nicht so lang, nicht zu lang, zu lang, viel zu lang, etwas lang, nichts zu langes,
  nichts langes, nicht allzu lang, kompakter, kuerzer, weniger langatmig, zu langatmig, nicht ewig lang, nicht sowas
  langes, nicht gar so lang, weniger laufzeit, etwas kurzes, etwas knapper
longer: langer, nicht so kurz, zu kurz, viel zu kurz, laenger, ausfuhrlicher, umfangreicher, weniger kurz, mehr
  laufzeit, etwas langes
newer: neuer, aktueller, moderner, junger, nicht so alt, weniger alt, zu alt, viel zu alt, nicht zu alt, zeitgemasser,
  juenger, nicht sowas altes, weniger altmodisch, weniger altbacken, weniger angestaubt, weniger verstaubt, zu
  altmodisch, zu altbacken, zu angestaubt, zu verstaubt, zu veraltet, zu retro, zu antik, etwas frischer
older: alter, weniger neu, alterer, nicht so neu, zu neu, zu modern, aelter, weniger modern, weniger aktuell, zu
  aktuell, zu neumodisch, weniger neumodisch, mehr oldschool, etwas altmodischer, etwas klassischer
scarier: gruseliger, unheimlicher, mehr grusel, grusliger, mehr horror, mehr schockmomente, mehr schocker, mehr
  jumpscares, mehr jump scares, mehr angst, mehr gansehaut, mehr nervenkitzel, mehr schrecken, mehr zum gruseln, mehr
  zum furchten, nicht gruselig genug, zu wenig grusel, zu wenig horror, nicht gruslig genug, etwas schauriger, noch
  schauriger, etwas verstorender, noch verstorender, etwas schockierender, noch schockierender, etwas
  furchteinflossender, noch furchteinflossender, etwas beangstigender, noch beangstigender
calmer: ruhiger, entspannter, langsamer, weniger action, weniger hektisch, sanfter, nicht so hektisch, gemachlicher,
  entschleunigter, leiser, stiller, chilliger, gechillter, relaxter, ruehiger, weniger laut, weniger stressig, weniger
  nervenaufreibend, weniger actionlastig, weniger actionreich, weniger krawall, weniger geballer, weniger tempo,
  weniger rasant, weniger heftig, weniger intensiv, weniger spannend, weniger stress, weniger hektik, zu hektisch, zu
  laut, zu viel action, zu actionlastig, zu rasant, zu viel geballer, etwas gemutlicher, etwas bedachtiger, etwas
  friedlicher, etwas besinnlicher, etwas beschaulicher
"""
