"""What people who speak German call genres and kinds; see `genres`."""

from __future__ import annotations

GENRES = """
Action: action, actionfilm, actionkracher, ballerfilm, ballerstreifen, ballerkino, ballerorgie, actionstreifen,
  actionkino, actionreisser, actionschinken, actionspektakel, actionfeuerwerk, actionknaller, actionfetzer,
  actionklopper, actionkrimi, actionabenteuer, actionepos, actionklassiker, actiongranate, actionzeug, actionkram,
  actionhit, actioncomedy, action pur, action satt, action ohne ende, nonstop action, action nonstop, prugelfilm,
  klopperfilm, kloppfilm, haudrauffilm, hau drauf film, kampffilm, krawallfilm, aktschn, aktschen, kriegsaction,
  superheldenaction
Adventure: abenteuer, abenteuerfilm, abenteuerstreifen, abenteuerkino, abenteuergeschichte, abenteuerepos,
  abenteuerschinken, abenteuerspektakel, abenteuerklassiker, abenteuerreise, abenteuerroman verfilmung, abenteuerzeug,
  mantel und degen, mantel und degen film, mantel und degenfilm, degenfilm, weltraumabenteuer, fantasyabenteuer,
  familienabenteuer, kinderabenteuer, actionabenteuer, piratenabenteuer, dschungelabenteuer, seeabenteuer,
  seefahrerfilm, expeditionsfilm, schatzsucherfilm, sudseeabenteuer, wustenabenteuer, ritterabenteuer
Animation: animation, animiert, animationsfilm, zeichentrick, zeichentrickfilm, trickfilm, trickserie, trickfilmchen,
  trickfilmklassiker, zeichentrickklassiker, gezeichneter film, gezeichnete serie, gezeichnete filme, gezeichneten
  film, puppentrick, knetfilm, knetanimation, knetfiguren, knetmannchen, legetrick, scherenschnittfilm,
  computeranimation, computeranimiert, computertrick, animationsabenteuer, animationsstreifen, animationskino,
  animationsklassiker, animationsspass, animationshit, stopmotion, zeichentrickzeug
Comedy: komodie, komodien, komodie, klamauk, lustspiel, parodie, kinoklamotte, filmklamotte, burleske, persiflage,
  filmparodie, horrorparodie, westernparodie, agentenparodie, verwechslungskomodie, screwballkomodie, gaunerkomodie,
  ganovenkomodie, kriminalkomodie, teeniekomodie, teenagerkomodie, saufkomodie, partykomodie, chaoskomodie,
  kifferkomodie, stonerkomodie, dorfkomodie, heimatkomodie, provinzkomodie, alpenkomodie, bauernkomodie,
  bauernschwank, beziehungskomodie, gesellschaftskomodie, sozialkomodie, politkomodie, generationenkomodie,
  rentnerkomodie, seniorenkomodie, blodelfilm, blodelserie, situationskomodie, boulevardkomodie, fernsehkomodie,
  kinokomodie, burokomodie, schulkomodie, kinderkomodie, kultkomodie, quatschkomodie, lachkomodie, dialogkomodie,
  stonerfilm, kifferfilm, sexkomodie, schwarze komodie, schwarzen komodie, komodienhit, komodienklassiker,
  komodienkracher, comedyshow, comedyformat, comedykram, comedyspecial, stand up, standup, sketch, sketchshow,
  sketchcomedy, kabarett, kabarettprogramm, actioncomedy, erotikkomodie, turbulente komodie, turbulenten komodie,
  gruselkomodie
Comedy+Drama: tragikomodie, dramedy, dramodie, tragigroteske, tragikomisches drama, tragi komodie, komodie mit
  tiefgang, dramedies, tragikomoedie
Crime: krimi, krimis, kriminalfilm, gangsterfilm, mafiafilm, polizeifilm, krimireihe, krimiklassiker, krimiabend,
  krimistoff, krimikost, krimistreifen, krimizeug, krimikram, krimireisser, fernsehkrimi, sonntagskrimi,
  sonntagabendkrimi, vorabendkrimi, samstagskrimi, regionalkrimi, heimatkrimi, lokalkrimi, provinzkrimi, dorfkrimi,
  alpenkrimi, bergkrimi, kustenkrimi, nordseekrimi, ostseekrimi, stadtkrimi, grossstadtkrimi, schwedenkrimi,
  skandinavienkrimi, skandikrimi, nordkrimi, politkrimi, wirtschaftskrimi, justizkrimi, gerichtskrimi, agentenkrimi,
  spionagekrimi, historienkrimi, mysterykrimi, psychokrimi, polizeikrimi, actionkrimi, drogenkrimi, spannungskrimi,
  kuschelkrimi, wohlfuhlkrimi, kriminalserie, kriminalkomodie, kriminalgeschichte, kriminaldrama, kriminalthriller,
  polizeiserie, copserie, copfilm, copthriller, cop serie, cop film, bullenfilm, bullenserie, kommissarserie,
  ermittlerkrimi, detektivkrimi, detektivgeschichte, gangsterstreifen, gangsterepos, gangsterballade, mafiastreifen,
  mafiaepos, ganovenfilm, ganovenkomodie, gaunerfilm, gaunerkomodie, gaunerstuck, verbrecherfilm, unterweltfilm,
  truecrime, mordgeschichte, tatortmassig
Documentary: dokumentation, doku, dokus, dokumentarfilm, dokumentarfilme, dokureihe, dokumehrteiler, dokuformat,
  dokumentarserie, dokumentarreihe, dokumentarisches, dokumentationsreihe, dokfilm, dok film, kurzdoku, kinodoku,
  langzeitdoku, reportage, reportagereihe, filmdoku, fernsehdoku, naturdoku, naturdokumentation, naturfilm, tierdoku,
  tierdokumentation, geschichtsdoku, geschichtsdokumentation, kriegsdoku, weltkriegsdoku, sportdoku, fussballdoku,
  musikdoku, musikerdoku, banddoku, konzertdoku, kunstdoku, kunstlerdoku, reisedoku, kochdoku, essensdoku, politdoku,
  politikdoku, wirtschaftsdoku, wissenschaftsdoku, wissensdoku, wissenssendung, technikdoku, weltraumdoku,
  weltalldoku, universumsdoku, raumfahrtdoku, umweltdoku, klimadoku, meeresdoku, unterwasserdoku, ozeandoku, bergdoku,
  bergsteigerdoku, kletterdoku, skidoku, haidoku, dinodoku, vogeldoku, crimedoku, krimidoku, verbrecherdoku,
  sektendoku, mafiadoku, drogendoku, nazidoku, promidoku, starportrat, filmportrat, gesellschaftsdoku, sozialdoku,
  medizindoku, krankenhausdoku, polizeidoku, autodoku, zugdoku, eisenbahndoku, archaologiedoku, agyptendoku,
  romerdoku, dokumentarfilmreihe, lerndoku, geodoku
Drama: drama, dramen, melodram, dramastreifen, dramakram, kinodrama, fernsehdrama, familiendrama, familiendramen,
  familientragodie, familiensaga, liebesdrama, liebesdramen, liebestragodie, beziehungsdrama, beziehungsdramen,
  eifersuchtsdrama, dreiecksdrama, trennungsdrama, scheidungsdrama, ehedramen, sozialdrama, sozialdramen,
  sozialstudie, milieudrama, milieustudie, charakterdrama, charakterstudie, gesellschaftsdrama, gesellschaftsdramen,
  jugenddrama, jugenddramen, teenagerdrama, teeniedrama, historiendramen, kostumdrama, kostumdramen, politdrama,
  psychodrama, psychodramen, schicksalsdrama, schicksalsfilm, schicksalsgeschichte, trauerdrama, arztdrama,
  krankenhausdrama, krebsdrama, krankheitsdrama, fluchtdrama, fluchtlingsdrama, migrationsdrama, arbeiterdrama,
  heimatdrama, alpendrama, missbrauchsdrama, weltkriegsdrama, kriminaldrama, musikdrama, romantikdrama, justizdramen,
  gerichtsdramen, tragodie, ruhrstuck, liebesmelodram, liebesmelodrama, problemfilm, herzschmerzdrama
Family: familienfilm, familie, familienabenteuer, familienspass, familienunterhaltung, familienklassiker,
  familienprogramm, familienstreifen, familienhit, familienfilmklassiker, familienanimation, familienkino,
  familienfilmabend, familienfilmchen, familienmusical, familienmarchen
Fantasy: fantasy, fantasyfilm, marchen, marchenfilm, fantasyepos, fantasystreifen, fantasyabenteuer, fantasyschinken,
  fantasyreihe, fantasysaga, fantasyspektakel, fantasyklassiker, fantasykram, fantasyzeug, fantasywelt,
  fantasyromanze, fantasyromanverfilmung, fantasyverfilmung, highfantasy, romantasy, phantasy, phantastik, fantastik,
  fantastischer film, phantastischer film, marchenverfilmung, marchenadaption, marchenstunde, marchenwelt,
  marchenklassiker, marchenabenteuer, kunstmarchen, hexenmarchen, sagenwelt, fabelwelt, fabelwesen, zauberwelt,
  zauberfilm, elfen und zwerge, zwerge und elfen, orks, schwert und magie, schwerter und magie, schwert und zauberei,
  maerchen
History: historienfilm, geschichtsfilm, historisch, kostumfilm, historienepos, historien, historiendramen,
  historienschinken, historienstreifen, historienspektakel, historienkrimi, historienabenteuer, historienverfilmung,
  historienreihe, kostumdrama, kostumdramen, kostumschinken, kostumserie, kostumepos, sandalenfilm, sandalenschinken,
  sandalenepos, monumentalfilm, monumentalschinken, monumentalepos, geschichtsepos, geschichtsdrama, geschichtsdramen,
  geschichtsserie, geschichtsdoku, geschichtsdokumentation, geschichtstrachtig, geschichtlich, zeitgeschichtlich,
  zeitgeschichte, zeithistorisch, historisch korrekt, historisch akkurat, historisch genau, epochenfilm, antikfilm,
  antikenfilm, mittelalterepos, ritterschinken, viktorianisch, wilhelminisch, kaiserzeit, historienfilmchen
Horror: horror, horrorfilm, gruselfilm, horrorstreifen, horrorschocker, horrorschinken, horrorkino, horrorklassiker,
  horrorabend, horrornacht, horrorkram, horrorzeug, horrorreihe, horrorparodie, schocker, gruselschocker,
  gruselstreifen, gruselschinken, gruselserie, gruselklassiker, gruselgeschichte, gruselkino, gruselmarchen,
  gruselkomodie, gruselthriller, gruselreihe, psychohorror, bodyhorror, folkhorror, teenhorror, teeniehorror,
  teenieslasher, zombiehorror, zombiestreifen, vampirhorror, monsterhorror, tierhorror, haihorror, geisterhorror,
  exorzistenhorror, exorzismushorror, okkulthorror, waldhorror, hexenhorror, clownhorror, weltraumhorror,
  kinderhorror, naturhorror, trashhorror, jhorror, koreahorror, slasherstreifen, schlitzerfilm, schlitzerstreifen,
  metzelfilm, metzelstreifen, splatterstreifen, splatterorgie, splatterkracher, gorefilm, folterfilm, folterhorror,
  folterporno, torture porn, backwoods, backwoodhorror, kannibalenfilm, kannibalenhorror, schauerfilm, schauermarchen,
  schauergeschichte, schauerstuck, schauerromantik, horrorfilmchen, horrorgranate
Music: musical, musikfilm, musicals, musikkomodie, musikdrama, musikdoku, musikerdoku, banddoku, konzertdoku,
  konzertfilm, konzertmitschnitt, konzertaufzeichnung, livekonzert, singspiel, operette, opernfilm, opernaufzeichnung,
  opernverfilmung, rockoper, musicalverfilmung, tanzmusical, disneymusical, rockmusical, filmmusical, familienmusical,
  musikerbiografie, musikerbiopic, musikbiopic, musikbiografie, schlagerfilm, revuefilm, singfilm, gesungen wird, viel
  gesungen, viel gesang, gesangseinlagen, gesangsnummern, tanz und gesang, gesang und tanz, gesungen und getanzt,
  mitsingen, mitsingfilm, sing along
Mystery: mystery, mysteryfilm, ratselkrimi, mysterykrimi, mysterystreifen, mysteryreihe, mysterykram, mysteryzeug,
  mysterygeschichte, mysteryhorror, mysteryabenteuer, ratselfilm, ratselthriller, ratselserie, morderratsel,
  mordratsel, morderatsel, krimiratsel, morderraten, mordersuche, morder raten, wer der morder ist, wer der morder
  war, wer ist der morder, wer der tater ist, wer der tater war, tater raten, tatersuche, taterraten, detektivratsel,
  detektivkrimi, landhauskrimi, cluedo massig
Romance: liebesfilm, romanze, liebesgeschichte, schnulze, liebesfilme, liebesserie, liebesdrama, liebesdramen,
  liebestragodie, liebesschnulze, liebesstreifen, liebesepos, liebesromanze, liebesmelodram, liebesmelodrama,
  liebesthriller, liebesabenteuer, liebesfilmchen, liebesromanverfilmung, liebesroman verfilmung, liebesreigen,
  liebesklassiker, liebesgedons, liebeskram, liebeszeug, liebeskino, liebesfilmzeug, liebes film, liebes serie,
  schmachtfetzen, schmachtfilm, schmonzette, schnulzfilm, schnulzenkino, schmalzfilm, herzschmerzfilm,
  herzschmerzserie, herzschmerzkino, herzschmerzdrama, herzschmerz film, herzkino, pilcherfilm, pilcher film,
  pilcherverfilmung, romantikfilm, romantikdrama, romantikstreifen, romantikserie, romantikthriller, romantikschnulze,
  romantikzeug, frauenfilm, madelsfilm, madchenfilm, madelfilm, weiberfilm, tussifilm, chickflick, teenieromanze,
  jugendromanze, sommerromanze, urlaubsromanze, weihnachtsromanze, fantasyromanze, romantasy, lovestory, lovestories,
  amour fou, dreiecksgeschichte, knutschfilm, schmusefilm, kussfilm, heimatschnulze
Romance+Comedy: liebeskomodie, romantische komodie, romcom, romantikkomodie, romantik komodie, romantischen komodie,
  romantischer komodie, romantische comedy, romantischen comedy, liebeslustspiel, liebesklamotte, liebes komodie,
  beziehungskomodie, datekomodie, dating komodie, datingkomodie, romcommassig, rom kom, romkom, weihnachtsromcom
Science Fiction: science fiction, sci fi, scifi, zukunftsfilm, sciencefiction, science fiktion, sciencefiktion, sience
  fiction, siencefiction, scifikracher, scifistreifen, scifireihe, scifiklassiker, scifihorror, zukunftsthriller,
  zukunftsserie, zukunftsdrama, zukunftsvision, zukunftsszenario, zukunftsgeschichte, futuristisch, utopischer film,
  utopische filme, weltraumoper, weltraumepos, weltraumabenteuer, weltraumwestern, weltraumsaga, weltraumschlacht,
  weltraumhorror, weltraumkracher, weltraum western, space western, spacewestern, spaceopera, raumschlacht,
  cyberpunkig
Soap: seifenoper, seifenopern, seifenserie, dailysoap, dailysoaps, novela, vorabendsoap, fernsehsoap, arztsoap,
  krankenhaussoap, adelssoap, seifen oper, soapoper, soapig, soapmassig, seifenopernmassig, seifenopernhaft,
  endlosserie, telenovelamassig
Thriller: thriller, psychothriller, politthriller, psychokrimi, kriminalthriller, okothriller, umweltthriller,
  klimathriller, techthriller, technothriller, cyberthriller, finanzthriller, bankenthriller, medizinthriller,
  arztethriller, wissenschaftsthriller, vatikanthriller, copthriller, stalkerthriller, stalkingthriller,
  verfolgungsthriller, ratselthriller, gruselthriller, liebesthriller, romantikthriller, zukunftsthriller,
  schwedenthriller, skandinavienthriller, atomthriller, thrillerkost, thrillerstreifen, thrillerabend, thrillermassig,
  thrillerzeug, reisser, spannungskrimi
War: kriegsfilm, krieg, antikriegsfilm, kriegsdrama, kriegsstreifen, kriegsschinken, kriegsepos, kriegsspektakel,
  kriegsaction, kriegsdramen, kriegsklassiker, kriegsgeschichte, kriegszeug, kriegssatire, antikrieg,
  antikriegsdramen, weltkriegsfilm, weltkriegsdrama, weltkriegsserie, weltkriegsepos, weltkriegsthriller,
  burgerkriegsfilm, burgerkriegsdrama, schlachtenfilm, schlachtfilm, schlachtenepos, frontfilm, landserfilm,
  panzerfilm, kriegerisch, kriegsfilmklassiker
Western: western, italowestern, wildwest, wild west film, wildwestkomodie, wildwestromantik, cowboyfilm,
  cowboystreifen, cowboy film, cowboyserie, cowboyzeug, indianerfilm, cowboy und indianer, cowboys und indianer,
  neowestern, spatwestern, schneewestern, edelwestern, rachewestern, antiwestern, eurowestern, alpenwestern,
  weltraumwestern, spacewestern, space western, westernklassiker, westernstreifen, westernschinken, westernepos,
  westernparodie, westernheld, westernzeug, westernkino, karl may film, karl may verfilmung, revolverfilm, weltraum
  western
TV Movie: fernsehfilm, fernsehspiel, fernsehproduktion, fernsehzweiteiler, fernsehdreiteiler, fernsehkrimi,
  fernsehdrama, fernsehkomodie, tv film, tvfilm, tv produktion, fernseh film, furs fernsehen gemacht, furs fernsehen
  gedreht, furs fernsehen produziert
"""

