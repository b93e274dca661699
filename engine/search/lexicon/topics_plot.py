"""Topics of crime, fear, the fantastic, war and power.

A topic's name stands at the margin; below it the words that ask for it, by language, and the keywords that show it.
"~" marks keywords that only come near.
"""

TABLE = """
heist
  en: heists, caper, capers, robbery, robberies, bank robbery, bank heist, bank robbers, robbers, con job, burglary,
    thieves
  de: bankraub, raub, raububerfall, uberfall, coup, einbruch, bankuberfall, raubzug
  fr: braquage, casse, hold up, cambriolage, braqueurs, vol
  shown by: heist, robbery, rob, robbing, robbed, bank robbery, bank heist, caper, armed robbery, bank robber, train
    robbery, jewel theft, jewel heist, jewel thief, robber, burglary, heist gone wrong, casino heist, bank job, hold
    up robbery, stick up, master thief, burglar, bank vault, safecracker, ~thief, ~theft, ~stealing, ~steal, ~stolen
    money, ~loot, ~vault, ~gold bullion, ~getaway driver, ~casino
zombies
  en: zombie, undead, living dead, walking dead
  de: zombies, untote, zombie
  fr: zombies, mort vivant, morts vivants, zombie
  shown by: zombie, zombie apocalypse, undead, living dead, flesh eating zombies, ~virus, ~infection, ~post
    apocalyptic
sharks
  en: shark, killer shark, great white
  de: hai, haie, weisser hai, haien
  fr: requin, requins
  shown by: shark, shark attack, great white shark, killer shark, ~sea monster, ~animal attack
vampires
  en: vampire, dracula, bloodsucker
  de: vampir, vampire, vampiren
  fr: vampire, vampires
  shown by: vampire, vampire hunter, dracula, vampirism, ~bite, ~undead
werewolves
  en: werewolf, lycanthrope
  de: werwolf, werwolfe
  fr: loup garou, loups garous
  shown by: werewolf, lycanthropy, ~full moon, ~transformation
ghosts
  en: ghost, haunted house, haunting, poltergeist, spirits
  de: geist, geister, spuk, spukhaus, gespenst, gespenster
  fr: fantome, fantomes, maison hantee, esprits
  shown by: ghost, haunted house, haunting, poltergeist, ghost hunter, spirit, ~supernatural, ~paranormal
witches
  en: witch, witchcraft, coven
  de: hexe, hexen, hexerei
  fr: sorciere, sorcieres, sorcellerie
  shown by: witch, witchcraft, coven, black magic, witch hunt, ~spell, ~magic
demons
  en: demon, exorcism, possession, possessed, devil, satan
  de: damon, damonen, exorzismus, teufel, besessen
  fr: demon, demons, exorcisme, diable, possession
  shown by: demon, exorcism, demonic possession, satan, devil, possession, exorcist, ~occult, ~priest
space
  en: outer space, spaceship, spaceships, astronaut, astronauts, space travel, space station, galaxy
  de: weltraum, weltall, raumschiff, raumschiffe, astronaut, astronauten, im all, ins all
  fr: espace, vaisseau spatial, astronaute, astronautes, vaisseaux
  shown by: space, outer space, spacecraft, space travel, astronaut, space station, spaceship, space mission, space
    opera, nasa, ~planet, ~galaxy, ~alien planet, ~mars, ~moon
aliens
  en: alien, extraterrestrial, extraterrestrials, ufo, alien invasion, martians
  de: ausserirdische, aliens, alien, ufos, ausserirdischer
  fr: extraterrestre, extraterrestres, aliens, ovni
  shown by: alien, alien invasion, extraterrestrial, ufo, alien life form, alien contact, alien abduction, first
    contact, ~space
robots
  en: robot, android, androids, cyborg, artificial intelligence, ai, killer robots
  de: roboter, kunstliche intelligenz, ki, androiden, robotern
  fr: robot, robots, intelligence artificielle, ia, androide
  shown by: robot, android, artificial intelligence, cyborg, killer robot, humanoid robot, ~computer, ~dystopia
time travel
  en: time travelling, time traveling, time machine, time traveller, time traveler, travel through time, time travels
  de: zeitreise, zeitreisen, zeitmaschine
  fr: voyage dans le temps, voyages dans le temps, machine a remonter le temps
  shown by: time travel, time machine, time traveler, ~time loop, ~time paradox, ~alternate timeline, ~back in time
time loop
  en: time loops, groundhog day, same day over and over
  de: zeitschleife, zeitschleifen
  fr: boucle temporelle, boucles temporelles
  shown by: time loop, repeating day, deja vu, ~time travel
dinosaurs
  en: dinosaur, dinos
  de: dinosaurier, dinos
  fr: dinosaure, dinosaures
  shown by: dinosaur, tyrannosaurus rex, velociraptor, ~prehistoric
monsters
  en: monster, kaiju, giant monster, creature, creatures
  de: monster, ungeheuer, kreatur
  fr: monstre, monstres, creature
  shown by: monster, giant monster, kaiju, creature, creature feature, sea monster, giant animal, ~mutant
dragons
  en: dragon
  de: drache, drachen
  fr: dragon, dragons
  shown by: dragon, ~mythical creature, ~fantasy world
superheroes
  en: superhero, super hero, super heroes, comic book, comic books, marvel, dc comics, comics
  de: superheld, superhelden, comicverfilmung
  fr: super heros, superheros, bande dessinee
  shown by: superhero, super power, superhero team, based on comic, marvel comic, dc comics, based on comic book,
    marvel cinematic universe, ~masked vigilante, ~villain
spies
  en: spy, espionage, secret agent, secret agents, secret service, cia, mi6, agents
  de: spion, spione, spionage, agent, agenten, geheimagent, geheimdienst, agentenfilm
  fr: espion, espions, espionnage, agent secret, agents secrets, services secrets
  shown by: spy, espionage, secret agent, cia, mi6, undercover agent, british secret service, cold war, double agent,
    spying, kgb, ~conspiracy, ~assassin
serial killer
  en: serial killers, serial murderer, murderer, killer on the loose, psychopath
  de: serienmorder, serienkiller, morder, psychopath
  fr: tueur en serie, tueurs en serie, psychopathe
  shown by: serial killer, psychopath, serial murder, ~murder, ~killer, ~detective
hitman
  en: hitmen, assassin, assassins, hired killer, contract killer
  de: auftragskiller, killer, profikiller, auftragsmorder
  fr: tueur a gages, assassin, assassins
  shown by: hitman, assassin, contract killer, hired killer, assassination, female assassin, ~mercenary
detectives
  en: detective, private eye, private detective, sleuth, investigator, sherlock
  de: detektiv, detektive, ermittler, privatdetektiv, kommissar
  fr: detective, enqueteur, detective prive, enquete
  shown by: detective, private detective, investigation, police detective, private investigator, sherlock holmes,
    whodunit, ~murder, ~police
police
  en: cop, cops, policeman, policemen
  de: polizei, polizist, polizisten, bullen
  fr: flic, flics, policiers, la police
  shown by: police, cop, police officer, corrupt cop, police detective, undercover cop, lapd, nypd, ~detective,
    ~investigation
mafia
  en: mob, gangsters, gangster, mobsters, organized crime, organised crime, cartel, drug cartel
  de: mafia, gangster, kartell
  fr: mafia, gangsters, cartel
  shown by: mafia, gangster, organized crime, mobster, mob, crime boss, crime family, drug cartel, italian mafia,
    yakuza, ~drug dealer, ~gang
prison
  en: jail, prison break, prison escape, inmates, prisoners
  de: gefangnis, knast, gefangnisausbruch, haftling
  fr: prison, evasion, prisonnier, prisonniers
  shown by: prison, prison escape, prisoner, prison break, jail, escape from prison, inmate, prison cell, ~convict,
    ~ex convict
drugs
  en: drug, drug dealer, drug dealers, addiction, drug addiction, junkies
  de: drogen, drogensucht, dealer, sucht
  fr: drogue, drogues, toxicomanie, dealer, addiction
  shown by: drug, drug addiction, drug dealer, drug trafficking, heroin, cocaine, drugs, drug abuse, ~addiction
courtroom
  en: court, trial, lawyer, lawyers, legal, courtroom drama
  de: gericht, gerichtsdrama, anwalt, anwalte, prozess, gerichtssaal, justiz
  fr: tribunal, proces, avocat, avocats
  shown by: courtroom, lawyer, trial, court case, court, courtroom drama, jury, attorney, judge, legal drama, ~justice
kidnapping
  en: kidnap, kidnapped, abduction, hostage, hostages
  de: entfuhrung, geisel, geiseln, geiselnahme, entfuhrt
  fr: enlevement, kidnapping, otage, otages, prise d otages
  shown by: kidnapping, hostage, abduction, ransom, kidnap, hostage taking, hostage situation
revenge
  en: vengeance, vigilante, avenge
  de: rache, rachefeldzug, selbstjustiz, vergeltung
  fr: vengeance, se venger
  shown by: revenge, vengeance, vigilante, ~justice, ~retribution
survival
  en: survive, survivors, stranded, castaway, shipwreck
  de: uberleben, uberlebenskampf, schiffbruch, gestrandet
  fr: survie, naufrage, survivre
  shown by: survival, stranded, survivor, castaway, shipwreck, survival horror, wilderness, ~plane crash, ~island
apocalypse
  en: post apocalyptic, postapocalyptic, end of the world, post apocalypse, doomsday
  de: apokalypse, weltuntergang, endzeit, postapokalyptisch, endzeitfilm
  fr: apocalypse, fin du monde, post apocalyptique
  shown by: post apocalyptic, apocalypse, end of the world, post apocalyptic future, nuclear holocaust, ~dystopia,
    ~survival
dystopia
  en: dystopian, dystopias, totalitarian
  de: dystopie, dystopisch
  fr: dystopie, dystopique
  shown by: dystopia, totalitarian regime, dystopian future, big brother, ~post apocalyptic, ~future
disaster
  en: natural disaster, disasters, catastrophe, earthquake, tornado, volcano, tsunami
  de: katastrophe, katastrophenfilm, erdbeben, vulkan, naturkatastrophe
  fr: catastrophe, film catastrophe, seisme, volcan
  shown by: disaster, natural disaster, earthquake, disaster film, tornado, volcano, tsunami, asteroid, disaster
    movie, ~end of the world, ~storm
virus
  en: pandemic, epidemic, outbreak, plague, contagion
  de: virus, pandemie, seuche, epidemie
  fr: virus, pandemie, epidemie
  shown by: virus, pandemic, epidemic, deadly virus, outbreak, plague, infection, contagion, ~quarantine
world war ii
  en: world war 2, wwii, ww2, second world war, nazis, nazi, holocaust, d day
  de: zweiter weltkrieg, 2 weltkrieg, nazis, holocaust, zweiten weltkrieg
  fr: seconde guerre mondiale, deuxieme guerre mondiale, nazis, shoah
  shown by: world war ii, nazi, holocaust, nazi germany, d day, concentration camp, adolf hitler, jewish persecution,
    ~soldier, ~german occupation
world war i
  en: world war 1, wwi, ww1, first world war, trenches
  de: erster weltkrieg, ersten weltkrieg
  fr: premiere guerre mondiale, grande guerre
  shown by: world war i, trench warfare, western front, ~soldier
vietnam war
  en: vietnam, nam
  de: vietnamkrieg
  fr: guerre du vietnam
  shown by: vietnam war, vietnam, vietnam veteran, ~soldier
submarine
  en: submarines, u boat, sub
  de: u boot, uboot, u boote, unterseeboot
  fr: sous marin, sous marins
  shown by: submarine, u boat, ~navy
soldiers
  en: soldier, military, army, marines
  de: soldat, soldaten, militar, bundeswehr, armee
  fr: soldat, soldats, armee, militaire
  shown by: soldier, military, army, marine, u s army, war veteran, ~battle
samurai
  en: samurais, ronin, katana
  de: samurai
  fr: samourai, samourais
  shown by: samurai, ronin, samurai sword, jidaigeki, feudal japan, ~japan, ~sword fight
martial arts
  en: kung fu, karate, martial art, fighting, ninja, ninjas
  de: kampfkunst, kung fu, karate, ninja, kampfsport
  fr: arts martiaux, kung fu, karate, ninja
  shown by: martial arts, kung fu, karate, martial artist, ninja, wuxia, muay thai, martial arts tournament, ~fight,
    ~sword fight
boxing
  en: boxer, boxers
  de: boxen, boxer, boxfilm
  fr: boxe, boxeur
  shown by: boxing, boxer, boxing champion, boxing match, ~sport
sports
  en: sport, football, soccer, baseball, basketball, hockey, american football, athlete
  de: sport, fussball, sportfilm, sportler
  fr: sport, football, foot, sportif
  shown by: sport, american football, football, soccer, baseball, basketball, ice hockey, sports, coach, underdog,
    sports team, ~athlete, ~olympic games
racing
  en: car racing, race, races, formula 1, cars, car chase, car chases, race car, street racing
  de: rennen, autorennen, formel 1, autos, verfolgungsjagd
  fr: course, courses automobiles, formule 1, voitures, course poursuite
  shown by: car race, racing, race car, formula one, street race, car chase, auto racing, motor sport, car journey,
    ~sports car, ~automobile racing
pirates
  en: pirate
  de: pirat, piraten
  fr: pirate, pirates
  shown by: pirate, pirate ship, buccaneer, ~ship, ~treasure
treasure hunt
  en: treasure, treasure hunting, lost treasure
  de: schatzsuche, schatz
  fr: chasse au tresor, tresor
  shown by: treasure hunt, treasure, hidden treasure, treasure map, archaeologist, ~adventurer
cowboys
  en: cowboy, wild west, gunslinger, outlaw, outlaws, bounty hunter
  de: cowboy, wilder westen, revolverheld, kopfgeldjager
  fr: cowboy, cowboys, far west, hors la loi, chasseur de primes
  shown by: cowboy, gunslinger, outlaw, wild west, bounty hunter, gunfight, sheriff, ~ranch, ~texas
magic
  en: wizard, wizards, magician, magicians, sorcerer, illusionist
  de: magie, zauberer, zauberei, magier
  fr: magie, magicien, magiciens, sorcier, sorciers
  shown by: magic, wizard, magician, sorcerer, magical, illusionist, ~spell, ~witch
mythology
  en: greek mythology, gods, myth
  de: mythologie, gotter, sagen
  fr: mythologie, dieux
  shown by: mythology, greek mythology, norse mythology, god, ancient greece, ~hercules, ~mythical creature
knights
  en: knight, medieval, middle ages, king arthur, swords
  de: ritter, mittelalter, konig artus
  fr: chevalier, chevaliers, moyen age, medieval, roi arthur
  shown by: knight, medieval, middle ages, king arthur, sword, round table, crusade, ~castle, ~sword fight
ancient rome
  en: roman empire, rome, gladiators, gladiator, romans
  de: antikes rom, romer, gladiatoren, romisches reich, gladiator
  fr: rome antique, gladiateurs, empire romain, gladiateur
  shown by: ancient rome, roman empire, gladiator, roman, julius caesar, ~toga, ~slave
royalty
  en: queen, king, princess, prince, royal, royals, monarchy
  de: konigin, konig, prinzessin, prinz, adel, konigshaus
  fr: reine, roi, princesse, prince, royaute
  shown by: royalty, queen, king, princess, prince, monarchy, royal family, british monarchy, ~throne, ~kingdom
politics
  en: political, politician, president, election, white house, politicians
  de: politik, politisch, politiker, prasident, wahl
  fr: politique, politicien, president, election
  shown by: politics, politician, u s president, president, election, political campaign, white house, senator,
    ~corruption, ~government
film noir
  en: noir, neo noir
  de: noir
  fr: film noir
  shown by: film noir, neo noir, ~femme fatale, ~private detective, ~hardboiled
black and white
  en: b w, monochrome
  de: schwarz weiss, schwarzweiss, schwarzweissfilm
  fr: noir et blanc
  shown by: black and white, monochrome
slasher
  en: slashers, masked killer
  de: slasher
  fr: slasher
  shown by: slasher, masked killer, slasher flick, ~serial killer, ~stabbing
found footage
  en: mockumentary, found footage film
  fr: images retrouvees
  shown by: found footage, mockumentary, pseudo documentary
cyberpunk
  en: steampunk
  shown by: cyberpunk, steampunk, ~dystopia, ~virtual reality
dolls
  en: doll, killer doll, clown, clowns
  de: puppe, puppen, clown, clowns
  fr: poupee, poupees, clown, clowns
  shown by: doll, killer doll, evil doll, clown, ~puppet, ~toy
gangs
  en: gang, street gang, bikers, biker
  de: bande, banden, gang, rocker
  fr: bande, gang, motards
  shown by: gang, street gang, gang war, biker, motorcycle gang, ~gangster
"""
