"""What the operator sets for the bot itself; each platform has settings of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, Literal, TypeVar

from pydantic import Field, SecretStr

from cop_bot.domain.errors import OperatorMistake
from cop_bot.platforms import registry
from cop_bot.platforms.declaration import PlatformSettings
from cop_bot.settings import EnvSettings, read

SomePlatform = TypeVar("SomePlatform", bound=PlatformSettings)


class MeaningSettings(EnvSettings):
    """What even the summariser without a model that writes has to know."""

    meaning: Literal["auto", "words", "model"] = Field(
        "auto",
        validation_alias="COP_MEANING",
        description="By what it is told which contributions belong together: words, or model (the extra "
        "cop-bot[meaning], 100 MB, which also finds the same wish in other languages; a second for 20 contributions). "
        "auto takes the model where it is installed, for up to 2,000 contributions.",
    )


class Settings(MeaningSettings):
    """What the operator decides. `.env.example` is generated from the titles and descriptions of these fields."""

    may_be_blank: ClassVar[frozenset[str]] = frozenset({"programmes"})

    database_url: str = Field(
        "sqlite:///cop.db",
        validation_alias="COP_DATABASE_URL",
        description="Where the record is kept: an SQLite file, or postgresql+psycopg://user@host/name for replicas.",
    )
    host: str = Field(
        "127.0.0.1", validation_alias="COP_HOST", description="The address that the web server listens on."
    )
    port: int = Field(
        8080, ge=0, le=65535, validation_alias="COP_PORT", description="The port that the web server listens on."
    )
    programmes: str = Field(
        "",
        validation_alias="COP_PROGRAMMES",
        description="Programme files to load at the start, separated by commas. "
        "A changed file changes what is still planned.",
    )
    log_level: str = Field(
        "INFO", validation_alias="COP_LOG_LEVEL", description="How much is logged: DEBUG, INFO, WARNING or ERROR."
    )
    prompts: str | None = Field(
        None,
        validation_alias="COP_PROMPTS",
        description="A folder with prompts of your own, instead of those files of prompts/ that have the same names.",
    )
    openai_api_key: SecretStr | None = Field(
        None,
        validation_alias="OPENAI_API_KEY",
        description="The key of the model that writes summaries. "
        "Without a key and an address the offline summariser writes them.",
    )
    openai_base_url: str | None = Field(
        None,
        validation_alias="OPENAI_BASE_URL",
        description="The address of any server that speaks the OpenAI protocol, ending in /v1; "
        "for Azure https://RESOURCE.openai.azure.com/openai/v1/.",
    )
    openai_model: str = Field(
        "gpt-4o-mini", validation_alias="OPENAI_MODEL", description="The model's name; for Azure the deployment's."
    )
    openai_tokens_per_session: int = Field(
        500_000,
        ge=1,
        validation_alias="OPENAI_TOKENS_PER_SESSION",
        description="How many tokens, there and back, the summaries of one session may cost in all; "
        "then the offline summariser writes them.",
    )
    openai_tokens_per_day: int = Field(
        2_000_000,
        ge=1,
        validation_alias="OPENAI_TOKENS_PER_DAY",
        description="How many tokens all summaries together may cost in a day (UTC).",
    )

    @property
    def programme_files(self) -> list[Path]:
        """The programme files to load."""
        return [Path(name.strip()) for name in self.programmes.split(",") if name.strip()]

    def of(self, kind: type[SomePlatform]) -> SomePlatform:
        """The settings of one platform."""
        return read(kind)

    @property
    def platforms(self) -> dict[str, PlatformSettings]:
        """The settings of each platform that is configured, by its name."""
        known = {name: platform.settings for name, platform in registry.every().items() if platform.settings}
        return {name: found for name, kind in known.items() if (found := read(kind)).is_configured}

    def must_be_enough_to_serve(self, *, rehearsal: bool) -> None:
        """Raises OperatorMistake with what is missing, or what must not be set together."""
        configured = self.platforms
        if not configured:
            ways = [
                f"for {platform.title} {platform.how_to_configure}"
                for platform in registry.every().values()
                if platform.settings
            ]
            raise OperatorMistake(
                f"No chat platform is configured: {'; '.join(ways)}. To see the bot without any, run: cop demo"
            )
        for settings in configured.values():
            settings.must_be_enough(host=self.host, rehearsal=rehearsal)

    @property
    def uses_model(self) -> bool:
        """Whether a model is configured."""
        return self.openai_api_key is not None or self.openai_base_url is not None


def load_settings(**changed: Any) -> Settings:
    """Read the settings, those of the platforms too. Raises OperatorMistake with one line for each thing to mend."""
    settings = read(Settings, **changed)
    _ = settings.platforms
    return settings