KINDS = """
movie: film, filme, filmtipp, filmtipps, filmvorschlag, filmvorschlage, filmempfehlung, filmempfehlungen, spielfilm,
  streifen, filmen, kinofilm, filmchen, kinostreifen, hollywoodstreifen, hollywoodschinken, einteiler, filmwahl,
  filmauswahl, filmklassiker, kinoklassiker, filmperle, filmparodie, filmmassig, filmfutter, filmnachschub, filmhit,
  filmstoff, kinohit, kinoerfolg, kinokracher, kinostart, kinoneuheit, kassenschlager, leinwandepos, zweistunder,
  dreistunder, leinwandabenteuer, actionstreifen, horrorschinken, gruselstreifen, ballerstreifen, kriegsstreifen,
  westernstreifen, liebesstreifen, abenteuerstreifen, krimistreifen, gangsterstreifen, fantasystreifen,
  splatterstreifen, kultstreifen, alter schinken, alten schinken, uralter schinken, filmle, filmli, fulm, fuim,
  popcorn film, date film
series: serie, serien, serientipp, serientipps, serienvorschlag, serienvorschlage, serienempfehlung, fernsehserie,
  miniserie, sendung, mehrteiler, fernsehmehrteiler, vierteiler, funfteiler, sechsteiler, serientip, serienidee,
  serienfutter, seriennachschub, serienklassiker, serienhit, serienperle, serienwunsch, serienstoff, serienfan,
  sendereihe, fernsehreihe, dokureihe, krimireihe, fernsehshow, comedyshow, sketchshow, vorabendsoap, dailysoap,
  vielen staffeln, wenigen staffeln, wenige staffeln, einer staffel, eine staffel, ganze staffel, pro folge, pro
  episode, kurze folgen, kurzen folgen, kurze episoden, kurzen episoden, paar folgen, paar episoden, wegsuchten, zum
  suchten, zum durchsuchten, serieli
anime: anime, animes, animemassig, animezeug, animefan, animekram, manga, mangaverfilmung, mangaadaption, otaku
"""
