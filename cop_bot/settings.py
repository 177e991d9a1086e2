"""Settings come from the environment or a `.env` file; each may also be given as NAME_FILE, the file that holds it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, Self, TypeVar

from pydantic import SecretStr, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from cop_bot.domain.errors import OperatorMistake

Some = TypeVar("Some", bound="EnvSettings")


class EnvSettings(BaseSettings):
    """A group of settings. `.env.example` is generated from the descriptions of its fields."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", case_sensitive=True)
    may_be_blank: ClassVar[frozenset[str]] = frozenset()

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
            if isinstance(text, str) and not text.strip() and name not in self.may_be_blank:
                raise ValueError(f"{field.validation_alias} is set but empty; give it a value or remove it")
        return self


def read(kind: type[Some], **changed: Any) -> Some:
    """Read one group. Raises OperatorMistake with one line for each thing to mend."""
    try:
        return kind(**changed)
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
