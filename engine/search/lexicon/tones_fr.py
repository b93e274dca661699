"""What people who speak French call tones, and how they compare; see `tones`."""

from __future__ import annotations

TONES = """
funny: drole, rire, rigoler, se marrer, marrer, me marrer, poilant, tordant, marrant, rigolo, hilarant, amusant,
  comique, pour rire, qui fait rire, humour, pleurer de rire, pince sans rire, bidonner, bidonnant, desopilant,
  humoristique, cocasse, drolissime, crampant, fendre la poire, fendre la gueule, taper des barres, plie en deux,
  plies en deux, plie en quatre, plies en quatre, zygomatiques, esclaffer, pouffer, hilarite, rigolade, marrade,
  poiler, bourre de gags, du burlesque
light: leger, legere, facile, sans prise de tete, insouciant, detente, divertissant, pas prise de tete, no prise de
  tete, pas de prise de tete, rien de prise de tete, sans se prendre la tete, pas se prendre la tete, pas casse tete,
  vider la tete, debrancher le cerveau, cerveau debranche, cerveau au vestiaire, cerveau en pause, sans reflechir,
  sans trop reflechir, rien de lourd, rien de trop lourd, changer les idees, penser a rien, en fond sonore, rien de
  trop serieux
heartwarming: touchant, emouvant, attendrissant, chaleureux, qui rechauffe le coeur, tendre, rechauffe le coeur,
  rechauffer le coeur, rechauffe les coeurs, chaud au coeur, baume au coeur, fondre le coeur, fait fondre mon coeur,
  mignon, choupinou, attachant, tendresse, bienveillant, plein d humanite, profondement humain, plein d emotion,
  beaucoup d emotion, riche en emotions, foi en l humanite, gorge nouee, trop trognon, chaleur humaine
feel-good: feel good, joyeux, joyeuse, de bonne humeur, bonne humeur, optimiste, gai, qui fait du bien, la peche, la
  patate, remonte le moral, donne le sourire, donner le sourire, redonne le sourire, redonner le sourire, rend le
  sourire, sourire aux levres, donne la banane, file la banane, remonter le moral, remontent le moral, booster le
  moral, booste le moral, faire du bien, fasse du bien, ondes positives, rejouissant, revigorant, euphorisant,
  jubilatoire, guilleret, enjoue, ensoleille, anti deprime, joie de vivre, finit bien
romantic: romantique, a l eau de rose, eau de rose, guimauve, fleur bleue, cucul la praline, culcul la praline,
  gnangnan, sirupeux, romantisme, papillons dans le ventre, en amoureux, saint valentin, passionnel, passionnelle,
  idylle, amour impossible, amour interdit, grand amour, tombent amoureux, ames soeurs, conter fleurette, tourtereaux,
  fait battre le coeur
sad: triste, tragique, dechirant, deprimant, pleurer, chialer, qui fait pleurer, melancolique, bouleversant, aux
  larmes, toutes les larmes, larmes aux yeux, larme a l oeil, tire larmes, larmoyant, verser une larme, verser une
  petite larme, verser des larmes, brise le coeur, briser le coeur, fend le coeur, fendre le coeur, arrache le coeur,
  creve coeur, mouchoirs, chialade, brailler, sangloter, sanglots, tristesse, cafardeux, cafardeuse, finit mal,
  termine mal
bittersweet: doux amer, aigre doux, douce amere, rire et pleurer, pleurer et rire, rire ou pleurer, du rire aux
  larmes, entre rire et larmes, entre rires et larmes, entre le rire et les larmes, le sourire et les larmes, entre
  joie et tristesse, entre tristesse et joie, entre tristesse et espoir, triste mais beau, triste et beau, beau et
  triste, triste mais tendre, triste mais plein d espoir, triste mais optimiste, doux et amer, douce et amere, tendre
  et triste, tragicomique, tragi comique, douce melancolie, joyeusement triste
dark: sombre, noir, tenebreux, glauque, sinistre, macabre, gothique, crepusculaire, poisseux, poisseuse, tenebreuse,
  noirceur, mortifere, funeste, vicieux, vicieuse, cruel, cruelle, sombrissime, atmosphere lourde, ambiance lourde,
  ames torturees, atmosphere pesante, ambiance pesante
bleak: desespere, sans espoir, desesperant, lugubre, plombant, plombe le moral, plomber le moral, sape le moral, mine
  le moral, demoralisant, pessimiste, desenchante, fataliste, desespoir, noir de chez noir, sans lueur d espoir,
  sinistrose, miserabilisme, a se flinguer, a se tirer une balle, fout le cafard, file le cafard, fout le bourdon,
  file le bourdon, desabuse, sans aucun espoir, sans le moindre espoir
tense: tendu, haletant, palpitant, prenant, captivant, stressant, a suspense, intense, passionnant, en haleine, bord
  du siege, bord de mon siege, bout de mon siege, bout de ma chaise, cloue au siege, cloue au fauteuil, scotche a l
  ecran, scotche au siege, ronger les ongles, bouffer les ongles, mains moites, boule au ventre, anxiogene,
  oppressant, etouffant, suffocant, hitchcockien, claustrophobique, prend aux tripes, nerfs a rude epreuve, souffle
  coupe, coeur qui s emballe
scary: effrayant, terrifiant, fait peur, fait vraiment peur, fait bien peur, faire peur, flippant, avoir peur,
  angoissant, fout les jetons, frissons, frissonner, flipper, fait flipper, faire flipper, fait vraiment flipper,
  fasse flipper, trouille, frousse, petoche, chocottes, miquettes, les jetons, epeurant, apeurant, fasse peur, fassent
  peur, font peur, froid dans le dos, glace le sang, glacer le sang, horrifique, cauchemardesque, faire des
  cauchemars, donner des cauchemars, sursauter, empeche de dormir, dans mon froc, dans mes culottes, derriere un
  coussin
creepy: inquietant, derangeant, malsain, malaisant, perturbant, glacant, sentiment de malaise, freakant, insidieuse,
  fantomatique, spectral, spectraux, troublant, donne le frisson, poils de la nuque, dresser les poils, dresse les
  poils, hante longtemps, hanter longtemps, vraiment derange, bien derange, qui met mal a l aise, mettre mal a l aise,
  qui mette mal a l aise, cheveux se dressent, dresser les cheveux
gory: sanglant, sang, gore, sanguinolent, hemoglobine, tripes a l air, tripes et boyaux, boyaux, barbaque, bidoche,
  tripaille, boucherie, demembrement, eventration, evisceration, membres arraches, tetes coupees, cervelle qui
  explose, degueu, vomitif, haut le coeur, retourne l estomac, souleve le coeur, estomac bien accroche, coeur bien
  accroche, ames sensibles s abstenir, goresque
violent: violent, brutal, violence, brutalite, brutaux, sanguinaire, sadique, sadisme, cruaute, barbarie, feroce,
  bestial, bourrin, ca cogne, qui cogne, ca castagne, ca tabasse, ca canarde, ca defouraille, defourailler, dezinguer,
  fusillades, sur la gueule, taper dessus, tapent dessus
calm: calme, paisible, tranquille, reposant, apaisant, doux, relaxant, pepere, pepouze, pepouse, tranquillou,
  tranquilou, serein, serenite, apaise, apaiser, douce, en douceur, tout en douceur, delassant, me relaxer, se
  relaxer, relaxe, me delasser, antistress, anti stress, destressant, destresser, decompresser, feutree, meditatif
cozy: cocooning, cosy, douillet, reconfortant, sous une couverture, sous la couverte, emmitoufle, coin du feu, feu de
  cheminee, bouillotte, cocon, en pyjama, charentaises, me blottir, se blottir, se pelotonner, quand il pleut
slow: lent, contemplatif, au rythme lent, contemplative, prend son temps, prenne son temps, prennent leur temps, prend
  le temps, rythme pose, rythme lancinant, petit rythme, au ralenti, longs silences, longs plans, plans fixes,
  langoureux, langoureuse, nonchalant, indolent, languissant, sans se presser, monte doucement, monte lentement, ou il
  se passe rien, ou il ne se passe rien, tout en lenteur, lenteur assumee
fast: rapide, rythme, trepidant, nerveux, speed, qui bouge, qui depote, ca depote, ca pulse, qui pulse, effrene,
  frenetique, survolte, energique, nerveuse, tambour battant, chapeaux de roues, sans temps mort, aucun temps mort, a
  cent a l heure, a 100 a l heure, a 200 a l heure, a toute allure, a fond la caisse, pied au plancher, ca bouge bien,
  ca demenage, qui demenage, enlevante, tres enlevant
epic: epique, grandiose, monumental, fresque, epopee, homerique, titanesque, colossal, dantesque, majestueux,
  majestueuse, grandiloquent, d envergure, de grande envergure, de grande ampleur, souffle romanesque, grand souffle,
  heroique, grandes batailles, grosses batailles, immenses batailles, batailles de ouf, plus grand que nature,
  wagnerien
spectacular: spectaculaire, impressionnant, visuellement epoustouflant, epoustouflant, grand spectacle, plein les
  yeux, plein la vue, en jette, a couper le souffle, coupe le souffle, effets speciaux, gros budget, superproduction,
  super production, a grand deploiement, explosif, explosive, ca explose, ca pete de partout, ca pete dans tous les
  sens, pyrotechnique, claque visuelle, baffe visuelle, eblouissant, eblouir, fait pour le grand ecran, feu d artifice
  visuel, visuellement bluffant, visuellement dingue
weird: bizarre, etrange, loufoque, deroutant, barre, dejante, chelou, zarbi, bizarroide, chtarbe, bien perche,
  completement perche, trop perche, truc perche, ovni cinematographique, completement givre, completement tare, barjo,
  barjot, frappadingue, foldingue, azimute, deglingue, detraque, deconcertant, flye, veritable ovni, completement
  dingo, completement barge, completement fele
surreal: surrealiste, onirique, hallucinatoire, hallucinogene, psychedelique, sous acide, sous lsd, sous champis, sous
  champignons, sous psychotropes, lynchien, fantasmagorique, reve eveille, comme dans un reve, entre reve et realite,
  reve et realite, trip visuel, trip sensoriel, hypnotique, logique du reve, etat second, chimerique, irreel, irreelle
absurd: absurde, saugrenu, ubuesque, kafkaien, non sens, nonsensique, sans queue ni tete, ni queue ni tete,
  abracadabrant, abracadabrantesque, delirant, delire total, gros delire, absurdite, rocambolesque, joyeux bordel,
  joyeux nawak, joyeux foutoir, zinzin, coq a l ane
stupid: stupide, bete, con, debile, idiot, nanar, abrutissant, neuneu, bebete, debilos, debilite, betise, niaiseux,
  niaiseuse, niaiserie, regressif, regressive, potache, lourdingue, pas finaud, bas du front, decerebre, sans cerveau,
  nanard, navet, plaisir coupable, pipi caca, ras des paquerettes, tellement nul que c est, tellement mauvais que c
  est
clever: intelligent, malin, astucieux, ingenieux, fute, subtil, bien ficele, bien construit, bien goupille, scenario
  beton, scenario en beton, scenario solide, au cordeau, tout en finesse, ruse, roublard, ingenieuse, astucieuse,
  maligne, subtilite, machiavelique, dialogues ciseles, prend pas pour des cons, prend pas pour un con, prend pas pour
  des idiots, dialogues bien ecrits, finement ecrit, bien huile, mecanique bien huilee
mind-bending: retors, a rebondissements, rebondissements, tordu, retourne le cerveau, retourne la tete, noeud au
  cerveau, casse tete, prise de tete, retourner le cerveau, retourner la tete, retourne le crane, vrille le cerveau,
  vriller le cerveau, grille le cerveau, griller le cerveau, fumer le cerveau, cerveau en compote, cerveau en
  bouillie, noeuds au cerveau, meninges, retournement de situation, retournements de situation, coup de theatre, coups
  de theatre, a tiroirs, alambique, labyrinthique, tortueux, tortueuse, imprevisible, fin inattendue, voit rien venir
thought-provoking: profond, philosophique, qui fait reflechir, fasse reflechir, fait reflechir, pour reflechir,
  exigeant, matiere a reflexion, donne a reflechir, donne a penser, invite a reflechir, pousse a reflechir, porte a
  reflechir, pousse a la reflexion, invite a la reflexion, remet en question, remettre en question, cogiter, intello,
  intellectuel, existentiel, existentielle, metaphysique, interpelle, avec du fond, sujet de societe, qui a du sens,
  reste longtemps en tete, trotte dans la tete
inspiring: inspirant, motivant, qui donne espoir, la niaque, la gnaque, donne des ailes, depassement de soi, se
  surpasser, lecon de vie, galvanisant, envie de vivre, gout a la vie, envie de se bouger, envie de me bouger, croire
  en ses reves, croire en soi, realiser ses reves, suivre ses reves, vaincre l adversite, plein d espoir, porteur d
  espoir, redonne espoir, redonner espoir, donne de l espoir, redonne de l espoir, resilience, ne jamais baisser les
  bras, ne baisse jamais les bras
nostalgic: nostalgique, nostalgie, retro, d antan, bon vieux temps, de mon enfance, retomber en enfance, retombe en
  enfance, retour en enfance, souvenirs d enfance, madeleine de proust, la bonne epoque, comme dans le temps, vhs,
  videoclub, video club, desuet, suranne, de notre enfance, berce mon enfance, rappelle mon enfance, de quand j etais
  petit, de quand j etais gamin, de quand j etais gosse, comme quand j etais petit, comme quand j etais gamin, comme
  quand j etais ado, comme quand on etait gamins
gritty: brut, cru, dur, sans fard, sans concession, rugueux, rugueuse, crasseux, crasseuse, crade, hardcore, trash,
  sans artifice, sans fioritures, rentre dedans, sans pincettes, ca rigole pas, qui rigole pas, camera a l epaule,
  misere sociale, au plus pres du reel, pas edulcore
stylish: style, elegant, esthetique, classieux, beau, atmospherique, stylise, esthetisant, esthetiquement, bien leche,
  tres leche, image lechee, images lechees, classieuse, raffine, glamour, baroque, pictural, somptueux, somptueuse,
  belle photo, belle photographie, belles images, belle image, images magnifiques, images sublimes, visuellement
  magnifique, visuellement sublime, visuellement superbe, beaute visuelle, esthetisme
quirky: decale, excentrique, fantasque, original, farfelu, atypique, insolite, singulier, fantaisiste, foufou,
  loufdingue, hurluberlu, iconoclaste, anticonformiste, non conformiste, peu conventionnel, peu banal, pas banal, pas
  commun, peu commun, sentiers battus, sort de l ordinaire, sortir de l ordinaire, pas formate, doux dingues, pas
  comme les autres
satirical: satirique, satire, ironique, mordant, grincant, sarcastique, sarcasme, cynique, caustique, acerbe,
  corrosif, corrosive, irreverencieux, irreverencieuse, subversif, second degre, au vitriol, critique sociale,
  critique de la societe, critique du capitalisme, pamphlet, pastiche, caricature, caricatural, tourne en derision,
  derision, ironie, qui se moque de, qui se moque du
sexy: sexy, erotique, sensuel, sulfureux, sensuelle, sensualite, sulfureuse, torride, coquin, ole ole, croustillant,
  affriolant, charnel, charnelle, grivois, libertin, lubrique, erotisme, scenes de sexe, scene de sexe, du sexe,
  scenes de cul, monter la temperature, un peu ose, scenes chaudes
kid-friendly: pour les petits, pour mes enfants, pour mon fils, pour ma fille, pour nos enfants, pour enfants, pour
  les enfants, pour des enfants, pour les gosses, pour les gamins, pour des gamins, pour les momes, pour mes petits,
  en famille, pour toute la famille, avec les enfants, tout public, adapte aux enfants, adaptee aux enfants, adapte a
  des enfants, adapte pour les enfants, enfants sont la, les enfants regardent, gamins sont encore bien reveilles,
  gamins sont reveilles, enfants sont reveilles, enfants sont encore debout, petits sont encore debout, convient aux
  enfants, accessible aux enfants, regarder avec des enfants, adapte aux petits, adapte aux plus jeunes, plait aux
  enfants, regardable avec des enfants, pour petits et grands, petits et grands, de 7 a 77 ans, tous les ages, jeune
  public, avec les petits, avec les gosses, avec les gamins, avec les momes, avec mes enfants, avec mes gamins, pour
  les tout petits, pour les plus jeunes, pour les bambins, bouts de chou, les flos, pour les kids, pour ma niece
mysterious: mysterieux, mysterieuse, enigmatique, intrigant, intriguant, qui intrigue, plein de secrets, pleins de
  secrets, secrets enfouis, lourd secret, cryptique, sibyllin, esoterique, nebuleux, nebuleuse, insondable,
  inexplique, zones d ombre, questions sans reponse, comprend qu a la fin, comprend tout a la fin, ambigu, fait planer
  le doute, plane le doute
adventurous: aventureux, aventureuse, depaysant, depaysement, depayser, exotique, exotisme, baroudeur, baroudeuse,
  peripeties, picaresque, besoin d evasion, envie d evasion, appel du large, prendre le large, grands espaces, bout du
  monde, tour du monde, casse cou, fait voyager, fasse voyager, faire voyager, contrees lointaines, terres inconnues,
  envie de m evader, besoin de m evader, envie de s evader
realistic: realiste, credible, plausible, naturaliste, authentique, vraisemblable, proche de la realite, proche du
  reel, colle a la realite, fidele a la realite, ancre dans le reel, ancre dans la realite, comme dans la vraie vie,
  la vraie vie, comme dans la vie, tranche de vie, tranches de vie, terre a terre, bien documente, quasi documentaire,
  sonne vrai, sonne juste, criant de verite, plus vrai que nature, pas tire par les cheveux, vraies gens, sent le vecu
classic: classique, classiques, culte, intemporel, film culte, incontournable, cultissime, chefs d oeuvre, patrimoine,
  mythique, legendaire, indemodable, pas pris une ride, une fois dans sa vie, faut avoir vu, doit avoir vu,
  cinematheque, d anthologie, age d or d hollywood, a marque son epoque
underrated: sous estime, meconnu, peu connu, perle rare, pepite, sous cote, mesestime, inconnu au bataillon, inconnu
  du grand public, pas connu, pas tres connu, moins connu, passe inapercu, passes inapercus, sous les radars, sous le
  radar, injustement oublie, tombe dans l oubli, bijou cache, joyau cache, tresor cache, perle cachee, petite perle,
  perles rares, que personne connait, que personne ne connait, dont personne ne parle
"""

