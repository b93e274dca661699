"""Topics of work, people, arts, journeys, nature and places.

A topic's name stands at the margin; below it the words that ask for it, by language, and the keywords that show it.
"~" marks keywords that only come near.
"""

TABLE = """
journalism
  en: journalist, journalists, reporter, newspaper, reporters
  de: journalismus, journalist, journalisten, reporter, zeitung
  fr: journalisme, journaliste, journalistes, presse
  shown by: journalism, journalist, newspaper, reporter, investigative journalism, news reporter, ~television
hackers
  en: hacker, hacking, computer hacker
  de: hacker, hacken
  fr: pirate informatique, hacker, hackers, piratage
  shown by: hacker, hacking, computer hacker, cyberpunk, computer virus, ~computer, ~internet
virtual reality
  en: simulation, simulated reality, video game, video games, gaming
  de: virtuelle realitat, simulation, videospiel, videospiele, computerspiel
  fr: realite virtuelle, simulation, jeu video, jeux video
  shown by: virtual reality, simulated reality, video game, based on video game, simulation, ~computer, ~artificial
    intelligence
dreams
  en: dream, dreaming, subconscious, nightmares
  de: traum, traume, alptraum, albtraum
  fr: reve, reves, cauchemar
  shown by: dream, dreams, nightmare, subconscious, lucid dreaming, ~hallucination
memory loss
  en: amnesia, amnesiac, lost memory
  de: gedachtnisverlust, amnesie
  fr: amnesie, perte de memoire
  shown by: amnesia, memory loss, memory, loss of memory, ~identity
mental illness
  en: madness, insanity, schizophrenia, mental health, asylum, depression
  de: psychische krankheit, wahnsinn, psychiatrie, depression
  fr: maladie mentale, folie, depression, asile
  shown by: mental illness, insanity, schizophrenia, mental institution, depression, psychiatric hospital, bipolar
    disorder, ~psychiatrist, ~suicide
school
  en: high school, highschool, college, university, students, teenagers, teacher, teens, teen, campus
  de: schule, highschool, schuler, uni, universitat, lehrer, studenten, jugendliche
  fr: ecole, lycee, universite, etudiants, professeur, adolescents, ados
  shown by: high school, school, college, teacher, student, university, teen movie, teenager, high school student,
    campus, fraternity, ~bully
coming of age
  en: growing up, adolescence
  de: erwachsenwerden, erwachsen werden
  fr: passage a l age adulte, grandir
  shown by: coming of age, adolescence, growing up, teenage boy, teenage girl, ~childhood, ~youth
friendship
  en: friends, buddies, best friends, buddy, buddy movie, buddy cop
  de: freundschaft, freunde, kumpel
  fr: amitie, amis, copains
  shown by: friendship, best friend, buddy, buddy cop, male friendship, female friendship, friends, buddy comedy
family relationships
  en: father and son, mother and daughter, siblings, dysfunctional family, brothers, sisters, parents
  de: familiengeschichte, vater und sohn, geschwister, eltern, bruder, schwestern
  fr: relations familiales, pere et fils, freres, soeurs, parents
  shown by: family relationships, father son relationship, dysfunctional family, mother daughter relationship,
    siblings, brother brother relationship, sister sister relationship, family, ~parent child relationship
wedding
  en: weddings, marriage, bride, bachelor party, bachelorette
  de: hochzeit, hochzeiten, heirat, ehe, braut, junggesellenabschied
  fr: mariage, mariages, noces, enterrement de vie de garcon
  shown by: wedding, marriage, bride, bachelor party, wedding party, ~engagement, ~love
christmas
  en: xmas, santa, santa claus, holiday movie, holiday season
  de: weihnachten, weihnachtsfilm, weihnachts, nikolaus, weihnachtsmann
  fr: noel, pere noel, fetes de fin d annee
  shown by: christmas, santa claus, christmas eve, holiday, christmas tree, ~snow, ~winter
halloween
  en: trick or treat
  de: halloween
  fr: halloween
  shown by: halloween, ~slasher
music business
  en: band, rock band, musician, musicians, singer, rock music, jazz, hip hop, rap, rock n roll, guitar
  de: band, musiker, sanger, rockmusik, rockband, jazz
  fr: groupe de rock, musicien, musiciens, chanteur, chanteuse, jazz, rock
  shown by: musician, band, singer, rock band, rock music, jazz, hip hop, rap music, music, guitar, pop music,
    concert, ~music band
dance
  en: dancing, dancer, dancers, ballet
  de: tanz, tanzen, tanzer, ballett, tanzfilm
  fr: danse, danser, danseur, ballet
  shown by: dance, dancing, dancer, ballet, ballet dancer, ballerina, ~choreography
cooking
  en: food, chef, chefs, restaurant, kitchen, cook
  de: kochen, essen, koch, restaurant, kuche
  fr: cuisine, chef cuisinier, restaurant, gastronomie, cuisinier
  shown by: cooking, chef, food, restaurant, cook, kitchen, ~gourmet
art
  en: painter, painting, artist, artists
  de: kunst, maler, malerei, kunstler
  fr: peintre, peinture, artiste
  shown by: painter, painting, artist, art, ~museum, ~art thief
writers
  en: writer, author, novelist, poet, book, books
  de: schriftsteller, autor, dichter, bucher
  fr: ecrivain, auteur, poete, livres
  shown by: writer, author, novelist, poet, poetry, writing, ~book, ~literature
filmmaking
  en: hollywood, movie making, actors, movie business, film within a film
  de: filmemachen, filmgeschaft, schauspieler, filmbranche
  fr: cinema dans le cinema, tournage, acteurs
  shown by: filmmaking, hollywood, movie business, actor, film director, film in film, ~movie star
business
  en: wall street, finance, stock market, bankers, company, startup, corporate, money
  de: wirtschaft, borse, finanzen, banker, unternehmen, geld
  fr: finance, bourse, entreprise, argent
  shown by: wall street, stock market, finance, businessman, banker, business, corporate greed, stockbroker,
    ~capitalism, ~greed
gambling
  en: casino, poker, gambler, las vegas, vegas, betting
  de: glucksspiel, kasino, casino, poker, zocker
  fr: jeu d argent, casino, poker, joueur
  shown by: gambling, casino, poker, las vegas, gambler, betting, card game, ~bet
con artists
  en: con artist, con man, con men, scam, scams, grifters, swindlers, fraud, impostor
  de: betruger, hochstapler, betrug, trickbetruger, schwindler
  fr: escroc, escrocs, arnaque, arnaqueurs, imposteur
  shown by: con artist, con man, scam, swindle, fraud, conman, swindler, impostor, ~thief, ~double cross
conspiracy
  en: conspiracies, cover up, paranoia
  de: verschworung, verschworungen
  fr: complot, complots, conspiration
  shown by: conspiracy, cover up, conspiracy theory, government conspiracy, ~paranoia, ~corruption
terrorism
  en: terrorist, terrorists, bomb, hijacking, hijack
  de: terrorismus, terroristen, terror, bombe, flugzeugentfuhrung
  fr: terrorisme, terroristes, bombe, detournement
  shown by: terrorism, terrorist, bomb, hijacking, terrorist attack, airplane hijacking, ~explosion, ~hostage
cults
  en: cult, sect, sects
  de: sekte, sekten, kult
  fr: secte, sectes
  shown by: cult, sect, religious cult, ~ritual, ~brainwashing
religion
  en: priest, church, faith, religious, nun, nuns, jesus, bible, god
  de: religion, priester, kirche, glaube, nonne, bibel, jesus
  fr: religion, pretre, eglise, foi, nonne, jesus, bible
  shown by: religion, priest, church, catholic church, christianity, faith, nun, bible, jesus christ, ~god
lgbt
  en: gay, lesbian, queer, lgbtq, transgender, lgbt romance, trans
  de: schwul, lesbisch, queer, homosexuell, schwule, lesben
  fr: gay, lesbienne, homosexuel, homosexuelle, queer
  shown by: lgbt, gay, lesbian, homosexuality, transgender, gay interest, lesbian relationship, queer, gay theme
racism
  en: race relations, civil rights, slavery, slaves, slave, segregation, apartheid
  de: rassismus, sklaverei, burgerrechte, sklaven
  fr: racisme, esclavage, droits civiques, esclaves
  shown by: racism, civil rights, slavery, slave, segregation, apartheid, african american, racial segregation,
    ~prejudice
true story
  en: based on a true story, based on true events, real story, true events, real events, true stories, based on true
    story
  de: wahre geschichte, wahren begebenheit, wahre begebenheit, wahren geschichte, tatsachen, wahren begebenheiten
  fr: histoire vraie, faits reels, fait reel, histoires vraies
  shown by: based on true story, based on true events, true story, biography, based on a true story, historical
    figure, ~docudrama
biography
  en: biopic, biopics, life of, biographical
  de: biografie, biopic, filmbiografie, lebensgeschichte
  fr: biographie, biopic, la vie de
  shown by: biography, biopic, based on true story, historical figure, based on memoir or autobiography
book adaptation
  en: based on a book, based on a novel, novel adaptation, adaptation, based on the book
  de: buchverfilmung, romanverfilmung, literaturverfilmung, nach einem buch
  fr: adaptation d un roman, adapte d un livre, tire d un livre
  shown by: based on novel, based on novel or book, based on book, based on young adult novel, based on short story
stephen king
  shown by: based on stephen king novel, stephen king
road trip
  en: road movie, roadtrip, road trips, cross country
  de: roadtrip, roadmovie, autoreise
  fr: road movie, road trip, sur la route
  shown by: road trip, road movie, on the road, cross country, car journey, ~hitchhiker, ~journey
travel
  en: vacation, holiday, holidays, journey, backpacking, summer holiday
  de: reise, urlaub, ferien, reisen
  fr: voyage, vacances
  shown by: vacation, travel, holiday, tourist, journey, summer vacation, ~road trip
beach
  en: surf, surfing, surfers, summer, island
  de: strand, surfen, surfer, insel, sommer
  fr: plage, surf, surfeur, ile, ete
  shown by: beach, surfing, surfer, island, summer, tropical island, ~sea, ~vacation
sea
  en: ocean, ship, boat, sailing, sailors, underwater, at sea, diving
  de: meer, ozean, schiff, boot, segeln, unterwasser, see
  fr: mer, ocean, bateau, navire, sous l eau, marins
  shown by: ocean, sea, ship, boat, sailing, sailor, underwater, shipwreck, ~cruise ship, ~island
mountains
  en: mountain, climbing, mountaineering, climbers, everest
  de: berge, berg, bergsteigen, bergsteiger, klettern
  fr: montagne, montagnes, alpinisme, escalade
  shown by: mountain, mountain climbing, mountaineering, climbing, mount everest, climber, ~snow, ~avalanche
snow
  en: winter, arctic, antarctica, antarctic, ice
  de: schnee, winter, arktis, antarktis, eis
  fr: neige, hiver, arctique, antarctique
  shown by: snow, winter, arctic, antarctica, blizzard, snowstorm, ~alaska, ~cold
desert
  en: sahara
  de: wuste, sahara
  fr: desert, sahara
  shown by: desert, sahara desert, ~middle east
jungle
  en: rainforest, amazon
  de: dschungel, regenwald, urwald
  fr: jungle, foret tropicale, amazonie
  shown by: jungle, rainforest, amazon, amazon rainforest, ~tribe
woods
  en: forest, cabin in the woods, cabin
  de: wald, waldhutte, hutte im wald
  fr: foret, cabane, bois
  shown by: woods, forest, cabin, cabin in the woods, camping, ~wilderness
animals
  en: animal, talking animals, wildlife, nature
  de: tiere, tier, natur, sprechende tiere
  fr: animaux, animal, nature, animaux qui parlent
  shown by: animal, talking animal, animals, wildlife, anthropomorphism, nature, zoo, ~pet
dogs
  en: dog, puppy, puppies
  de: hund, hunde, welpe
  fr: chien, chiens, chiot
  shown by: dog, human animal relationship, puppy, ~pet, ~dog lover
cats
  en: cat, kitten
  de: katze, katzen
  fr: chat, chats
  shown by: cat, kitten, ~pet
horses
  en: horse, horse racing
  de: pferd, pferde, pferderennen
  fr: cheval, chevaux, equitation
  shown by: horse, horse race, horse racing, jockey, horseback riding, ~ranch
spiders
  en: spider, insects, insect, bugs
  de: spinne, spinnen, insekten
  fr: araignee, araignees, insectes
  shown by: spider, insect, giant spider, giant insect, ~animal attack
snakes
  en: snake
  de: schlange, schlangen
  fr: serpent, serpents
  shown by: snake, anaconda, giant snake, ~animal attack
airplane
  en: plane, planes, airplanes, aviation, pilots, pilot, plane crash, flying, aircraft, fighter pilot, fighter pilots,
    jets
  de: flugzeug, flugzeuge, pilot, piloten, flugzeugabsturz, fliegerei
  fr: avion, avions, pilote, pilotes, crash aerien, aviation
  shown by: airplane, pilot, airplane crash, plane crash, aviation, fighter pilot, air force, flight, ~airport
train
  en: trains, railway, railroad
  de: zug, eisenbahn, zuge, bahn
  fr: train, trains, chemin de fer
  shown by: train, railroad, train robbery, train accident, subway, ~railway station
elevator
  en: single location, one location, one room, chamber play
  de: fahrstuhl, ein raum, kammerspiel, ein ort
  fr: ascenseur, huis clos, un seul lieu
  shown by: single location, one location, elevator, trapped, locked in, ~claustrophobia
paris
  shown by: paris, paris france, ~france
new york
  en: new york city, nyc, manhattan, brooklyn
  de: new york
  fr: new york
  shown by: new york city, new york, manhattan new york city, brooklyn new york city
los angeles
  en: la noir
  de: los angeles
  fr: los angeles
  shown by: los angeles, los angeles california, ~california, ~hollywood
london
  fr: londres
  shown by: london, london england, ~england
tokyo
  de: tokio
  fr: tokyo
  shown by: tokyo, tokyo japan, ~japan
berlin
  shown by: berlin, berlin germany, ~germany
"""
