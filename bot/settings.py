"""Settings, from the environment (`RECOMMENDARR_...`) and a `.env` file; for bootstrap and the command line only."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

import platformdirs
from dotenv import dotenv_values
from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.errors import InvalidSettings


class LogSettings(BaseModel):
    """What is logged, and how."""

    level: Literal["debug", "info", "warning", "error"] = "warning"
    json_lines: bool = False


class VectorSettings(BaseModel):
    """Where the vectors are kept."""

    url: str | None = None  # of a Chroma server; None: embedded, in the state directory
    batch: int = Field(default=25, ge=1, le=5000)  # rows a write while people are being served


class RecommendSettings(BaseModel):
    """How recommendations are made."""

    pipeline: str = "blend"
    picks: int = Field(default=5, ge=1, le=20)
    hide_days: int = Field(default=122, ge=1)  # four months
    keep_private: tuple[str, ...] = ()  # members from whose histories nothing is learnt for others
    history_months: int | None = Field(default=12, ge=1)  # None: everything, with decay


class PlexSettings(BaseModel):
    """A Plex server and the token of its owner."""

    url: str
    token: SecretStr
    client: str = "recommendarr"  # the client identifier under which the token was made
    verify_tls: bool = True


class TautulliSettings(BaseModel):
    """Tautulli, which watches a Plex server."""

    url: str
    api_key: SecretStr
    verify_tls: bool = True


class JellyfinSettings(BaseModel):
    """A Jellyfin server and an API key made on its dashboard."""

    url: str
    api_key: SecretStr
    verify_tls: bool = True


class TmdbSettings(BaseModel):
    """TMDB; `token` is the API read access token (or the older API key)."""

    token: SecretStr
    url: str = "https://api.themoviedb.org"
    locales: tuple[str, ...] = ("en", "de", "fr")  # of localised titles
    country: str = "US"  # of age ratings and streaming services


class SeerrSettings(BaseModel):
    """Seerr, Overseerr or Jellyseerr."""

    url: str
    api_key: SecretStr
    verify_tls: bool = True


class DiscordSettings(BaseModel):
    """The Discord bot. `guilds`: the servers that it serves."""

    token: SecretStr
    guilds: tuple[int, ...] = ()
    free_text: bool = False  # needs the privileged message content intent


class TelegramSettings(BaseModel):
    """The Telegram bot. `chats`: the groups that it serves. `webhook`: through the web server instead of polling.

    `base_url`: of a Bot API server of one's own, up to and including "/bot".
    """

    token: SecretStr
    chats: tuple[int, ...] = ()
    webhook: bool = False
    webhook_secret: SecretStr | None = None
    base_url: str = "https://api.telegram.org/bot"


class TalkServerSettings(BaseModel):
    """One Nextcloud and the secret given to `occ talk:bot:install`; `rooms` empty: all that the bot is enabled in."""

    url: str
    secret: SecretStr = Field(min_length=40, max_length=128)
    rooms: tuple[str, ...] = ()
    private_rooms: tuple[str, ...] = ()  # rooms with one person, where private answers may be given
    bot_name: str = Field(default="Recommendarr", min_length=1, max_length=64)  # given to the same command
    verify_tls: bool = True


class WebSettings(BaseModel):
    """The web server: health, metrics, webhooks. `webhook_secret`: part of the path of every service's webhook."""

    enabled: bool = True
    host: str = "127.0.0.1"
    port: int = Field(default=8765, ge=0, le=65535)
    public_url: str | None = None
    webhook_secret: SecretStr | None = Field(default=None, min_length=20)
    max_body: int = Field(default=1 << 20, ge=1024)  # bytes


class ScheduleSettings(BaseModel):
    """How often what runs by itself runs."""

    sync_minutes: int = Field(default=30, ge=5)
    full_sync_hours: int = Field(default=24, ge=1)
    permissions_hours: int = Field(default=6, ge=1)
    broker_url: SecretStr | None = None  # Redis, when several processes share the work


class LimitSettings(BaseModel):
    """How much one person and one conversation may ask, as a bucket: so many at once, refilled so many a minute."""

    person_burst: int = Field(default=10, ge=1)
    person_per_minute: float = Field(default=20, gt=0)
    conversation_burst: int = Field(default=20, ge=1)
    conversation_per_minute: float = Field(default=60, gt=0)


class AiSettings(BaseModel):
    """Language models, all optional. `model`: of Ollama; without it the best of those it has is chosen."""

    ollama_url: str | None = None
    model: str | None = None
    provider: Literal["openai", "anthropic", "google"] | None = None
    provider_model: str | None = None
    api_key: SecretStr | None = None
    base_url: str | None = None  # of a service that speaks like the provider: OpenRouter, Groq, LiteLLM
    call_seconds: float = Field(default=15.0, gt=0, le=600)  # for one call of a model, before the next is tried
    turn_seconds: float = Field(default=25.0, gt=0, le=600)  # for a whole answer, before it is made without a model
    talk_tokens: int = Field(default=800, ge=200, le=20_000)  # of what was said before; what is older is summed up
    prices: dict[str, tuple[float, float]] = {}  # of a million tokens read and written, by model


