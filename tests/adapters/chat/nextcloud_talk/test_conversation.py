"""What people write in rooms, what of it the bot hears, and what they get to see."""

from __future__ import annotations

from adapters.chat.nextcloud_talk.memory import RoomMemory
from bot.chat.incoming import Mention, Message, Place
from bot.chat.reply import Action, Button, Card, Choice, Choices, Reply
from bot.errors import Rejected
from tests.adapters.chat.nextcloud_talk.conftest import Stage, staged, text
from tests.fakes.services.nextcloud_talk import BOT, FakeNextcloud, Said
from tests.fakes.services.nextcloud_talk_people import ELSEWHERE, ROOM, private_room


def picks(*titles: str) -> Reply:
    """A list as the bot gives it."""
    cards = []
    for number, title in enumerate(titles, start=1):
        buttons = (Button("Why?", Action("why")), Button("Seen it", Action("seen")))
        cards.append(Card(f"movie:{number}", title, link=f"https://films.example.org/{number}", buttons=buttons))
    return Reply(tuple(cards))


async def test_a_message_in_a_private_room_is_heard_and_answered(stage: Stage) -> None:
    stage.inbox.answer = lambda _incoming: (text("Hello."),)
    await stage.people.write("anna", "private", "hi")
    (heard,) = stage.inbox.heard
    assert heard.text == "hi"
    assert heard.place == Place("nextcloud-talk", f"home/{private_room('anna')}", private=True)
    assert (heard.author.account, heard.author.name, heard.author.locale) == ("home/anna", "Anna", None)
    assert [drawn.text for drawn in await stage.people.seen("anna", "private")] == ["Hello."]
    assert stage.cloud.sent()[0].reply_to == 0


async def test_in_a_room_the_bot_hears_what_is_meant_for_it_and_nothing_else(stage: Stage) -> None:
    meant = {
        "!recommend funny": "!recommend funny",
        "/recommend": "/recommend",
        "!HELP": "!HELP",
        "@Recommendarr something funny": "something funny",
        "@recommendarr, more": "more",
        "Recommendarr: more": "more",
        "recommendarr, !recommend": "!recommend",
        "what about you, @Recommendarr": "what about you,",
        '@"Recommendarr" more': "more",
        "@Recommendarr": "/help",
    }
    for written in meant:
        await stage.people.write("anna", "room", written)
    for written in (
        "hi all",
        "!weather berlin",
        "Recommendarr is great",
        "I like @Recommendarrs",
        "mail me@recommendarr",
        "2",
        "so !recommend is a command",
        "!",
        "   ",
    ):
        await stage.people.write("anna", "room", written)
    assert stage.inbox.words == list(meant.values())
    assert not stage.inbox.heard[0].place.private
    assert stage.cloud.statuses == [200] * 19


async def test_an_answer_in_a_room_quotes_the_question_and_calls_once(stage: Stage) -> None:
    stage.inbox.answer = lambda _incoming: (text("One."), text("Two."))
    question = await stage.people.write("anna", "room", "!recommend")
    first, second = stage.cloud.sent(ROOM)
    assert (first.text, first.reply_to, first.silent) == ("One.", question.id, False)
    assert (second.text, second.reply_to, second.silent) == ("Two.", 0, True)
    assert len(first.reference) == 64
    assert first.reference != second.reference


async def test_replies_to_the_bot_are_heard_and_replies_to_others_are_not(stage: Stage) -> None:
    stage.inbox.answer = lambda _incoming: (text("Hello."),)
    await stage.people.write("anna", "room", "!help")
    answer = stage.cloud.sent(ROOM)[0]
    theirs = await stage.people.write("ben", "room", "what a film")
    await stage.people.write("ben", "room", "and something older?", reply_to=answer)
    await stage.people.write("anna", "room", "indeed", reply_to=theirs)
    assert stage.inbox.words == ["!help", "and something older?"]
    assert stage.inbox.heard[-1].reply_to == str(answer.id)
    other = await stage.cloud.write("bots/bot-feed", ROOM, "News!", name="News")
    await stage.people.write("ben", "room", "funny", reply_to=other)
    assert len(stage.inbox.heard) == 2


