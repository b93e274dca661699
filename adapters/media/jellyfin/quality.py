"""What the best file of a film offers, from Jellyfin's media sources and streams."""

from __future__ import annotations

from adapters.loose import integer, rows, table, text
from adapters.media.jellyfin.pages import Entry
from bot.ports.media import Quality

_HEIGHTS = (2160, 1440, 1080, 720, 576, 480)
_WIDTHS = {2160: 3800, 1440: 2500, 1080: 1800, 720: 1200, 576: 1000, 480: 700}
_RANGES = (("DOVI", "Dolby Vision"), ("HDR10Plus", "HDR10+"), ("HDR", "HDR"), ("HLG", "HDR"))
_CHANNELS = {1: "mono", 2: "stereo", 6: "5.1", 7: "6.1", 8: "7.1"}


def best_quality(entry: Entry) -> Quality | None:
    """The best of all versions: by resolution, then dynamic range, then channels. None when nothing is told."""
    sources = [rows(source.get("MediaStreams")) for source in rows(entry.get("MediaSources"))]
    if not any(sources):
        sources = [rows(entry.get("MediaStreams"))]
    ranked = sorted((_ranked(streams) for streams in sources if streams), key=lambda pair: pair[0])
    return ranked[-1][1] if ranked and ranked[-1][1] != Quality() else None


def _ranked(streams: object) -> tuple[tuple[int, int, int], Quality]:
    video = next((stream for stream in rows(streams) if stream.get("Type") == "Video"), table(None))
    audio = max(
        (stream for stream in rows(streams) if stream.get("Type") == "Audio"),
        key=lambda stream: integer(stream.get("Channels")) or 0,
        default=table(None),
    )
    lines, dynamic_range = _lines(video), _dynamic_range(video)
    channels = integer(audio.get("Channels")) or 0
    quality = Quality(
        resolution=f"{lines}p" if lines else "",
        dynamic_range=dynamic_range,
        video=text(video.get("Codec")).lower(),
        audio=_CHANNELS.get(channels, f"{channels}.0" if channels else ""),
    )
    return (lines, len(_RANGES) if dynamic_range else 0, channels), quality


def _lines(video: Entry) -> int:
    """The nominal height; wide films have fewer lines than their class, so the width counts too."""
    height, width = integer(video.get("Height")) or 0, integer(video.get("Width")) or 0
    if height <= 0 and width <= 0:
        return 0
    return next((lines for lines in _HEIGHTS if height >= lines - 8 or width >= _WIDTHS[lines]), max(height, 0))


def _dynamic_range(video: Entry) -> str:
    kind = text(video.get("VideoRangeType")) or text(video.get("VideoRange"))
    if kind == "DOVIInvalid":
        return "HDR" if text(video.get("VideoRange")) == "HDR" else ""
    return next((name for start, name in _RANGES if kind.startswith(start)), "")