class ExplanationSettings(BaseModel):
    """How picks are explained. `auto` and `llm` let a language model write where one answers; templates always can."""

    mode: Literal["auto", "template", "llm"] = "auto"  # llm: a turn without a model is logged as a warning
    local_seconds: float = Field(default=10.0, gt=0, le=600)  # that a model in the house may take
    remote_seconds: float = Field(default=6.0, gt=0, le=600)


class RerankSettings(BaseModel):
    """Whether the best picks are put in order once more: `small` by embeddings, `llm` by a language model."""

    by: Literal["off", "small", "llm"] = "off"
    window: int = Field(default=40, ge=2, le=100)  # picks that are looked at
    rank_weight: float = Field(default=0.9, ge=0, le=1)  # of the order before, in what `small` makes
    seconds: float = Field(default=6.0, gt=0, le=600)  # before the order stays as it was


class _EverydayNames(PydanticBaseSettingsSource):
    """`EXPLANATION_MODE`, as many write it, where nothing else says it."""

    def get_field_value(self, _field: FieldInfo, _field_name: str) -> tuple[Any, str, bool]:
        """Nothing by itself: see `__call__`."""
        return None, "", False

    def __call__(self) -> dict[str, Any]:
        """The settings that were found."""
        file = self.config.get("env_file")
        written = dotenv_values(file) if isinstance(file, str | Path) else {}
        mode = os.environ.get("EXPLANATION_MODE") or written.get("EXPLANATION_MODE")
        return {"explanations": {"mode": mode.strip().lower()}} if mode else {}


class Settings(BaseSettings):
    """All settings of one installation."""

    model_config = SettingsConfigDict(
        env_prefix="RECOMMENDARR_",
        env_nested_delimiter="__",
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
    )

    home: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("recommendarr")))
    database_url: SecretStr | None = None  # None: SQLite in the state directory
    model_wheel: Path | None = None  # the embedding model's wheel as a file, for machines offline
    rules: Path | None = None  # business rules; None: rules.json in the state directory
    locale: str | None = None  # of people whose platform does not tell theirs
    log: LogSettings = LogSettings()
    vectors: VectorSettings = VectorSettings()
    recommend: RecommendSettings = RecommendSettings()
    admins: tuple[str, ...] = ()  # chat accounts, written platform:account
    plex: PlexSettings | None = None
    tautulli: TautulliSettings | None = None
    jellyfin: JellyfinSettings | None = None
    tmdb: TmdbSettings | None = None
    seerr: SeerrSettings | None = None
    discord: DiscordSettings | None = None
    telegram: TelegramSettings | None = None
    nextcloud_talk: dict[str, TalkServerSettings] = Field(default_factory=dict)  # by a name of the owner's choice
    web: WebSettings = WebSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    limits: LimitSettings = LimitSettings()
    ai: AiSettings = AiSettings()
    explanations: ExplanationSettings = ExplanationSettings()
    rerank: RerankSettings = RerankSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Where settings come from, the strongest first."""
        return init_settings, env_settings, dotenv_settings, file_secret_settings, _EverydayNames(settings_cls)

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @property
    def models_dir(self) -> Path:
        """Where model weights are kept."""
        return self.home / "models"

    @property
    def vectors_dir(self) -> Path:
        """Where the vector store and its snapshot are kept."""
        return self.home / "vectors"

    @property
    def rules_path(self) -> Path:
        """Where the owner's business rules are written."""
        return self.rules.expanduser().absolute() if self.rules else self.home / "rules.json"

    @property
    def public_knowledge_path(self) -> Path:
        """What strangers know together, made by `recommendarr train ease`; optional."""
        return self.home / "models" / "public-knowledge.npz"

    @property
    def shelf_dir(self) -> Path:
        """Where what is costly to make is kept between two starts; may be deleted at any time."""
        return self.home / "shelf"

    @property
    def model_choice_path(self) -> Path:
        """The language model that an administrator chose; absent: the best one."""
        return self.home / "models" / "language-model.txt"

    @property
    def model_counts_path(self) -> Path:
        """What language models have used."""
        return self.home / "models" / "language-model-counts.json"

    @property
    def reports_dir(self) -> Path:
        """Where import reports are kept."""
        return self.home / "reports"


def load_settings(**overrides: Any) -> Settings:
    """Read the settings. Raises: InvalidSettings, in one sentence that names the setting."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        name = "RECOMMENDARR_" + "__".join(str(part) for part in first["loc"]).upper()
        raise InvalidSettings(f"The setting {name} cannot be used: {first['msg']}.") from None
