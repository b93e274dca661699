"""What people on Discord do and read: commands, presses, mentions, direct messages, private answers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.incoming import CommandCall, Incoming, Mention, Message, Place, Press
from bot.chat.reply import Action, Button, Card, Choice, Choices, Fact, Link, Reply, Style, Text
from tests.adapters.chat.discord.talking import say, talking
from tests.fakes.services.discord.world import BOT_ID, BOT_ROLE, bot_json


def heat(label: str = "Why?", token: str = "t-why", number: int | None = None) -> Card:
    return Card(
        ref="movie:949",
        title="Heat (1995)",
        subtitle="2 h 50 min · Crime",
        body="Because you liked **Ronin**.",
        image_url="https://image.test/heat.jpg",
        facts=(Fact("Match", "97 %"), Fact("Status", "in the library")),
        link="https://www.themoviedb.org/movie/949",
        buttons=(
            Button(label, Action("why"), Style.PRIMARY, token=token),
            Button("Trailer", Link("https://video.test/heat")),
        ),
        number=number,
    )


def picks(incoming: Incoming) -> Sequence[Reply]:
    cards = tuple(heat(token=f"t-{number}") for number in range(3))
    more = Choices("", (Choice("More", Action("more"), token="t-more"),))
    return [Reply((Text("For you tonight, Anna:"), *cards, more))]


async def test_a_command_is_answered_in_the_room_where_it_was_given() -> None:
    async with talking() as chat:
        await chat.fake.command("anna", "room", "recommend")
        (answer,) = await chat.fake.answers("anna", "room")
        assert (answer.text, answer.private, answer.edited) == ("Hello.", False, False)
        (call,) = chat.inbox.accepted
        assert isinstance(call, CommandCall)
        assert (call.name, call.args) == ("recommend", {})
        assert call.author.account == chat.fake.account("anna")
        assert call.author.name == "Anna"
        assert call.author.locale == "en-US"
        assert (call.place.room, call.place.private) == (chat.fake.channel("anna", "room"), False)
        assert [drawn.text for drawn in await chat.fake.seen("ben", "room")] == ["Hello."]


async def test_each_card_is_a_message_with_its_buttons_below() -> None:
    async with talking(picks) as chat:
        await chat.fake.command("anna", "private", "recommend")
        answers = await chat.fake.answers("anna", "private", 3)
        assert [answer.text for answer in answers] == ["For you tonight, Anna:", "", ""]
        assert [answer.cards[0].title for answer in answers] == [f"{n}. Heat (1995)" for n in (1, 2, 3)]
        card = answers[0].cards[0]
        assert card.text == "2 h 50 min · Crime\n\nBecause you liked Ronin.\nMatch: 97 %\nStatus: in the library"
        assert (card.link, card.image) == ("https://www.themoviedb.org/movie/949", "https://image.test/heat.jpg")
        assert [(button.label, button.url) for button in answers[0].buttons] == [
            ("Why?", None),
            ("Trailer", "https://video.test/heat"),
        ]
        assert [button.label for button in answers[2].buttons] == ["Why?", "Trailer", "More"]
        assert chat.inbox.accepted[0].place.private


async def test_a_press_changes_its_card_in_place() -> None:
    def script(incoming: Incoming) -> Sequence[Reply]:
        if isinstance(incoming, Press):
            return [Reply((heat("Seen it"),), replaces=incoming.message)]
        return picks(incoming)

    async with talking(script) as chat:
        await chat.fake.command("anna", "room", "recommend")
        answers = await chat.fake.answers("anna", "room", 3)
        await chat.fake.press("anna", answers[1], "Why?")
        (changed,) = await chat.fake.answers("anna", "room")
        assert (changed.id, changed.edited, changed.text) == (answers[1].id, True, "")
        assert changed.buttons[0].label == "Seen it"
        press = chat.inbox.accepted[1]
        assert isinstance(press, Press)
        assert press.token == "t-1"
        assert press.message is not None
        assert press.message.message == answers[1].id
        assert len(await chat.fake.seen("anna", "room")) == 3


async def test_a_press_that_replaces_nothing_is_answered_below() -> None:
    def script(incoming: Incoming) -> Sequence[Reply]:
        return say("Because.") if isinstance(incoming, Press) else picks(incoming)

    async with talking(script) as chat:
        await chat.fake.command("anna", "room", "recommend")
        answers = await chat.fake.answers("anna", "room", 3)
        await chat.fake.press("ben", answers[0], "Why?")
        (answer,) = await chat.fake.answers("ben", "room")
        assert (answer.text, answer.edited) == ("Because.", False)
        assert chat.inbox.accepted[1].author.account == chat.fake.account("ben")


async def test_many_choices_become_a_menu_whose_choice_is_a_press() -> None:
    options = tuple(Choice(f"Genre {number}", Action("profile"), token=f"t-{number}") for number in range(20))

    def script(incoming: Incoming) -> Sequence[Reply]:
        return say("Noted.") if isinstance(incoming, Press) else [Reply((Choices("Which?", options),))]

    async with talking(script) as chat:
        await chat.fake.command("anna", "private", "quiz")
        (menu,) = await chat.fake.answers("anna", "private")
        assert menu.text == "Which?"
        assert len(menu.buttons) == 20
        await chat.fake.press("anna", menu, "Genre 13")
        await chat.fake.answers("anna", "private")
        press = chat.inbox.accepted[1]
        assert isinstance(press, Press)
        assert press.token == "t-13"


async def test_a_private_command_is_answered_for_one_pair_of_eyes() -> None:
    def script(incoming: Incoming) -> Sequence[Reply]:
        options = (Choice("Crime: off", Action("profile"), token="t-off"),)
        return [Reply((Choices("You like crime.", options),), private=True), *say("And ducks.", private=True)]

    async with talking(script) as chat:
        await chat.fake.command("anna", "room", "profile")
        answers = await chat.fake.answers("anna", "room", 2)
        assert [(answer.text, answer.private) for answer in answers] == [
            ("You like crime.", True),
            ("And ducks.", True),
        ]
        assert await chat.fake.seen("ben", "room") == []
        await chat.fake.press("anna", answers[0], "Crime")
        # What is asked on a private message is answered privately.
        chat.inbox.script = lambda _incoming: say("Turned off.")
        await chat.fake.press("anna", answers[0], "Crime")
        answers = await chat.fake.shows("anna", "room", lambda drawn: drawn[-1].text == "Turned off.")
        assert answers[-1].private
        assert await chat.fake.seen("ben", "room") == []


async def test_a_private_answer_to_an_open_command_leaves_no_trace_in_the_room() -> None:
    async with talking(lambda _incoming: say("Only for you.", private=True)) as chat:
        await chat.fake.command("anna", "room", "recommend")
        (answer,) = await chat.fake.answers("anna", "room")
        assert (answer.text, answer.private) == ("Only for you.", True)
        assert await chat.fake.seen("ben", "room") == []


async def test_an_answer_with_nothing_to_say_removes_the_placeholder() -> None:
    async with talking(lambda _incoming: []) as chat:
        await chat.fake.command("anna", "room", "recommend")
        await chat.fake.until(lambda: chat.fake.world.sent[0].deleted)


async def test_a_private_answer_to_a_message_goes_to_the_person_directly() -> None:
    async with talking(lambda _incoming: say("You like crime.", private=True)) as chat:
        await chat.fake.say("anna", "room", "!profile")
        (answer,) = await chat.fake.answers("anna", "private")
        assert answer.text == "You like crime."
        (notice,) = await chat.fake.answers("anna", "room")
        assert notice.text == "I have answered you in a direct message."
        chat.fake.world.person("ben").takes_messages = False
        await chat.fake.say("ben", "room", "!profile")
        (notice,) = await chat.fake.answers("ben", "room")
        assert "you do not take direct messages" in notice.text
        assert "crime" not in notice.text


async def test_a_mention_is_read_without_the_bots_name_and_with_the_people_in_it() -> None:
    async with talking() as chat:
        await chat.fake.say("anna", "room", "something for me and @ben", ["ben"])
        (answer,) = await chat.fake.answers("anna", "room")
        assert answer.text == "Hello."
        (said,) = chat.inbox.accepted
        ben = chat.fake.account("ben")
        assert isinstance(said, Message)
        assert said.text == f"something for me and <@{ben}>"
        assert said.mentions == (Mention(f"<@{ben}>", ben, "Ben"),)
        assert chat.fake.world.sent[0].answers == said.id


async def test_the_bot_can_be_addressed_as_one_addresses_people() -> None:
    async with talking() as chat:
        for written in (", !help", ": a film; short: very", "<:heart:123456789012345678>"):
            await chat.fake.write("anna", "room", f"<@{BOT_ID}>{written}")
        said = await chat.inbox.received(3)
        texts = [one.text for one in said if isinstance(one, Message)]
        assert texts == ["!help", "a film; short: very", ":heart:"]


async def test_a_bare_mention_asks_what_the_bot_can_do() -> None:
    async with talking() as chat:
        await chat.fake.say("anna", "room", "")
        await chat.fake.answers("anna", "room")
        (said,) = chat.inbox.accepted
        assert isinstance(said, Message)
        assert said.text == "/help"


async def test_the_role_that_came_with_the_bot_counts_as_the_bot() -> None:
    async with talking(free_text=True) as chat:
        await chat.fake.write("anna", "room", f"<@&{BOT_ROLE}> hello", mention_roles=[BOT_ROLE])
        await chat.fake.answers("anna", "room")
        (said,) = chat.inbox.accepted
        assert isinstance(said, Message)
        assert said.text == "hello"


async def test_direct_messages_are_always_for_the_bot() -> None:
    async with talking() as chat:
        await chat.fake.say("anna", "private", "a slow-burn heist film")
        (answer,) = await chat.fake.answers("anna", "private")
        assert answer.text == "Hello."
        (said,) = chat.inbox.accepted
        assert said.place.private
        assert chat.fake.world.sent[0].answers is None


async def test_a_thread_is_a_place_in_its_channel() -> None:
    async with talking() as chat:
        await chat.fake.say("anna", "thread", "hello")
        await chat.fake.answers("anna", "thread")
        await chat.fake.command("anna", "thread", "recommend")
        await chat.fake.answers("anna", "thread")
        places = {said.place for said in chat.inbox.accepted}
        (place,) = places
        assert (place.room, place.thread) == (chat.fake.channel("", "room"), chat.fake.channel("", "thread"))


async def test_with_free_text_typed_commands_and_replies_need_no_mention() -> None:
    async with talking(free_text=True) as chat:
        await chat.fake.write("anna", "room", "!recommend mood noir")
        (answer,) = await chat.fake.answers("anna", "room")
        await chat.fake.write("anna", "room", "the second one", answers=answer)
        await chat.fake.answers("anna", "room")
        said = [one for one in chat.inbox.accepted if isinstance(one, Message)]
        assert [one.text for one in said] == ["!recommend mood noir", "the second one"]
        assert said[1].reply_to == answer.id


async def test_what_is_not_meant_for_the_bot_is_left_alone() -> None:
    async with talking(free_text=True) as chat:
        await chat.fake.write("anna", "room", "did you watch Heat?")
        await chat.fake.write("anna", "room", "!play music")  # another bot's command
        await chat.fake.write("anna", "room", "!recommend", author={**bot(), "id": "5"})
        await chat.fake.write("anna", "room", "!recommend", webhook_id="800000000000000001")
        await chat.fake.write("anna", "room", "!recommend", type=7)
        await chat.fake.say("anna", "elsewhere", "hello")
        await chat.fake.write("anna", "private", "")  # a picture
        await chat.fake.say("anna", "room", "hello")
        await chat.fake.answers("anna", "room")
        assert [one.text for one in chat.inbox.accepted if isinstance(one, Message)] == ["hello"]


def bot() -> dict[str, object]:
    return {name: value for name, value in bot_json().items() if name != "mfa_enabled"}


async def test_without_free_text_discord_hides_other_words_and_the_bot_ignores_them() -> None:
    async with talking() as chat:
        assert not chat.fake.gateway.reads_content
        await chat.fake.write("anna", "room", "!recommend")
        await chat.fake.say("anna", "room", "hello")
        await chat.fake.answers("anna", "room")
        assert len(chat.inbox.accepted) == 1


async def test_a_server_that_is_not_served_gets_one_sentence_in_the_persons_language() -> None:
    async with talking() as chat:
        chat.fake.world.person("anna").locale = "de"
        await chat.fake.command("anna", "elsewhere", "recommend")
        (answer,) = await chat.fake.answers("anna", "elsewhere")
        assert answer.private
        assert answer.text.startswith("Diesen Server bediene ich nicht")
        assert await chat.fake.complete("anna", "elsewhere", "similar", "title", "heat") == []
        assert chat.inbox.accepted == []


async def test_a_notice_reaches_a_room_and_a_person() -> None:
    async with talking() as chat:
        room = Place("discord", chat.fake.channel("anna", "room"))
        await chat.platform.send(room, say("Ready to watch."))
        anna = Place("discord", chat.fake.account("anna"), private=True)
        await chat.platform.send(anna, say("Only you know."))
        await chat.platform.send(anna, say("Still."))
        direct = Place("discord", chat.fake.channel("anna", "private"), private=True)
        await chat.platform.send(direct, [Reply((heat(),))])
        assert [drawn.text for drawn in await chat.fake.seen("ben", "room")] == ["Ready to watch."]
        assert [drawn.text for drawn in await chat.fake.seen("anna", "private")] == ["Only you know.", "Still.", ""]
        assert chat.fake.server.count("POST", "/users/@me/channels") == 1


async def test_the_bot_is_shown_typing_while_it_works_on_a_message() -> None:
    async with talking() as chat:
        await chat.fake.say("anna", "room", "hello")
        await chat.fake.answers("anna", "room")
        await chat.platform.working(chat.inbox.accepted[0], chat.inbox.envelopes[0])
        assert chat.fake.world.typing == [chat.fake.channel("anna", "room")]
