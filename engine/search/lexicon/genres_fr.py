"""What people who speak French call genres and kinds; see `genres`."""

from __future__ import annotations

GENRES = """
Action: action, film d action, films d action, film de baston, films de baston, baston, bagarre, castagne, film de
  bagarre, films de bagarre, film de bourrin, films de bourrins, film a gros bras, films a gros bras, film de gros
  bras, films de gros bras, film de flingues, films de flingues, film de commando, films de commando, cascades
Adventure: aventure, aventures, film d aventure, film d aventures, cape et d epee, cape et epee, robinsonnade, film d
  exploration, films d exploration, film d expedition, films d expedition, corsaires, explorateurs, quete initiatique,
  film de robinsons
Animation: animation, dessin anime, dessins animes, film d animation, serie animee, series animees, film anime, films
  animes, image par image, pate a modeler, images de synthese, film de bonhommes, films de bonhommes, petits
  bonshommes, ptits bonhommes, petits bonhommes, dessins anime, petits mickeys
Comedy: comedie, comedies, parodie, farce, vaudeville, pochade, bouffonnerie, theatre de boulevard, film a sketches,
  films a sketches, sketchs, one man show, one woman show, spectacle d humour, spectacles d humour, documenteur, faux
  documentaire, faux docu, zombedie, comique troupier, boulevardier
Comedy+Drama: comedie dramatique, tragicomedie, dramedie, tragi comedie, comedies dramatiques, drame comique, serie
  comico dramatique, comico dramatique
Crime: policier, polar, polars, film de gangsters, film noir, film policier, film de flics, films de flics, serie de
  flics, series de flics, histoire de flics, film de mafieux, films de mafieux, film de truands, films de truands,
  truands, voyous, malfrats, pegre, affaires criminelles, affaire criminelle, enquete criminelle, faits divers,
  rompol, krimi, grand banditisme, roman noir
Documentary: documentaire, documentaires, docu, docuserie, docufiction, reportage, animalier, film animalier,
  documantaire, docmentaire, film ethnographique, cinema direct
Drama: drame, drames, melodrame, film dramatique, films dramatiques, serie dramatique, series dramatiques, histoire
  dramatique, histoires dramatiques, tragedie, psychodrame, chronique sociale, chronique familiale, saga familiale,
  sagas familiales, film social, films sociaux, cinema social, film psychologique, films psychologiques, film
  intimiste, films intimistes, etude de moeurs, film choral, films chorals, melos, drame sentimental
Family: familial, film familial, famille, films pour enfants, film pour les enfants, films pour les enfants, film d
  enfants, films d enfants, film jeunesse, films jeunesse, serie jeunesse, series jeunesse, programme jeunesse, serie
  pour enfants, series pour enfants, film pour gamins, films pour gamins, film pour gosses, films pour gosses, film
  pour petits, films pour petits, film pour les kids, conte pour enfants, contes pour enfants, cine gouter, films
  familiaux
Fantasy: fantastique, fantasy, conte de fees, heroic fantasy, contes de fees, film de fantaisie, films de fantaisie,
  fantaisie heroique, fantaisie medievale, medfan, med fan, epee et sorcellerie, conte merveilleux, monde feerique,
  univers feerique, feerie, monde imaginaire, mondes imaginaires, univers imaginaire, monde enchante, royaume
  enchante, monde magique, creatures magiques, realisme magique, lutins, licornes
History: historique, film historique, histoire, film d epoque, film en costumes, film en costume, films en costumes,
  en costumes, costumes d epoque, d epoque, antiquite, grece antique, egypte antique, epoque victorienne, epoque
  napoleonienne, epoque romaine, epoque coloniale, revolution francaise, film de sandales, films de sandales, grand
  siecle, second empire
Horror: horreur, epouvante, film d horreur, film d epouvante, film de peur, films de peur, histoire de peur, histoires
  de peur, film de terreur, films de terreur, film d angoisse, films d angoisse, film de trouille, films de trouille,
  film de frousse, slasheur, zombedie, grand guignol
Music: comedie musicale, comedies musicales, musical, film musical, film concert, films concert, film de concert,
  films de concert, concerts filmes, captation de concert, opera rock, operette, musicaux, films musicaux, chante et
  ca danse, chantent et dansent, chante et danse, ou ca chante, ou ils chantent, numeros musicaux, numeros chantes,
  film chante, spectacles musicaux
Mystery: mystere, film a enigme, enigme, qui a fait le coup, trouver le coupable, deviner le coupable, trouver l
  assassin, deviner l assassin, trouver le tueur, deviner le tueur, qui est le tueur, qui est le coupable, qui est l
  assassin, chambre close, affaire non resolue, affaires non resolues, murder party, meurtre a resoudre, meurtre non
  elucide, crime non elucide, affaire jamais elucidee, disparition inexpliquee
Romance: romance, film d amour, histoire d amour, films d amour, histoires d amour, histoire de coeur, histoires de
  coeur, amourette, bluette, film sentimental, films sentimentaux, drame sentimental, film a l eau de rose, films a l
  eau de rose, serie sentimentale, triangle amoureux, passion amoureuse, film d amoureux, films d amoureux, film de
  saint valentin, roman harlequin, amours contrariees, film de filles, films de filles, film de nanas, films de nanas,
  film girly, films girly
Romance+Comedy: comedie romantique, comedies romantiques, romcom, comedie sentimentale, comedies sentimentales,
  comedie amoureuse, comedies amoureuses, comedie d amour, comedies d amour, comedie a l eau de rose, comedies a l eau
  de rose, romance comique, romances comiques, comedie girly, com rom
Science Fiction: science fiction, sf, film de science fiction, s f, anticipation, film d anticipation, films d
  anticipation, science fi, uchronie, futuriste, retrofuturiste, retro futuriste, intergalactique, voyage spatial,
  voyages spatiaux, conquete spatiale, colonisation spatiale, epopee spatiale, film spatial, films spatiaux, space op
Soap: soap, feuilleton sentimental, telenovela, feuilleton quotidien, feuilletons quotidiens, serie quotidienne,
  series quotidiennes, feuilleton a l eau de rose, feuilletons a l eau de rose, serie a l eau de rose, series a l eau
  de rose, saga de l ete, sagas de l ete, roman savon, romans savon, teleroman, feuilleton de l apres midi
Thriller: thriller, thrillers, film a suspense, suspense, suspens, suspence, film a suspens, films a suspens,
  thrilleur, chat et la souris, chasse a l homme, film de traque, films de traque, film sous tension, film a tension
War: guerre, film de guerre, films de guerre, champ de bataille, champs de bataille, conflit arme, film militaire,
  films militaires, film de soldats, films de soldats, film de tranchees, films de tranchees, tranchees, debarquement
  de normandie, la resistance francaise, occupation allemande, maquisards, film antimilitariste, film de sniper, films
  de snipers
Western: western, westerns, film de cowboys, films de cowboys, film de cow boys, films de cow boys, cow boys et
  indiens, cowboys et indiens, film d indiens et de cowboys, indiens et cowboys, cow boy, saloon, ouest sauvage, ouest
  americain, desperados, duel au pistolet, duels au pistolet
TV Movie: telefilm de noel, film tele, films tele, film de tele, films de tele, film tv, films tv, film pour la tele,
  films pour la tele, film de television, fiction tele, fiction tv, fictions tele, unitaire tele
"""

KINDS = """
movie: film, films, long metrage, longs metrages, moyen metrage, moyens metrages, court metrage, courts metrages,
  peloche, pelloche, se faire une toile, petite vue, ptite vue, petites vues, oeuvre cinematographique, flim, film pop
  corn, film doudou, film engage, film coup de poing, film muet, serie b, serie z, film perche, series b, series z,
  film fleuve, films fleuves
series: serie, series, serie tele, miniserie, feuilleton, webserie, teleserie, teleroman, shortcom, serie doudou,
  plusieurs saisons, docuserie, en plusieurs episodes, enchainer les episodes, feuilletonnant, feuilletonesque,
  telefeuilleton, episodes courts
anime: anime, animes, japanimation, manga, japanime, japanim, oav, nekketsu, truc d otaku, trucs d otaku
"""