async def test_mentions_become_people(stage: Stage) -> None:
    await stage.people.write("anna", "room", "!recommend group @ben @cleo", ["ben", "cleo"])
    (heard,) = stage.inbox.heard
    assert heard.text == "!recommend group @Ben @Cleo"
    assert heard.mentions == (Mention("@Ben", "home/ben", "Ben"), Mention("@Cleo", "home/cleo", "Cleo"))


async def test_people_of_one_name_stay_apart_and_strangers_of_other_servers_too(stage: Stage) -> None:
    people = {
        "mention-user1": {"type": "user", "id": "ben", "name": "Ben"},
        "mention-user2": {"type": "user", "id": "ben2", "name": "Ben"},
        "mention-federated-user1": {"type": "user", "id": "ben", "name": "Far", "server": "https://far.example.org/"},
        "mention-guest1": {"type": "guest", "id": "guest/ab12", "name": "Guest"},
        "mention-call1": {"type": "call", "id": ROOM, "name": "Film night"},
        "file": {"type": "file", "id": "9", "name": "poster.png"},
    }
    placeholders = " ".join(f"{{{key}}}" for key in (*list(people)[:-1], "no", "file"))
    await stage.cloud.write("users/anna", ROOM, f"!recommend {placeholders}", parameters=people)
    (heard,) = stage.inbox.heard
    assert heard.text == "!recommend @Ben @Ben (ben2) @Far @Guest @Film night {no} "
    assert [mention.account for mention in heard.mentions] == [
        "home/ben",
        "home/ben2",
        "home/federated_users/ben@far.example.org",
        "home/guests/ab12",
    ]


async def test_only_rooms_of_the_settings_are_served_and_without_any_all_are() -> None:
    async with staged() as stage:
        await stage.people.write("anna", "elsewhere", "!help")
        await stage.cloud.enable(ELSEWHERE)
        assert stage.cloud.statuses == [200, 200]
        assert stage.inbox.heard == []
        assert stage.cloud.sent() == []
    async with staged(rooms=frozenset()) as stage:
        await stage.people.write("anna", "elsewhere", "!help")
        assert stage.inbox.words == ["!help"]


async def test_bots_bridges_the_console_and_system_messages_are_not_heard(stage: Stage) -> None:
    for actor in ("bots/bot-1", "bridged/anna", "guests/cli", "users/", "users/a/b", "anna", "", "deleted_users/x"):
        await stage.cloud.write(actor, private_room("anna"), "!help")
    await stage.cloud.write("users/anna", private_room("anna"), "{actor} joined", type="Activity")
    assert stage.inbox.heard == []
    await stage.cloud.write("guests/f00", private_room("anna"), "!help")
    await stage.cloud.write("federated_users/anna@far.example.org", private_room("anna"), "!help")
    accounts = [heard.author.account for heard in stage.inbox.heard]
    assert accounts == ["home/guests/f00", "home/federated_users/anna@far.example.org"]


async def test_a_typed_number_picks_from_the_own_list_alone(stage: Stage) -> None:
    stage.inbox.answer = lambda incoming: (picks("Heat", "Alien"),) if "recommend" in said(incoming) else ()
    await stage.people.write("anna", "room", "!recommend")
    await stage.people.write("ben", "room", "2")
    await stage.people.write("anna", "room", "2b")
    await stage.people.write("anna", "room", "2 of us")
    assert [(heard.author.name, heard.text) for heard in stage.inbox.heard] == [("Anna", "!recommend"), ("Anna", "2b")]


async def test_a_list_names_numbers_labels_and_links(stage: Stage) -> None:
    stage.inbox.answer = lambda _incoming: (picks("Heat", "Alien"),)
    await stage.people.write("anna", "room", "!recommend")
    (drawn,) = await stage.people.seen("anna", "room")
    assert [(card.title, card.link) for card in drawn.cards] == [
        ("Heat", "https://films.example.org/1"),
        ("Alien", "https://films.example.org/2"),
    ]
    assert [button.label for button in drawn.buttons] == ["Why?", "Seen it"] * 2


