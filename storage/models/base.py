"""What every table has in common."""

from datetime import datetime
from typing import dataclass_transform

from sqlalchemy import Text
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass, mapped_column

from storage.types import UtcDateTime


@dataclass_transform(kw_only_default=True, field_specifiers=(mapped_column,))
class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    type_annotation_map = {datetime: UtcDateTime(), str: Text()}  # noqa: RUF012 - SQLAlchemy reads it so


# An erased row's id is never given out again: a click on its old card must find nothing.
NEVER_REUSED = {"sqlite_autoincrement": True}
