"""Teams, their communes, programmes and members; a membership is dated and never deleted."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models import User
from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigInt, BigKey, Model, Versioned
from shop.places.models import Commune

team_communes = Table(
    "team_communes",
    Model.metadata,
    Column("team_id", BigInt, ForeignKey("teams.id"), primary_key=True),
    Column("commune_code", ForeignKey("communes.code"), primary_key=True),
)
team_programmes = Table(
    "team_programmes",
    Model.metadata,
    Column("team_id", BigInt, ForeignKey("teams.id"), primary_key=True),
    Column("programme_id", BigInt, ForeignKey("programmes.id"), primary_key=True),
)


class Programme(Model):
    """What the province supports, such as women's start-ups or youth innovation; a row an admin writes."""

    __tablename__ = "programmes"

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Team(Versioned, Model):
    """A community digital team (tổ công nghệ số cộng đồng): where it helps and for which programmes."""

    __tablename__ = "teams"

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    communes: Mapped[list[Commune]] = relationship(secondary=team_communes, order_by=Commune.code)
    programmes: Mapped[list[Programme]] = relationship(secondary=team_programmes, order_by=Programme.name)


class TeamMember(Model):
    """A person's place in a team, from one moment to another."""

    __tablename__ = "team_members"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="ends_after_start"),
        Index(
            "uq_team_members_current",
            "team_id",
            "user_id",
            unique=True,
            sqlite_where=text("valid_to IS NULL"),
            postgresql_where=text("valid_to IS NULL"),
        ),
        Index("ix_team_members_user_id", "user_id"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    valid_from: Mapped[datetime] = mapped_column(default=clock.now)
    valid_to: Mapped[datetime | None]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))

    team: Mapped[Team] = relationship()
    user: Mapped[User] = relationship(foreign_keys=user_id)
