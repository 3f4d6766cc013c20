"""The words for kinds of sellers, roles of members and tasks of joining."""

from cooperatives.lifecycle import Task
from cooperatives.models import Kind, MemberRole
from shop.core.i18n import lazy_gettext as _l

KIND_NAMES = {
    Kind.COOPERATIVE: _l("Cooperative"),
    Kind.GROUP: _l("Household group"),
    Kind.HOUSEHOLD: _l("Household"),
}
ROLE_NAMES = {MemberRole.MEMBER: _l("Member"), MemberRole.MANAGER: _l("Manager")}
TASK_NAMES = {
    Task.PHONE: _l("Phone and code"),
    Task.WHO: _l("Who you are"),
    Task.PLACE: _l("Your commune and hamlet"),
    Task.PAPERS: _l("Papers"),
    Task.MONEY: _l("Receiving money"),
    Task.GOODS: _l("First product"),
}
