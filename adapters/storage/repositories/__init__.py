"""One repository per aggregate, as `bot.ports.storage` declares them."""
