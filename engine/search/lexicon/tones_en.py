"""What people who speak English call tones, and how they compare; see `tones`."""

from __future__ import annotations

TONES = """
funny: funny, hilarious, humorous, witty, hysterical, comedic, laugh, laughs, laugh out loud, humour, humor, goofy,
  comic, laughter, chuckle, giggle, giggling, guffaw, side splitting, sidesplitting, rib tickling, gut busting, thigh
  slapping, knee slapper, in stitches, crack me up, cracks me up, crack us up, cracks us up, tickle my funny bone,
  tickles my funny bone, die laughing, laughing out loud, piss myself laughing, wet myself laughing, pee myself
  laughing, pissing myself laughing, crying with laughter, cry laughing, roll on the floor laughing, rolling in the
  aisles, split my sides, have me howling, laughing my head off, laughing my arse off, laughing my ass off, laughing
  till it hurts, laffs, larf, lolz, lolfest, gag fest, gagfest, gag a minute, laugh fest, laughfest, jokey, jokes a
  minute, full of jokes, comical, comedy gold, uproarious, an absolute hoot, a right hoot, absolute riot, hilarity,
  hilariously, droll, dry wit, sharp wit, full of banter, great banter, bit of banter, bit of craic, good craic, great
  gas, pure gas, wisecracks, wisecracking, one liners, zingers, dry humour, dry humor, deadpan, screwball, slapsticky,
  knockabout, chucklesome
light: light, lighthearted, light hearted, something easy, easy watch, easy watching, easy viewing, easy going,
  undemanding, fluffy, breezy, easygoing, unserious, fluff, bit of fluff, frothy, bubblegum, brain candy, low stakes,
  lightweight, light weight, feather light, featherlight, carefree, casual watch, casual viewing, background watching,
  background noise, background viewing, on in the background, something in the background, while i iron, while doing
  the ironing, while folding laundry, second screen, half watch, nothing heavy, nothing too heavy, nothing serious,
  nothing too serious, nothing too deep, nothing demanding, nothing too demanding, no thinking required, without
  thinking, dont have to think, doesnt need much thinking, not think too hard, dont have to concentrate, without
  concentrating, low commitment, palate cleanser, playful, frivolous, cheap and cheerful, harmless fun, escapist,
  escapism, inoffensive, fuss free, jaunty, disposable fun
heartwarming: heartwarming, heart warming, warm, touching, moving, sweet, tender, wholesome, uplifting story, warm
  hearted, warmhearted, heart melting, heartmelting, melt my heart, melts my heart, melts your heart, warms my heart,
  warm and fuzzy, warm fuzzies, fuzzy feeling, the feels, all the feels, in the feels, tug at the heartstrings, tugs
  at the heartstrings, heartstrings, poignant, heartfelt, emotionally rich, emotional rollercoaster, emotional roller
  coaster, tenderhearted, big hearted, kind hearted, kindhearted, good hearted, cutesy, sentimental, lump in my
  throat, lump in the throat, life affirming, soul warming, soul soothing, good for the soul, faith in humanity,
  restore my faith in humanity, endearing, lovable, loveable, full of heart, lots of heart, has a heart, with a big
  heart, happy tears, happy cry, aww moments, warm hug, adorable little
feel-good: feel good, feelgood, cheerful, happy, uplifting, upbeat, joyful, cheer me up, cheers me up, good mood, pick
  me up, mood booster, mood boosting, mood lifter, boost my mood, lift my mood, lifts my mood, lift my spirits, lifts
  my spirits, lift our spirits, lifts the spirits, raise my spirits, cheer us up, cheers us up, cheer her up, cheer
  him up, cheer them up, cheering up, cheery, chirpy, good vibes, positive vibes, smile on my face, smile on your
  face, smile on our faces, make me smile, makes me smile, make us smile, leaves me smiling, grinning ear to ear,
  grinning like an idiot, perk me up, perks me up, brighten my day, brightens my day, brighten up my day, brighten my
  evening, serotonin, serotonin boost, dopamine hit, joyous, jubilant, exuberant, life affirming, hopecore, hopepunk,
  ray of sunshine, spirit lifting, get me out of my funk, out of a slump
romantic: romantic, date night, lovey dovey, soppy, swoony, love, slushy, mushy, schmaltzy, sappy, swoon, swoonworthy,
  swooning, meet cute, meetcute, enemies to lovers, friends to lovers, will they wont they, butterflies in my stomach,
  butterflies in my tummy, gives me butterflies, give me butterflies, hopeless romantic, hopelessly romantic, amorous,
  star crossed, starcrossed, candlelit, heart eyes, lovestruck, falling for each other, fall for each other, falling
  head over heels, soulmates, soul mates, wooing, courtship, smooching, snogging, lurve, romancey, valentines night,
  valentines vibes, galentines, passionate love, passionate romance, two lovebirds
sad: sad, tragic, depressing, heartbreaking, make me cry, makes me cry, cry, sob, sobbing, bawl, bawling, weep,
  weepie, tearjerker, tear jerker, weepy, tearful, melancholy, melancholic, tearjerking, tear jerking, weepfest,
  sobfest, cryfest, crying my eyes out, ugly crying, crying session, have me crying, bring me to tears, brings me to
  tears, moved to tears, reduce me to tears, reduces me to tears, in floods of tears, floods of tears, shed a tear,
  shed some tears, tears streaming, tears down my face, box of tissues, grab the tissues, with tissues, kleenex,
  hankies, gut wrenching, gutwrenching, heart wrenching, heartwrenching, heart breaking, heart rending, heartrending,
  break my heart, breaks my heart, break your heart, rip my heart out, rips my heart out, devastating, emotionally
  devastating, destroy me emotionally, destroys me emotionally, wreck me emotionally, wrecks me emotionally, emotional
  damage, sorrowful, mournful, teary, teary eyed, misty eyed, waterworks, have a wee greet, a good greet, choked up,
  choke me up, heartache, wallow in misery, wallow in self pity, have a blub, good blub
bittersweet: bittersweet, bitter sweet, sad but hopeful, sad yet hopeful, hopeful but sad, sad but sweet, sweet but
  sad, sad and sweet, happy sad, happy and sad, sad and happy, sad but uplifting, smile through tears, smiling through
  tears, smile through the tears, laugh and cry, laughing and crying, laugh through tears, laugh then cry, wistful,
  yearning, saudade, sweet sorrow, achingly beautiful, tinged with sadness, tinge of sadness, tinged with melancholy,
  tragicomic, elegiac, autumnal, melancholic but hopeful, half happy half sad
dark: dark, sinister, brooding, black, grim, dark toned, murky, macabre, gothic, ominous, menacing, shadowy, noirish,
  grimdark, grim dark, pitch dark, morbid, twisted, sick and twisted, something messed up, seriously messed up,
  properly messed up, messed up stuff, something fucked up, really fucked up, properly fucked up, fucked up shit,
  depraved, warped, sordid, foreboding, edgy, malevolent, gallows humour, gallows humor, somber, sombre, pitch black
  comedy
bleak: bleak, hopeless, nihilistic, desolate, soul crushing, soulcrushing, joyless, dour, pessimistic, pessimism,
  nihilism, nihilist, fatalistic, doom and gloom, doom laden, doomy, downbeat, harrowing, oppressive, gut punch,
  gutpunch, punch in the gut, punch to the gut, existential dread, misery porn, misery fest, miserabilist, lose faith
  in humanity, lose all hope, cheerless, ruin my week, ruin my month, blackpilled, doomer, stare at the wall after,
  stare at a wall after, staring at the wall afterwards
tense: tense, suspenseful, gripping, nail biting, edge of my seat, edge of your seat, edge of the seat, thrilling,
  nerve wracking, intense, exciting, edge of my chair, edge of our seat, edge of their seats, edge of seat, white
  knuckle, heart pounding, heartpounding, heart stopping, heart in my mouth, heart in mouth, pulse pounding, pulse
  racing, heart racing, nailbiter, nail biter, nailbiting, bite my nails, biting my nails, nerve shredding, nerve
  racking, nerveracking, nerve jangling, squeaky bum, bum clenching, butt clenching, arse clenching, sweaty palms,
  sweaty palmed, anxiety inducing, tension, high stakes, page turner, pageturner, cant look away, unputdownable,
  spellbinding, riveting, enthralling, engrossing, captivating, glued to the screen, glued to my seat, keeps me
  hooked, keep me hooked, gets me hooked, hooked from the start, on tenterhooks, electrifying, claustrophobic, ticking
  clock, race against the clock, cat and mouse, knots in my stomach, stomach in knots, hitchcockian, suspensful,
  cliffhanger ending, full of cliffhangers
scary: scary, frightening, terrifying, spooky, horrifying, blood curdling, bloodcurdling, spine chilling,
  spinechilling, spine tingling, spinetingling, bone chilling, bonechilling, hair raising, hairraising, petrifying,
  scare me, scare us, scare the pants, scare the life, scare the shit, scare the crap, scare the hell, scare the
  living daylights, scare the bejesus, scares the shit, scares the hell, scares the pants, scare my socks off, good
  scare, proper scares, lots of scares, cheap scares, jump scare, jumpscare, make me jump, makes me jump, jump out of
  my skin, freak us out, shit myself, shit my pants, shit me up, shits me up, crap myself, cack myself, shitting
  bricks, brown trousers, behind a cushion, sleep with the lights on, sleeping with the lights on, wont be able to
  sleep, wont sleep after, give me nightmares, gives me nightmares, nightmare inducing, nightmare fuel, fright,
  frightfest, terrify me, sheer terror, pure terror, chills down my spine, shivers down my spine, shiver down my
  spine, give me chills, gives me chills, spoopy, scarefest, wanna be scared, want to be scared, scared shitless,
  scared stiff, scared witless, scared out of my wits, to freak me out, freak the hell out, freak me the fuck out,
  hide behind the sofa, hiding behind the sofa, hide behind the couch, hiding behind the couch, watch through my
  fingers, watching through my fingers
creepy: creepy, eerie, unsettling, disturbing, uncanny, creep us out, the creeps, gives me the creeps, heebie jeebies,
  the willies, chilling atmosphere, unnerving, disquieting, skin crawling, skin crawl, make my skin crawl, makes my
  skin crawl, get under my skin, gets under my skin, gets under your skin, creepypasta, creepfest, ghostly, sense of
  dread, creeping dread, slow dread, full of dread, uneasy, unease, liminal, ghoulish, grotesque, macabre, eery, skin
  prickling, analog horror, analogue horror, folk horror, uncomfortable to watch, to creep me out, creep me the hell
  out, creep me the fuck out
gory: gory, bloody, blood, gore, gruesome, bloodbath, bloodshed, blood and guts, blood n guts, bloodsoaked, blood
  soaked, blood splattered, blood drenched, splattery, splatterfest, splatterpunk, grisly, visceral, gorefest, gore
  fest, gorehound, gross out, grossout, stomach churning, stomach turning, body horror, dismemberment, decapitation,
  entrails, viscera, mutilation, limbs flying, flying limbs, severed limbs, severed heads, guts everywhere, torture
  porn, chainsaws, hack and slash, not for the squeamish, video nasty, video nasties, exploding heads
violent: violent, brutal, violence, savage, ultraviolent, ultraviolence, ultra violent, hyperviolent, bloodthirsty,
  ferocious, punch up, punchup, bare knuckle, bone crunching, bone breaking, skull crushing, shootout, shoot out,
  gunfight, gun fight, gunplay, guns blazing, bullets flying, hail of bullets, body count, high body count, bodycount,
  killing spree, kill count, fist fight, fistfight, fisticuffs, brawl, brawling, bar fights, knife fights, beatdown,
  smackdowns, slaughter, slaughterfest, merciless, ruthless, barbaric, murdery, stabby, heads getting smashed, heads
  smashed in, knock seven bells, punching people, people getting punched, no holds barred
calm: calm, quiet, peaceful, gentle, relaxing, relaxed, soothing, meditative, chill, contemplative, mellow, calming,
  tranquil, serene, laid back, laidback, placid, zen, unwind, wind down, winding down, wind me down, help me relax,
  decompress, de stress, destress, chilled, chilled out, chill out, chillout, chillax, chillaxed, hushed, restful,
  pastoral, lull me to sleep, drift off to, nod off to, doze off to, bedtime viewing, bedtime watching, lo fi, lofi,
  ambient, low stress, stress free, anxiety free, settle my nerves, soothe my nerves, soothe me, soothe my soul, take
  the edge off, kick back and relax, put my feet up, put our feet up, feet up, mindful, asmr, peace and quiet, bit of
  peace, sedate, gently paced, easy on the nerves, to fall asleep to, can fall asleep to
cozy: cozy, cosy, comfy, comfort, rainy day, comforting, snug, coziness, cosiness, hygge, hyggelig, cuddle up, cuddly,
  snuggle, snuggle up, snuggly, snuggled up, curl up, curled up, cosy up, under the doona, doona, fireside, by the
  fire, by the fireplace, roaring fire, hot choccy, homey, warm hug, hug in a mug, cottagecore, autumn vibes, fall
  vibes, pyjama day, pajama day, in my pyjamas, in my pajamas, in my pjs, jammies, fluffy socks, comfort food
slow: slow, slow burn, slow burning, slow paced, slowburn, unhurried, slow moving, slow burner, slowburner, leisurely,
  languid, languorous, meandering, glacially paced, snails pace, long takes, takes its time, take its time, takes
  their time, taking its time, ponderous, deliberately paced, deliberate pacing, measured pace, patiently paced,
  patient pacing, gently paced, steady pace, plodding, pensive, simmering, builds slowly, slowly builds, slowly
  unfolding, slowly unfolds, unfolds slowly, slowly paced, low tempo, lingering shots, gradual build, drawn out,
  glacial pace
fast: fast, fast paced, action packed, quick, frenetic, high octane, adrenaline, energetic, fast moving, quick fire,
  quickfire, rapid, rapid fire, breakneck, break neck, pacy, pacey, zippy, brisk, whirlwind, kinetic, hyperkinetic,
  nonstop action, non stop action, never lets up, doesnt let up, relentless, wall to wall action, all killer no
  filler, no filler, rollercoaster, roller coaster, rollercoaster ride, roller coaster ride, thrill ride, thrillride,
  wild ride, pedal to the metal, balls to the wall, full throttle, hell for leather, turbo charged, turbocharged,
  supercharged, adrenalin, adrenalin rush, blood pumping, gets the blood pumping, get my blood pumping, get the heart
  pumping, get my heart pumping, keep me awake, keeps me awake, keep us awake, hyperactive, propulsive, amped up, pump
  me up, pumps me up, get me pumped, gets me hyped, get me hyped, pulsating, short attention span, never a dull
  moment, not a dull moment, no dull moments, without a dull moment, breakneck speed, snappy pace, at full pelt
epic: epic, sweeping, monumental, grand scale, larger than life, epicness, grandiose, large scale, massive scale, huge
  scale, operatic, sprawling, sprawling saga, multigenerational, multi generational, spanning generations, generation
  spanning, cast of thousands, mythic, homeric, wagnerian, battle scenes, huge battles, big battles, massive battles,
  giant battles, big battle scenes, bigger than life, tolkienesque, grand scope, vast scope, sheer scale, sandal epic,
  sword and sandal epic, biblical epic
spectacular: spectacular, visually stunning, eye candy, big budget, visual effects, breathtaking, stunning, gorgeous,
  blockbustery, special effects, vfx, sfx, cgi, splosions, stuff blowing up, things blowing up, shit blowing up,
  blowing stuff up, blowing shit up, blow stuff up, things go boom, stuff goes boom, bayhem, set pieces, setpieces,
  jaw dropping, jawdropping, jaw on the floor, eye popping, eyepopping, awe inspiring, awesome visuals, amazing
  visuals, great visuals, insane visuals, mind blowing visuals, visual feast, feast for the eyes, visual spectacle,
  dazzling, wow factor, imax, surround sound, bombastic, high budget, megabudget, mega budget, visually impressive,
  visually amazing, eyegasm, lavish, pyrotechnics, kaboom, scenic, made for the big screen, deserves the big screen,
  big screen spectacle, pure spectacle, sheer spectacle
weird: weird, strange, bizarre, odd, offbeat, wacky, crazy, trippy, bonkers, barmy, batshit, bat shit, batshit crazy,
  batty, loopy, loony, left field, leftfield, out of left field, off the wall, off kilter, oddball, outlandish, what
  did i just watch, weirdness, peculiar, unconventional, out of the ordinary, whacky, whacked out, tripped out, really
  out there, a bit out there, way out there, totally out there, avant garde, avantgarde, experimental, demented,
  deranged, absolutely unhinged, totally unhinged, completely unhinged, proper unhinged, something unhinged, doolally,
  mad as a box of frogs, mad as a hatter, stark raving mad, barking mad, bizarro, acid trip, wtf moments
surreal: surreal, dreamlike, surrealist, lynchian, hallucinatory, psychedelic, kafkaesque, dream like, dream logic,
  dream state, fever dream, feverdream, acid trip, lsd trip, shroom trip, mushroom trip, like being on acid,
  daliesque, bunuelian, lynchesque, lynch esque, otherworldly, other worldly, phantasmagoric, phantasmagorical,
  oneiric, magical realism, magic realism, magical realist, hallucinogenic, kaleidoscopic, trance like, trancelike,
  nightmare logic, stream of consciousness, hypnotic, liminal, between dream and reality, dreams and reality blur,
  surrealism, surreally
absurd: absurd, absurdist, ridiculous, nonsensical, zany, absurdism, absurdity, preposterous, ludicrous, glorious
  nonsense, nonsense humour, pythonesque, python esque, anarchic, farcical, madcap, over the top, cartoonish,
  cartoony, random humour, random humor, tomfoolery, buffoonery, daft as a brush, harebrained, hare brained, dadaist,
  goonish, zaniness, hijinks, high jinks, off its rocker, off its head
stupid: stupid, dumb, silly, brainless, mindless, turn my brain off, switch my brain off, trashy, so bad its good,
  brain dead, idiotic, moronic, asinine, no brain required, brain off, brain switched off, brain turned off, switch
  off my brain, switch off the brain, switch your brain off, switch off your brain, switch our brains off, turn off my
  brain, turn off your brain, turn off the brain, turn your brain off, turn our brains off, shut my brain off, shut
  off my brain, brain at the door, leave my brain at the door, leave your brain at the door, check my brain at the
  door, park your brain, park my brain, brain in neutral, dont want to use my brain, no thoughts head empty, head
  empty, smooth brain, smooth brained, brainrot, brain rot, quality trash, schlock, schlocky, so bad thats good, so
  bad it is good, so bad they are good, guilty pleasure, cheesy, cheesefest, cheese fest, corny, tacky, naff, lowbrow,
  low brow, puerile, toilet humour, toilet humor, potty humour, potty humor, fart jokes, dick jokes, knob gags, stoner
  comedy, frat comedy, veg out, zone out, vegging out, campy, something daft, bit of daft, gloriously daft, daft
  humour, daft comedy, eejits, dumbed down, crap but fun, trashy but fun
clever: clever, smart, intelligent, ingenious, cerebral, well written, brainy, sharp witted, quick witted, sharp
  script, sharply written, sharp writing, razor sharp, intricate, intricately plotted, layered, multi layered,
  multilayered, cleverly written, cleverly plotted, cleverly constructed, tightly plotted, tight script, tight plot,
  well plotted, well scripted, well crafted, well constructed, well thought out, good writing, great writing,
  brilliant writing, excellent writing, smartly written, highbrow, high brow, sophisticated, nuanced, sharp dialogue,
  snappy dialogue, great dialogue, good dialogue, sorkinesque, erudite, astute, genius plot, genius script, thinking
  mans, thinking persons, respects my intelligence, doesnt insult my intelligence, doesnt insult your intelligence,
  not dumbed down, big brain, big brained, galaxy brain, high iq, use my brain, engage my brain, engages the brain,
  exercise my brain, battle of wits, outsmart, outwit, subtle
mind-bending: mind bending, mindbending, mind blowing, mind fuck, mindfuck, twisty, melt my brain, melts my brain,
  brain melting, plot twist, plot twists, twist, twists, mind bender, confusing, mind boggling, mindboggling, mind
  melting, mindmelting, mind warping, brain bending, brainbending, brain melter, brain twister, brain twisting, brain
  teaser, brainteaser, break my brain, breaks my brain, brain breaking, hurt my brain, hurts my brain, make my head
  hurt, makes my head hurt, make my head spin, makes my head spin, fry my brain, fries my brain, brain frying,
  scramble my brain, scrambles my brain, brainfuck, brain fuck, headfuck, head fuck, mindtrip, mind trip, head trip,
  headtrip, head scratcher, headscratcher, head scratching, blow my mind, blows my mind, blow our minds, blow your
  mind, mess with my head, messes with my head, messes with your head, mess with my mind, messes with your mind, fuck
  with my head, fucks with my head, fucks with your head, screw with my head, screws with your head, reality bending,
  reality warping, unreliable narrator, non linear, nonlinear, timey wimey, wibbly wobbly timey wimey, puzzle box,
  puzzlebox, labyrinthine, convoluted, complicated plot, complex plot, nolanesque, rug pull, didnt see coming, cant
  see coming, dont see coming, never see coming, never saw coming, wont see coming, surprise ending, shock ending,
  shocking ending, big reveal, have to watch twice, watch it twice, need a diagram, need a flowchart, paradoxes
thought-provoking: thought provoking, chew on, food for thought, deep, philosophical, profound, intellectual, makes me
  think, make me think, thoughtful, make us think, makes us think, get me thinking, gets me thinking, gets you
  thinking, keep me thinking, keeps me thinking, leave me thinking, leaves me thinking, think about for days, think
  about it for days, thinking about it for days, thinking about for days, ponder, something to ponder, mull over,
  reflect on, reflective, introspective, existential, existentialist, philosophy, meaningful, meaning of life, big
  questions, big ideas, moral dilemma, moral questions, morally complex, morally ambiguous, moral ambiguity, morally
  grey, morally gray, ethical dilemma, ethical questions, intellectually stimulating, mentally stimulating, brain
  food, food for the brain, some substance, with substance, more substance, with depth, some depth, more depth,
  insightful, weighty, meaty, sink my teeth into, sink our teeth into, get my teeth into, spark a debate, sparks
  debate, sparks discussion, start a debate, discussion starter, conversation starter, talk about afterwards, discuss
  afterwards, argue about afterwards, debate afterwards, talk about after, discuss after, stays with you, sticks with
  you, linger in my mind, lingers in the mind, eye opening, eyeopening, question everything, makes you question, makes
  me question, social commentary, heady, soul searching, allegorical, allegory, symbolism, subtext, really makes you
  think, that makes you think, which makes you think, makes you think about, that make you think, make you think about
inspiring: inspiring, inspirational, motivating, empowering, motivational, uplifting true story, inspire me, inspires
  me, inspire us, motivate me, motivates me, motivate us, fire me up, fires me up, get me fired up, underdog, underdog
  story, against the odds, against all the odds, beating the odds, beat the odds, overcoming the odds, triumph over
  adversity, overcoming adversity, overcome adversity, overcoming obstacles, rags to riches, zero to hero, from zero
  to hero, never give up, never giving up, never gives up, triumphant, triumph of the human spirit, triumph of the
  spirit, human spirit, indomitable, success story, comeback story, chase my dreams, chasing dreams, follow your
  dreams, follow my dreams, following their dreams, believe in myself, believe in yourself, take on the world, conquer
  the world, girl power, girlboss, rousing, stirring, rousing speech, aspirational, kick up the arse, kick up the
  backside, kick up the bum, kick in the pants, punch the air, fist pumping, air punching, stand up and cheer, get my
  mojo back, faith in myself
nostalgic: nostalgic, nostalgia, retro, throwback, old timey, vintage, yesteryear, bygone, bygone era, bygone days,
  good old days, good ol days, the olden days, olden days, my childhood, from my childhood, our childhood, childhood
  favourite, childhood favorite, childhood memories, grew up with, grew up on, grew up watching, my youth, from my
  youth, my teenage years, trip down memory lane, memory lane, takes me back, transport me back, transports me back,
  saturday morning cartoon, vhs era, y2k, reminisce, reminiscing, rose tinted, old fashioned, back in my day, relive
  my childhood, relive my youth, feel like a kid again, throw back, simpler times, vhs vibes, video shop days, like
  when i was a kid, like when i was little, like when i was young, like when we were kids, like back in the day,
  reminds me of my childhood, remind me of my childhood, reminds me of being a kid
gritty: gritty, raw, hard boiled, hardboiled, rough, grit, grimy, grungy, seedy, seedy underbelly, streetwise, street
  level, hard hitting, hardhitting, no nonsense, uncompromising, unflinching, unvarnished, unglamorous, unglamourous,
  warts and all, hard edged, hard nosed, tough as nails, hard as nails, hard men, hardmen, kitchen sink drama, kitchen
  sink realism, working class, council estate, inner city, urban decay, from the streets, pulls no punches, doesnt
  pull punches, doesnt pull its punches, unsparing, dirty realism, unpolished, stripped back, pared back, gnarly, grim
  up north, northern grit, brutally honest, social realism, social realist, in your face, rough and ready
stylish: stylish, slick, cool, beautiful, sleek, artsy, arthouse, art house, atmospheric, beautifully shot, stylised,
  stylized, swanky, swish, classy, suave, chic, elegant, glam, glamorous, glamourous, glossy, sumptuous, exquisite,
  aesthetic, aesthetically pleasing, visually pleasing, pretty to look at, nice to look at, lovely to look at, well
  shot, gorgeously shot, beautifully filmed, beautifully photographed, beautifully made, cinematography, great
  cinematography, good cinematography, amazing cinematography, stunning cinematography, gorgeous cinematography, arty,
  arty farty, artsy fartsy, artistic, arthousey, art housey, neon lit, neon soaked, neon drenched, painterly, poetic,
  lyrical, every frame a painting, dapper, dripping with style, bags of style, oozing style, oozes style, style over
  substance, style for days, vibey, all vibes, pure vibes, just vibes, immersive, lots of atmosphere, great
  atmosphere, full of atmosphere, loads of atmosphere, mood piece, visual poetry, lush visuals, lush cinematography,
  auteur driven
quirky: quirky, whimsical, eccentric, charming, indie, kooky, off beat, off centre, idiosyncratic, twee, wes
  andersony, wes andersonesque, wes anderson esque, andersonesque, fanciful, impish, charmingly odd, dorky, adorkable,
  quaint, manic pixie dream girl, pixie dream girl, mumblecore, sundance vibe, sundancey, sundance darling, festival
  darling, festival favourite, festival hit, hipstery, eclectic, whimsy, quirk, quirkiness, lovable misfits, loveable
  misfits, bunch of misfits, lovable weirdos, colourful characters, colorful characters, oddball characters, weird and
  wonderful, low budget, lowbudget, micro budget, microbudget, small indie, indie darling
satirical: satirical, satire, ironic, sarcastic, biting, satirise, satirize, satiric, sardonic, acerbic, caustic, acid
  tongued, mordant, scathing, tongue in cheek, skewers, skewering, lampoon, lampooning, sendup, spoofy, takes the piss
  out of, taking the piss out of, takes the mick, takes the mickey, taking the mickey out of, taking the mick out of,
  piss take of, pokes fun at, poking fun at, poke fun at, parodic, irreverent, subversive, cynical, wry, self aware,
  meta, self referential, fourth wall breaking, breaks the fourth wall, breaking the fourth wall, eat the rich, savage
  satire, biting satire, swiftian, close to the bone, sends up, send up of
sexy: sexy, erotic, sensual, steamy, hot, raunchy, hot and heavy, saucy, kinky, racy, titillating, seductive, sultry,
  smutty, smut, horny, lustful, sexual, sexually charged, sexual tension, sex scenes, sexy time, sexytime, full of
  sex, plenty of sex, lots of sex, nudity, nude scenes, naked people, naked bodies, x rated, softcore, soft core, soft
  porn, erotica, carnal, bawdy, raunch, sensuous, flirty, flirtatious, bonkbuster, bodice ripper, hanky panky, rumpy
  pumpy, bonking, shagging, shagfest, netflix and chill, hot people, smouldering, smoldering, bow chicka wow wow
kid-friendly: for the little ones, kids movie, kids film, childrens film, for little ones, kid friendly, family
  friendly, child friendly, for kids, for the kids, for children, for the whole family, suitable for children, with
  the kids, kids can watch, with my kids, with kids, for my kids, for the family, suitable for small children,
  suitable for kids, suitable for young children, suitable for little ones, little ones are watching, little ones
  watching, kids are watching, kids watching with us, kids are still up, kids are still awake, kids are awake, little
  ones are awake, little ones are still up, ok for kids, okay for kids, fine for kids, safe for kids, age appropriate,
  toddler, toddlers, kiddos, kids programme, childrens programme, kiddies, for my kiddo, toddler friendly, for my
  toddler, for the toddler, with a toddler, with my toddler, wee ones, for the wee ones, wee yins, the bairns, for the
  bairns, the weans, for the weans, nippers, for the nippers, littlies, for the littlies, ankle biters, tiny tots,
  preschoolers, for the grandkids, for my grandkids, with the grandkids, with my grandkids, for the grandchildren, for
  my grandchildren, with the grandchildren, little ones, with the little ones, my little one, for my little one, with
  my little one, for my little girl, with my little girl, for my little boy, with my little boy, for all ages, all
  ages, suitable for all, appropriate for kids, child appropriate, kid appropriate, kids wont be scared by, all the
  family, the entire family, for the whole fam, g rated, u rated, kidfriendly, familyfriendly, kids will like, kids
  will love, kids will enjoy, kids would like, kids would enjoy, kids can enjoy, even the kids
mysterious: mysterious, enigmatic, puzzling, cryptic, intriguing, mysteriously, secretive, full of secrets, riddle,
  unexplained, inexplicable, arcane, ambiguous, open ended, keep me guessing, keeps me guessing, keep us guessing,
  keeps us guessing, keeps you guessing, guessing till the end, guessing until the end, guess who did it, guess who
  the killer is, work out who did it, work out whodunnit, figure out who did it, who did it, play detective, piece it
  together, piece together the clues, solve it myself, solve along, solve the puzzle, red herring, slow reveal,
  elusive, shrouded in mystery, shrouded in secrecy, baffling, perplexing, mystifying, mystify, small town secrets,
  family secrets, buried secrets, dark secret, unravel the mystery, unsolved, nothing is as it seems, nothing is what
  it seems, not what they seem, what really happened, locked room
adventurous: adventurous, swashbuckling, swashbuckler, swash buckling, swash buckler, derring do, globetrotting, globe
  trotting, globetrotter, quests, epic quest, expedition, exploration, far flung, faraway lands, far away lands, far
  off lands, distant lands, exotic locations, exotic locales, exotic places, intrepid, thrills and spills, rip
  roaring, rollicking, ripping yarn, boys own, seafaring, into the unknown, escapade, romping, heros journey, lost
  civilisation, lost civilization, treasure hunters, adventuresome, adventurer, quest story, fun romp, good romp,
  rollicking romp
realistic: realistic, believable, grounded, true to life, lifelike, down to earth, feels real, feel real, feels
  authentic, authentic, authenticity, naturalistic, naturalism, realism, realist, hyperrealistic, hyperrealism,
  plausible, credible, could really happen, could actually happen, could happen in real life, relatable, honest
  portrayal, honest depiction, realistic portrayal, historically accurate, scientifically accurate, medically
  accurate, technically accurate, hard sci fi, hard science fiction, documentary style, documentary feel, documentary
  realism, doc style, slice of life, social realism, social realist, not far fetched, nothing far fetched, everyday
  life, everyday people, everyday lives, ordinary lives, natural dialogue, unsentimental, true to reality, based in
  reality, rooted in reality, real as it gets, true to real life, close to reality
classic: classic, classics, old school, all time classic, timeless, cult classic, golden age, oldie, oldie but goodie,
  oldie but a goodie, oldies but goldies, old but gold, golden oldie, silent era, golden era, silver screen,
  technicolor, technicolour, old skool, oldskool, oldschool, all timer, all time great, all time best, iconic,
  seminal, cult favourite, cult favorite, cult hit, cult status, cult following, everyone should have seen, everyone
  should see, everybody should have seen, criterion collection, evergreen, stood the test of time, stands the test of
  time, stand the test of time, test of time, ageless, genre defining, groundbreaking, ground breaking, essential
  viewing
underrated: underrated, hidden gem, hidden gems, overlooked, lesser known, obscure, under the radar, unknown, little
  known, not mainstream, under rated, underappreciated, under appreciated, undervalued, underseen, under seen, unsung,
  unsung gem, forgotten gem, forgotten classic, forgotten masterpiece, lost gem, sleeper hit, hidden treasure, buried
  treasure, undiscovered, undiscovered gem, diamond in the rough, rough diamond, off the beaten track, off the beaten
  path, niche, slept on, criminally slept on, flew under the radar, nobody talks about, no one talks about, nobody has
  heard of, nobodys heard of, no one has heard of, no ones heard of, noone has heard of, hardly anyone has seen,
  hardly anybody has seen, hardly anyone knows, nobody has seen, no one has seen, few people know, few people have
  seen, not many people know, not many people have seen, most people havent seen, most people dont know, most people
  missed, something ive never heard of, something i havent heard of, probably havent heard of, probably never heard
  of, deep cut, little seen, lesser seen, less known, less well known, not well known, not famous, less famous, non
  mainstream, outside the mainstream, off the mainstream, away from the mainstream, less mainstream, obscurity, box
  office flop, box office bomb, flopped at the box office, ignored by critics, little gem, wee gem, secret gem, buried
  gem, lost classic, cult gem, best kept secret, well kept secret, insider tip, deserves more attention, deserves more
  love, went unnoticed
"""