async def test_a_number_as_a_reaction_to_the_own_list_is_heard_as_if_typed(stage: Stage) -> None:
    stage.inbox.answer = lambda incoming: (picks("Heat", "Alien"),) if "recommend" in said(incoming) else ()
    await stage.people.write("anna", "room", "!recommend")
    (drawn,) = await stage.people.seen("anna", "room")
    for emoji in ("2️⃣", "2\u20e3", "❤️", "3️⃣", "🔟", "22", "2️⃣2️⃣", "0️⃣"):
        await stage.people.react("anna", drawn, emoji)
    await stage.people.react("ben", drawn, "1️⃣")
    assert [(heard.author.name, heard.text) for heard in stage.inbox.heard[1:]] == [("anna", "2"), ("anna", "2")]
    assert len({heard.id for heard in stage.inbox.heard}) == 3
    listing = stage.cloud.sent(ROOM)[0]
    await stage.cloud.react("users/anna", listing, "1️⃣", undo=True)
    assert len(stage.inbox.heard) == 3


async def test_choices_can_be_picked_by_reaction_too(stage: Stage) -> None:
    options = (Choice("Solaris (1972)", Action("search")), Choice("Solaris (2002)", Action("search")))
    stage.inbox.answer = lambda incoming: (Reply((Choices("Which?", options),)),) if len(said(incoming)) > 1 else ()
    await stage.people.write("anna", "private", "solaris")
    await stage.people.react("anna", (await stage.people.seen("anna", "private"))[0], "1️⃣")
    assert stage.inbox.words == ["solaris", "1"]


async def test_a_reaction_to_an_older_list_means_nothing(stage: Stage) -> None:
    answers = {"!recommend": picks("Heat", "Alien"), "more": picks("Ran", "Up"), "why 1": text("Because.")}
    stage.inbox.answer = lambda incoming: (answers[said(incoming)],) if said(incoming) in answers else ()
    for words in answers:
        await stage.people.write("anna", "private", words)
    first, second, _reason = await stage.people.seen("anna", "private")
    await stage.people.react("anna", first, "1️⃣")
    assert len(stage.inbox.heard) == 3
    await stage.people.react("anna", second, "1️⃣")
    assert stage.inbox.words[3:] == ["1"]


async def test_a_reaction_never_acts_for_the_author_of_the_message() -> None:
    """Older servers name the author of the message as the one who reacts to it."""
    async with staged(lambda _incoming: (picks("Heat", "Alien"),), cloud=FakeNextcloud(wrong_actor=True)) as stage:
        mine = await stage.people.write("anna", "room", "!recommend")
        listing = stage.cloud.sent(ROOM)[0]
        copied = await stage.cloud.write("users/anna", ROOM, listing.text, name="Anna")
        for message in (mine, listing, copied):
            await stage.cloud.react("users/ben", message, "2️⃣")
        assert stage.inbox.words == ["!recommend"]


async def test_a_room_is_greeted_once_when_the_bot_is_switched_on(stage: Stage) -> None:
    await stage.cloud.enable(ROOM)
    await stage.cloud.until(lambda: stage.cloud.sent(ROOM))
    await stage.cloud.enable(ROOM, enabled=False)
    (hello,) = stage.cloud.sent(ROOM)
    assert "!recommend" in hello.text
    assert stage.inbox.heard == []
    renamed = await stage.cloud.write(f"bots/{BOT}", ROOM, "Hello", name="Another name by now")
    await stage.people.write("anna", "room", "something funny", reply_to=renamed)
    assert stage.inbox.words == ["something funny"]


