"""Settings, from the environment or a `.env` file; each may also be given as NAME_FILE, the file that holds it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

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
    prompts: str | None = Field(
        None,
        validation_alias="COP_PROMPTS",
        description="A folder with prompts of your own, instead of those files of prompts/ that have the same names.",
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
    teams_client_id: str | None = Field(
        None,
        validation_alias="TEAMS_CLIENT_ID",
        description="The id of the bot's registration for Microsoft Teams (teams app create prints it).",
    )
    teams_client_secret: SecretStr | None = Field(
        None, validation_alias="TEAMS_CLIENT_SECRET", description="The secret of that registration."
    )
    teams_tenant_id: str | None = Field(
        None,
        validation_alias="TEAMS_TENANT_ID",
        description="The id of your organisation's tenant; messages of any other are refused.",
    )
    teams_service_url: str | None = Field(
        None, validation_alias="TEAMS_SERVICE_URL", description="Another Teams service, for tests."
    )
    teams_access_token: SecretStr | None = Field(
        None,
        validation_alias="TEAMS_ACCESS_TOKEN",
        description="A fixed token instead of the identity platform, for tests with servers on this machine.",
    )
    teams_trust_loopback: bool = Field(
        False,
        validation_alias="TEAMS_TRUST_LOOPBACK",
        description="Take messages from this machine without their tokens, for a local simulator.",
    )
    graph_base_url: str | None = Field(
        None, validation_alias="GRAPH_BASE_URL", description="Another Microsoft Graph, for tests; ends in /v1.0."
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
    def uses_teams(self) -> bool:
        """Whether Microsoft Teams is configured."""
        return self.teams_client_id is not None

    def must_be_enough_to_serve(self, *, rehearsal: bool) -> None:
        """Raises OperatorMistake with what is missing, or what must not be set together."""
        if not self.uses_slack and not self.uses_teams:
            raise OperatorMistake(
                "No chat platform is configured. For Slack set SLACK_BOT_TOKEN and SLACK_APP_TOKEN (Socket Mode) "
                "or SLACK_SIGNING_SECRET (HTTP), for Microsoft Teams TEAMS_CLIENT_ID, TEAMS_CLIENT_SECRET and "
                "TEAMS_TENANT_ID; to see the bot without any, run: cop demo"
            )
        if self.uses_slack and self.slack_app_token is None and self.slack_signing_secret is None:
            raise OperatorMistake(
                "SLACK_BOT_TOKEN is set, but neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is."
            )
        if self.uses_teams:
            self._teams_must_be_enough(rehearsal)

    def _teams_must_be_enough(self, rehearsal: bool) -> None:
        if self.teams_tenant_id is None:
            raise OperatorMistake("TEAMS_CLIENT_ID is set, but TEAMS_TENANT_ID is not: whose messages are to be taken?")
        if self.teams_client_secret is None and self.teams_access_token is None:
            raise OperatorMistake("TEAMS_CLIENT_ID is set, but TEAMS_CLIENT_SECRET is not.")
        servers_are_local = _is_loopback(self.teams_service_url) and _is_loopback(self.graph_base_url)
        if self.teams_access_token is not None and not servers_are_local:
            raise OperatorMistake(
                "TEAMS_ACCESS_TOKEN is for tests: it needs TEAMS_SERVICE_URL and GRAPH_BASE_URL on 127.0.0.1."
            )
        here = self.host in _LOOPBACK and _is_loopback(self.teams_service_url)
        if self.teams_trust_loopback and not (rehearsal or here):
            raise OperatorMistake(
                "TEAMS_TRUST_LOOPBACK is for a local simulator: it needs a rehearsal, or COP_HOST and "
                "TEAMS_SERVICE_URL on 127.0.0.1."
            )

    @property
    def uses_model(self) -> bool:
        """Whether a model is configured."""
        return self.openai_api_key is not None or self.openai_base_url is not None


_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def _is_loopback(url: str | None) -> bool:
    return url is not None and urlsplit(url).hostname in _LOOPBACK


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