DIRECTIONS = """
funnier: plus drole, plus marrant, plus rigolo, plus comique, moins serieux, plus d humour, plus hilarant, plus
  amusant, plus humoristique, plus burlesque, plus cocasse, plus tordant, plus poilant, plus crampant, plus delirant,
  plus fun, plus de blagues, plus de gags, plus de vannes, plus de rires, plus de rigolade, pas assez drole, pas assez
  marrant, pas assez rigolo, moins serieuse, moins coince
darker: plus sombre, plus noir, plus serieux, moins leger, plus glauque, plus sinistre, plus tenebreux, plus
  tenebreuse, plus dark, plus trash, plus malsain, plus macabre, plus adulte, plus mature, plus dramatique, plus
  serieuse, moins joyeux, moins joyeuse, moins gentil, moins gentillet, moins enfantin, moins gnangnan, moins cucul,
  moins bisounours, trop bisounours, pas assez sombre, pas assez noir
lighter: plus leger, plus legere, moins sombre, moins triste, moins lourd, plus joyeux, plus gai, moins glauque, moins
  deprimant, moins plombant, moins pesant, moins dramatique, moins tragique, moins dur, moins noir, moins dark, moins
  morose, moins larmoyant, moins prise de tete, plus joyeuse, plus positif, plus positive, plus optimiste, plus feel
  good, plus insouciant, plus facile a regarder, plus petillant, plus enjoue, trop plombant, trop lourd, trop pesant
shorter: plus court, plus courte, moins long, moins longue, pas trop long, pas trop longue, trop long, trop longue,
  rien de trop long, un peu long, un truc court, plus bref, plus breve, moins longtemps, pas longue, pas tres long,
  pas tres longue, pas hyper long, pas super long, un peu longue, pas beaucoup de temps
longer: plus long, plus longue, moins court, trop court, trop courte, un truc long, un peu court, un truc bien long
newer: plus recent, plus recente, plus moderne, moins vieux, plus nouveau, trop vieux, trop vieille, trop ancien, pas
  trop vieux, plus actuel, plus actuelle, plus contemporain, moins ancien, moins vieille, moins date, moins vieillot,
  moins ringard, moins retro, pas tres vieux, trop date, un peu date, un peu vieux, un peu vieillot
older: plus ancien, plus ancienne, plus vieux, moins recent, plus vieille, trop recent, trop recente, plus vintage,
  plus retro, plus classique, plus old school, plus a l ancienne, moins moderne, moins actuel, moins actuelle, moins
  nouveau, trop moderne, trop nouveau, un truc vieux, plus loin dans le temps
scarier: plus effrayant, plus effrayante, plus flippant, fait plus peur, faire plus peur, fasse plus peur, plus peur,
  plus terrifiant, plus angoissant, plus horrifique, plus glacant, plus epeurant, plus creepy, plus cauchemardesque,
  plus inquietant, plus de frissons, plus de sursauts, plus de jumpscares, plus de jump scares, pas assez peur, pas
  assez effrayant, pas assez flippant, pas assez angoissant
calmer: plus calme, plus tranquille, plus lent, moins d action, plus reposant, moins stressant, plus doux, plus pose,
  plus zen, plus chill, plus relax, plus relaxant, plus apaisant, plus apaise, plus serein, plus paisible, plus
  pepere, plus peinard, plus douce, plus contemplatif, moins agite, moins bruyant, moins intense, moins speed, moins
  survolte, moins trepidant, moins mouvemente, moins nerveux, moins de baston, moins de bagarre
"""