async def test_work_is_shown_on_the_message_until_it_is_answered(stage: Stage) -> None:
    question = await stage.people.write("anna", "private", "something funny")
    incoming, envelope = stage.inbox.accepted[0]
    await stage.platform.working(incoming, envelope)
    assert question.reactions == {(BOT, "👀")}
    await stage.platform.answer(incoming, envelope, [text("Here.")])
    assert question.reactions == set()
    gone = Message("x", Place("nextcloud-talk", "gone/room"), incoming.author, "hi")
    await stage.platform.working(gone, envelope)


async def test_a_notice_is_written_unasked_and_private_words_only_in_private(stage: Stage) -> None:
    place = Place("nextcloud-talk", f"home/{ROOM}")
    await stage.platform.send(place, [text("Heat is here.")])
    assert [said.text for said in stage.cloud.sent(ROOM)] == ["Heat is here."]
    for wrong in (place, Place("nextcloud-talk", "gone/abcd", private=True), Place("nextcloud-talk", "home/../x")):
        try:
            await stage.platform.send(wrong, [Reply(text("Psst.").parts, private=True)])
        except Rejected:
            continue
        raise AssertionError(wrong)
    assert len(stage.cloud.sent()) == 1


def said(incoming: object) -> str:
    assert isinstance(incoming, Message)
    return incoming.text


def numbers_on(message: Said) -> list[str]:
    return sorted(emoji for who, emoji in message.reactions if who == BOT and emoji != "👀")


async def test_numbers_to_tap_on_hang_on_the_question_once_the_server_is_known_to_be_honest(stage: Stage) -> None:
    stage.inbox.answer = lambda incoming: (picks(*"abcdefg"),) if len(said(incoming)) > 1 else ()
    first = await stage.people.write("anna", "room", "!recommend")
    await stage.cloud.until(lambda: stage.cloud.server.count("DELETE"))
    assert numbers_on(first) == []
    second = await stage.people.write("anna", "room", "!recommend")
    await stage.cloud.until(lambda: len(numbers_on(second)) == 5)
    assert numbers_on(second) == ["1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣"]
    await stage.cloud.react("users/ben", second, "2️⃣")
    await stage.cloud.react("users/anna", first, "2️⃣")
    assert len(stage.inbox.heard) == 2
    await stage.cloud.react("users/anna", second, "2️⃣")
    assert [(heard.author.account, heard.text) for heard in stage.inbox.heard[2:]] == [("home/anna", "2")]


async def test_a_server_that_names_the_wrong_person_gets_no_numbers() -> None:
    """There, the bot's own reactions would be told as those of the person who asked."""
    cloud = FakeNextcloud(wrong_actor=True)
    async with staged(lambda _incoming: (picks("Heat", "Alien"),), cloud=cloud) as stage:
        asked = [await stage.people.write("anna", "room", "!recommend") for _time in range(5)]
        await stage.cloud.until(lambda: stage.cloud.server.count("DELETE") == 3)
        for question in asked:
            await stage.cloud.react("users/ben", question, "1️⃣")
            assert numbers_on(question) == []
        assert stage.inbox.words == ["!recommend"] * 5


async def test_a_server_that_tells_no_reactions_gets_no_numbers(stage: Stage) -> None:
    stage.cloud.tells_reactions = False
    stage.inbox.answer = lambda _incoming: (picks("Heat", "Alien"),)
    asked = [await stage.people.write("anna", "room", "!recommend") for _time in range(5)]
    await stage.cloud.until(lambda: stage.cloud.server.count("DELETE") == 3)
    assert [numbers_on(question) for question in asked] == [[]] * 5


def test_a_bare_number_is_an_answer_for_ten_minutes() -> None:
    now = 0.0
    memory = RoomMemory(lambda: now)
    memory.wrote("home/room", "home/anna", ["**1\\.** **Heat**"], "7")
    now = 599
    assert memory.has_list("home/room", "home/anna")
    assert not memory.has_list("home/room", "home/ben")
    now = 601
    assert not memory.has_list("home/room", "home/anna")
    assert memory.picks("home/room", "home/anna", "8", "**1\\.** **Heat**", "1", honest=False)
