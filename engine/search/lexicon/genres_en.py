"""What people who speak English call genres and kinds; see `genres`."""

from __future__ import annotations

GENRES = """
Action: action, actioner, actionfest, actiony, action fest, wuxia, gun fu, heroic bloodshed, punch em up, blow em up,
  bullet fest, bulletfest, one man army, nonstop action, non stop action, wall to wall action
Adventure: adventure, swashbuckler, swash buckler, ripping yarn, derring do, boys own, quest movie, quest film,
  adventurey, adventure romp
Animation: animation, animated, cartoon, pixar, stop motion, claymation, toon, hand drawn, handdrawn, donghua,
  stopmotion, aardman, dreamworks, plasticine, cel animated, rotoscoped, rotoscope, cgi cartoon, saturday morning
  cartoon, drawn by hand
Comedy: comedy, comedies, parody, spoof, farce, slapstick, sitcom, parodies, mockumentary, mockumentaries, stand up
  special, standup, standup special, stand up comic, sketch show, sketch series, screwball, buddy comedy, gross out
  comedy, pitch black comedy, stoner comedy, frat comedy, daft comedy, britcom, brit com, zomcom, zom com, zomedy,
  laugh fest, laughfest, comedy gold, side splitter
Comedy+Drama: dramedy, tragicomedy, comedy drama, dramedies, tragicomedies, tragi comedy, tragi comedies, seriocomic,
  serio comic, dramady, dramadies, dramcom, comedic drama, drama comedy, comedy slash drama
Crime: crime, gangster, mob, mafia, film noir, noir, neo noir, police procedural, detective story, cop show, cop
  series, cop film, cop movie, cop flick, cop drama, cop thriller, police show, police series, police drama, police
  film, police movie, police thriller, procedural, detective show, detective series, detective drama, detective
  stories, detective thriller, detective fiction, gangland, mobster movie, mobster film, yakuza, scandi noir,
  scandinoir, nordic noir, tartan noir, murder show, murdery show, crims, poliziottesco, poliziotteschi, policier,
  forensic show, crimey, cosy crime, cozy crime, gumshoe, crime caper, true crime doc
Documentary: documentary, documentry, documentery, documentries, documentaries, docu, docuseries, doc, true crime
  documentary, doco, docco, doccy, docudoc, docu film, nature programme, nature show, wildlife show, wildlife
  programme, wildlife film, nature film, nature series, rockumentary, rockumentaries, fly on the wall, factual,
  factual programme, non fiction, nonfiction, true crime doc, documantary, docmentary, documentory, documentay,
  educational film, concert doc
Drama: drama, melodrama, coming of age drama, kitchen sink drama, character study, character studies, family saga,
  docudrama, drama doc, chamber piece, two hander, kdrama, k drama, cdrama, c drama, jdrama, j drama, human drama, cop
  drama, police drama, detective drama, costumed drama, bonnet drama, corset drama, historic drama, heritage drama
Family: family, fam film, fam movie, fam flick
Fantasy: fantasy, fairy tale, fairytale, sword and sorcery, romantasy, fairy story, fairy stories, swords and sorcery,
  grimdark, science fantasy, elves and dwarves, elves and orcs, orcs and elves, orcs, mythical creatures, magical
  creatures, magical world, magical kingdom, tolkienesque
History: history, historical, period piece, period drama, costume drama, period film, period movie, period series,
  period show, costume film, costume movie, costume series, costumed drama, frock flick, bonnet drama, bonnets and
  corsets, corset drama, sword and sandal, swords and sandals, sandal epic, sandal movie, sandal film, sword and
  sandal epic, toga movie, toga epic, toga film, peplum, biblical epic, historic, historic drama, jidaigeki, jidai
  geki, heritage drama, bodice ripper
Horror: horror, slasher, splatter, creature feature, giallo, video nasty, video nasties, torture porn, zomcom, zom
  com, zomedy, rom zom com, romzomcom, splatterfest, splatterpunk, gialli, gorno, hagsploitation, spine chiller,
  spinechiller, fright flick, frightfest, scarefest, screamfest, scream fest, slasherfest, analog horror, analogue
  horror, body horror, folk horror, j horror, k horror, jhorror, horor, horrer
Music: musical, music, musicals, concert film, rock opera, sing along, singalong, song and dance, rockumentary,
  rockumentaries, concert movie, concert doc, gig film, filmed concert, live concert, show tunes, showtune, operetta,
  opera film, filmed opera, all singing all dancing, bursting into song, burst into song, bursts into song, break into
  song, breaks into song, breaking into song
Mystery: mystery, mysteries, whodunit, whodunnit, murder mystery, detective mystery, who dunnit, who dunit, who done
  it, whydunnit, whydunit, howdunnit, howcatchem, murder mysteries, country house murder, country house mystery,
  murder puzzle, puzzle mystery, locked room mystery, closed circle mystery, armchair detective
Romance: romance, love film, love films, love movie, love movies, love story, love stories, chick flick, chickflick,
  romantasy, bodice ripper, rom dram, romdram, romdrama, hallmark movie, hallmark film, hallmark flick, mills and
  boon, mills boon, love tale, love triangle, whirlwind romance, swoonfest, smoochfest
Romance+Comedy: romcom, rom com, romantic comedy, romantic comedies, rom comedy, rom comedies, romcomedy, romcommy,
  romantic com, rom comm, romcomm, rom zom com, romzomcom, christmas romcom, meet cute comedy, comedy romance
Science Fiction: science fiction, sci fi, scifi, sf, space opera, cyberpunk, syfy, sci fy, scify, sifi, si fi, skiffy,
  space western, steampunk, biopunk, dieselpunk, solarpunk, atompunk, hard sci fi, hard science fiction, speculative
  fiction, spec fic, futuristic, near future, far future, distant future, set in the future, retrofuturism, retro
  futurism, retrofuturistic, retro futuristic, tech noir, science fantasy, mecha, sciencefiction, sience fiction
Thriller: thriller, suspense, psychological thriller, psychothriller, psycho thriller, psychological chiller,
  potboiler, pot boiler, suspenser, technothriller, techno thriller, domestic noir, white knuckler, thriler, thirller,
  triller, conspiracy thriller, thrillery, cop thriller, police thriller, detective thriller
Soap: soap, soaps, soap opera, soap operas, telenovela, soapie, sudser, novela, teleserye, soapopera, soapy series,
  daytime soap
TV Movie: tv movie, made for tv, telemovie, tele movie, telefilm, tv film, television film, television movie, made for
  television, straight to tv, lifetime movie, lifetime film, hallmark movie, hallmark film, hallmark flick, movie of
  the week
War: war, war movie, war film, wartime, antiwar, anti war, combat film, combat movie, combat flick, squaddie film,
  squaddies, battlefield
Western: western, westerns, spaghetti western, oater, horse opera, cowboy film, cowboy movie, cowboy flick, cowboy
  picture, cowboy show, cowboys and indians, wild west film, wild west movie, space western, weird west, spag western,
  six shooters, sagebrush
"""

