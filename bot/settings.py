"""Settings, from the environment (`RECOMMENDARR_...`) and a `.env` file; for bootstrap and the command line only."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

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
