"""Settings, from the environment or a `.env` file; each may also be given as NAME_FILE, the file that holds it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from cop_bot.domain.errors import OperatorMistake

SLACK_API_URL = "https://slack.com/api/"


class Settings(BaseSettings):
    """What the operator decides. `.env.example` is generated from the titles and descriptions of these fields."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", case_sensitive=True)

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
    slack_bot_token: SecretStr | None = Field(
        None,
        validation_alias="SLACK_BOT_TOKEN",
        description="xoxb-…, from OAuth & Permissions in the settings of your Slack app.",
    )
    slack_signing_secret: SecretStr | None = Field(
        None,
        validation_alias="SLACK_SIGNING_SECRET",
        description="From Basic Information of your Slack app; for events over HTTP at /slack/events.",
    )
    slack_app_token: SecretStr | None = Field(
        None,
        validation_alias="SLACK_APP_TOKEN",
        description="xapp-… with connections:write, from Basic Information; for Socket Mode, "
        "which needs no public address.",
    )
    slack_api_url: str = Field(
        SLACK_API_URL, validation_alias="SLACK_API_URL", description="Another Slack server, for tests."
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
        description="The address of any server that speaks the OpenAI protocol, ending in /v1.",
    )
    openai_model: str = Field("gpt-4o-mini", validation_alias="OPENAI_MODEL", description="The model's name.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment before `.env`; in each of them NAME before NAME_FILE."""
        del file_secret_settings
        env, dotenv = _with_files(env_settings), _with_files(dotenv_settings)
        return init_settings, env_settings, env, dotenv_settings, dotenv

    @model_validator(mode="after")
    def _no_blanks(self) -> Self:
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            text = value.get_secret_value() if isinstance(value, SecretStr) else value
            if isinstance(text, str) and not text.strip() and name != "programmes":
                raise ValueError(f"{field.validation_alias} is set but empty; give it a value or remove it")
        return self

    @property
    def programme_files(self) -> list[Path]:
        """The programme files to load."""
        return [Path(name.strip()) for name in self.programmes.split(",") if name.strip()]

    @property
    def uses_slack(self) -> bool:
        """Whether Slack is configured."""
        return self.slack_bot_token is not None

    @property
    def uses_model(self) -> bool:
        """Whether a model is configured."""
        return self.openai_api_key is not None or self.openai_base_url is not None


def load_settings(**changed: Any) -> Settings:
    """Read the settings. Raises OperatorMistake with one line for each thing to mend."""
    try:
        return Settings(**changed)
    except ValidationError as error:
        lines = [_mistake(problem["loc"], problem["msg"]) for problem in error.errors(include_url=False)]
        raise OperatorMistake("\n".join(lines)) from None


def _mistake(where: tuple[int | str, ...], message: str) -> str:
    text = message.removeprefix("Value error, ")
    return f"{where[0]}: {text}" if where else f"{text}."


class _Files(PydanticBaseSettingsSource):
    """Reads NAME_FILE where the other source has it."""

    def __init__(self, source: EnvSettingsSource) -> None:
        super().__init__(source.settings_cls)
        self._names = source.env_vars

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """The content of the file, without the line break at its end."""
        name = str(field.validation_alias or field_name)
        file = self._names.get(f"{name}_FILE")
        if not file:
            return None, name, False
        try:
            return Path(file).read_text(encoding="utf-8").rstrip("\r\n"), name, False
        except (OSError, UnicodeDecodeError) as error:
            raise OperatorMistake(f"{name}_FILE names {file}, which can't be read ({type(error).__name__}).") from None

    def __call__(self) -> dict[str, Any]:
        """All fields that are given by a file."""
        found = (self.get_field_value(field, name) for name, field in self.settings_cls.model_fields.items())
        return {name: value for value, name, _ in found if value is not None}


def _with_files(source: PydanticBaseSettingsSource) -> PydanticBaseSettingsSource:
    if not isinstance(source, EnvSettingsSource | DotEnvSettingsSource):
        raise TypeError("only the environment and .env have files")
    return _Files(source)
