"""Who asks at the door: a token from staff.login, looked up anew at every request, so that rights taken are gone."""

from __future__ import annotations

import secrets
from typing import Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import NotAllowed
from crm_desktop.services.office import Office

SCREEN = "自动接口"


class People:
    """Tokens live as long as the door is open and are written down nowhere."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._tokens: dict[str, int] = {}

    def login(self, name: str, pin: str) -> dict[str, Any]:
        """A token for the person of this name, or the only holder of this role.

        :raises NotAllowed: as ``Access.login``.
        """
        person = self._office.access.login(name, pin)
        token = secrets.token_urlsafe(24)
        self._tokens[token] = person.id
        return {"token": token, "name": person.name, "roles": list(person.roles)}

    def logout(self, token: str) -> None:
        """This token opens nothing any more."""
        self._tokens.pop(token, None)

    def act(self, token: str) -> Act:
        """Something whoever holds this token does now; a home without staff asks for none.

        :raises NotAllowed: no token, one nobody was given, or of somebody who has left.
        """
        if token:
            person_id = self._tokens.get(token)
            if person_id is None:
                raise NotAllowed("token 无效：请先用 staff.login（name、pin）登录，再带上得到的 token。")
            return self._office.staff.act(self._office.staff.get(person_id), SCREEN)
        if self._office.desk.guarded():
            raise NotAllowed("这里已建员工：请先用 staff.login（name、pin）登录，再带上得到的 token。")
        return self._office.desk.act(SCREEN, SCREEN)