KINDS = """
movie: movie, film, flick, motion picture, picture, feature film, fillum, filum, moovie, feature length,
  featurelength, double feature, double bill, talkie, telemovie, tele movie, telefilm, chickflick, popcorn movie,
  popcorn film, popcorn flick, date movie, date film, date flick, movie date, feel bad movie, feel bad film, b movie,
  b film, z movie, trash film, trash movie, stoner movie, stoner film, art film, independent film, independent movie,
  festival film, silent film, silent movie, cult film, cult movie, cult flick, forgotten film, forgotten movie, kids
  flick, kiddie film, kiddie movie, kiddy film, childrens movie, quick film, quick movie, wtf movie, wtf film, auteur
  film
series: series, show, tv show, tv series, miniseries, mini series, sitcom, docuseries, tv, tv programme, tv program,
  television show, television series, television programme, box set, boxset, limited series, webseries, web series, tv
  serial, anthology series, kdrama, k drama, cdrama, c drama, jdrama, j drama, britcom, brit com, novelas, teleserye,
  kids show, kids series, kids tv, kids programme, childrens show, childrens series, childrens tv, childrens
  programme, kiddie show, sit com, trash tv, trash telly, junk tv, car crash tv, car crash telly, slow tv, good
  programme, decent programme, programme to watch, drama programme, crime programme
anime: anime, weeb stuff, weeb shows, japanimation
"""
