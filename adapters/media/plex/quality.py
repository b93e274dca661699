"""What the best file of a title looks and sounds like."""

from __future__ import annotations

from adapters.loose import flag, integer, rows, text
from adapters.media.plex.container import Fields
from bot.ports.media import Quality

_RESOLUTIONS = {"8k": 4320, "4k": 2160, "2k": 1440, "sd": 480}
_CHANNELS = {1: "1.0", 2: "2.0", 3: "2.1", 6: "5.1", 7: "6.1", 8: "7.1"}
_VIDEO, _AUDIO = 1, 2


def quality_of(item: Fields) -> Quality | None:
    """The quality of an item's best file; None when the item has no files of its own, as a series."""
    files = rows(item.get("Media"))
    if not files:
        return None
    best = max(files, key=lambda media: (_lines(media), integer(media.get("bitrate")) or 0))
    lines = _lines(best)
    return Quality(
        resolution=f"{lines}p" if lines else "",
        dynamic_range=_dynamic_range(best),
        video=text(best.get("videoCodec")).lower(),
        audio=_channels(best),
    )


def _lines(media: Fields) -> int:
    named = text(media.get("videoResolution")).lower().removesuffix("p").removesuffix("i")
    if named in _RESOLUTIONS:
        return _RESOLUTIONS[named]
    return integer(named) or integer(media.get("height")) or 0


def _streams(media: Fields, kind: int) -> list[Fields]:
    streams = [stream for part in rows(media.get("Part")) for stream in rows(part.get("Stream"))]
    return [stream for stream in streams if integer(stream.get("streamType")) == kind]


def _dynamic_range(media: Fields) -> str:
    videos = _streams(media, _VIDEO)
    if any(flag(video.get("DOVIPresent")) for video in videos):
        return "Dolby Vision"
    transfers = {text(video.get("colorTrc")).lower() for video in videos}
    if "smpte2084" in transfers:
        return "HDR"
    return "HLG" if "arib-std-b67" in transfers else ""


def _channels(media: Fields) -> str:
    told = [integer(stream.get("channels")) or 0 for stream in _streams(media, _AUDIO)]
    most = max([*told, integer(media.get("audioChannels")) or 0])
    return _CHANNELS.get(most, f"{most}.0" if most > 0 else "")