DIRECTIONS = """
funnier: funnier, more funny, more humor, more humour, more comedy, more comedic, sillier, less serious, goofier, more
  laughs, more jokes, more gags, more giggles, more laughter, more humorous, more hilarious, more comical, more jokey,
  jokier, wittier, more witty, zanier, more goofy, too serious, way too serious, far too serious, less earnest, less
  po faced, less straight faced, not funny enough, isnt funny enough, arent funny enough
darker: darker, more dark, bleaker, grimmer, grittier, less light, more serious, edgier, more edgy, gloomier, more
  gloomy, moodier, more moody, more sinister, more grim, more bleak, more gritty, more twisted, more messed up, more
  fucked up, heavier, more heavy, more macabre, more brooding, less fluffy, less cheerful, less jolly, less sugary,
  less saccharine, less upbeat, less twee, too fluffy, too cheerful, too jolly, too saccharine, too light, too
  lightweight, too upbeat, not dark enough, isnt dark enough, arent dark enough
lighter: lighter, more light, less dark, less heavy, less depressing, less sad, happier, more cheerful, less bleak,
  more lighthearted, less grim, more uplifting, fluffier, breezier, sunnier, cheerier, jollier, perkier, more cheery,
  more upbeat, more feel good, more feelgood, more optimistic, more hopeful, more carefree, more fluffy, more breezy,
  less gloomy, less miserable, less harrowing, less traumatic, less upsetting, less doom and gloom, too heavy, way too
  heavy, far too heavy, too harrowing, too miserable, too gloomy, too depressing, too grim, too bleak
shorter: shorter, less long, not so long, not too long, not very long, not as long, not that long, briefer, too long,
  too lengthy, way too long, a bit long, nothing too long, make it short, keep it short, less lengthy, not overly
  long, more compact, less of a slog, not got long, not much time, far too long, bit lengthy, a bit lengthy, less time
  consuming
longer: longer, less short, not so short, too short, way too short, lengthier, more lengthy, too brief, way too brief,
  far too short, too quick, not long enough, isnt long enough, arent long enough, less brief, more substantial
newer: newer, more recent, more modern, less old, not so old, not as old, not that old, too old, way too old, too
  dated, too ancient, not too old, more up to date, more contemporary, more current, fresher, less dated, less
  ancient, less dusty, less old fashioned, less retro, bit dated, a bit dated, rather dated, way too dated, too old
  fashioned, too retro, too old school, less prehistoric
older: older, more old, less recent, less modern, too new, too recent, too modern, less new, less contemporary, too
  contemporary, way too new, far too new, way too modern, way too recent, more vintage, more retro, more old school,
  more old fashioned
scarier: scarier, more scary, creepier, more frightening, more terrifying, more horror, spookier, more spooky, eerier,
  more eerie, more scares, more jump scares, more chilling, more unsettling, more creepy, more petrifying, more bone
  chilling, more spine chilling, more horrifying, more horrific, more nightmarish, more nightmare fuel, not scary
  enough, isnt scary enough, arent scary enough, more terror, more fright
calmer: calmer, more calm, quieter, slower, more relaxed, gentler, less action, less intense, less tense, less hectic,
  more relaxing, less loud, less stressful, mellower, more chilled, more chilled out, more chill, more laid back, more
  mellow, more peaceful, more gentle, more soothing, more tranquil, more low key, more quiet, more sedate, more
  restful, more serene, less frantic, less frenetic, less chaotic, less noisy, less manic, less fast paced, less nerve
  wracking, less suspenseful, less adrenaline, less exciting, fewer car chases, less shouting, less screaming, less
  bang bang, too hectic, too loud, too frantic, too intense, too stressful, too exciting, too noisy, too chaotic, too
  tense, too frenetic, bit loud
"""
