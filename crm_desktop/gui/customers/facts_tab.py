"""资料: company, wishes, consent and the dealership's own fields of one customer, and how each number may be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from PySide6.QtCore import Signal

from crm_desktop.clock import Clock
from crm_desktop.domain.acts import Act
from crm_desktop.domain.customers import ContactDraft, CustomerKind, CustomerProfile
from crm_desktop.domain.errors import ChangedMeanwhile, InvalidInput
from crm_desktop.domain.identity import masked_phone
from crm_desktop.domain.profile import Consent, FactsDraft, ProfileFacts
from crm_desktop.gui.customers.profile_desk import ProfileDesk
from crm_desktop.gui.customers.profile_tab import ProfileTab
from crm_desktop.gui.customers.words import add_words
from crm_desktop.gui.keeping import Keeping
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.page import Rule
from crm_desktop.services.profiles import ContactWish

_COMPANY = ("trade", "size", "standing")
_NAMES = tuple(field.name for field in fields(FactsDraft) if field.name != "custom")
_ASKED = (("", "没问过"), *((word, word) for word in Consent))
_WISHES = (("", "可以联系"), ("首选", "首选"), ("勿扰", "勿扰"))
_MEANT = {"": ContactWish(), "首选": ContactWish(preferred=True), "勿扰": ContactWish(do_not_disturb=True)}
_CUSTOM = "custom."
_WISH = "wish."


class FactsTab(ProfileTab):
    """Typed and saved with the file."""

    title = "资料"
    rested = Signal()

    def __init__(self, desk: ProfileDesk, session: Session, messages: Messages, clock: Clock) -> None:
        super().__init__()
        self._desk, self._clock = desk, clock
        self._keeping = Keeping(session, "客户资料", self, self)
        self._keeping.told.connect(messages.note)
        self._facts: ProfileFacts | None = None
        self._own: tuple[str, ...] = ()
        self._wished: dict[int, ContactWish] = {}
        self._form, self._wishes = self._build_form(), FieldForm(columns=2)
        self._heading = PlainLabel("每个号码怎么用", "heading")
        for widget in (self._form, Rule(), self._heading, self._wishes):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    @property
    def dirty(self) -> bool:
        return self._form.dirty or self._wishes.dirty

    def show_profile(self, profile: CustomerProfile) -> None:
        same = self._facts is not None and self._facts.customer_id == profile.id
        if self.dirty and same:
            return
        if tuple(field.key for field in self._desk.rules.profile().custom_fields) != self._own:
            self._form = self._replace(self._form, self._build_form())
        self._facts = self._desk.profiles.facts(profile.id)
        draft = self._facts.draft
        shown: dict[str, Any] = {name: getattr(draft, name) for name in _NAMES}
        self._form.set_values(shown | {_CUSTOM + key: draft.custom.get(key, "") for key in self._own})
        company = profile.draft.kind == CustomerKind.COMPANY or any(getattr(draft, name) for name in _COMPANY)
        self._form.offer(company, *_COMPANY)
        self._show_wishes(profile.draft.contacts)
        self.rested.emit()
        self._keeping.turn_to(f"customer:{profile.id}")

    def words(self) -> dict[str, str]:
        """The raw texts, and what was chosen for each number (``Words`` of gui/keeping.py)."""
        return self._form.words() | {f"{_WISH}{name}": text for name, text in self._wishes.words().items()}

    def set_typed(self, texts: Mapping[str, str]) -> None:
        """Bring some of them back; they count as not saved."""
        self._form.set_typed(texts)
        self._wishes.set_typed({n.removeprefix(_WISH): text for n, text in texts.items() if n.startswith(_WISH)})

    def save(self, act: Act) -> None:
        assert self._facts is not None  # noqa: S101 - only a shown customer is saved
        known, fresh = self._facts, self._desk.profiles.facts(self._facts.customer_id)
        self._facts = fresh
        if fresh.draft != known.draft:
            raise ChangedMeanwhile("资料刚被别人改过，您填的都还在；再按一次“保存”就以您填的为准。")
        try:
            draft = self._draft()
            if draft != fresh.draft:
                self._desk.profiles.amend_facts(fresh.customer_id, fresh.ver, draft, act)
        except InvalidInput as refusal:
            self._form.show_errors(refusal.fields)
            raise
        for contact, wish in self._typed_wishes().items():
            if wish != self._wished[contact]:
                self._desk.profiles.wish(contact, wish, act)
        self.give_up()

    def give_up(self) -> None:
        self._form.mark_saved()
        self._wishes.mark_saved()
        self.rested.emit()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_changed(self) -> None:
        self.changed.emit()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _draft(self) -> FactsDraft:
        values = self._form.values()
        custom = {key: str(values.pop(_CUSTOM + key)) for key in self._own}
        return FactsDraft(**values, custom={key: text for key, text in custom.items() if text.strip()})

    def _build_form(self) -> FieldForm:
        form = FieldForm(columns=2, clock=self._clock)
        for name, label in (("trade", "行业"), ("size", "规模")):
            add_words(form, self._desk.rules, name, label)
        form.add_line("standing", "地位和现状", span=2)
        form.add_line("likes", "喜好", "爱喝什么、聊什么、坐哪里", span=2)
        form.add_line("dislikes", "忌讳", "不要怎么称呼、不要提什么", span=2)
        form.add_line("needs", "需求", span=2)
        form.add_line("usual_adviser", "常用顾问")
        add_words(form, self._desk.rules, "region", "区域")
        form.add_choice("do_not_disturb", "勿扰", ((False, "可以联系"), (True, "勿扰，只谈本次业务")), default=False)
        form.new_row()
        form.add_choice("contact_consent", "同意联系", _ASKED, "")
        form.add_day("contact_consent_on", "同意联系日期")
        form.add_choice("keep_consent", "同意保存资料", _ASKED, "")
        form.add_day("keep_consent_on", "同意保存日期")
        own = self._desk.rules.profile().custom_fields
        for field in own:
            form.add_line(_CUSTOM + field.key, field.label)
        self._own = tuple(field.key for field in own)
        form.changed.connect(self._on_changed)
        return form

    def _replace(self, old: FieldForm, new: FieldForm) -> FieldForm:
        self.body.replaceWidget(old, new)
        new.show()  # at once, so that it can take the keyboard
        old.hide()
        old.deleteLater()
        return new

    def _show_wishes(self, contacts: Sequence[ContactDraft]) -> None:
        """A choice for every stored number, named by kind, person and masked number."""
        form = FieldForm(columns=2)
        self._wished = {}
        known = self._desk.profiles.contact_wishes(self._facts.customer_id) if self._facts else {}
        for contact in contacts:
            if contact.id is not None:
                self._wished[contact.id] = known.get(contact.id, ContactWish())
                who = " ".join(filter(None, (contact.name or contact.role, masked_phone(contact.value))))
                form.add_choice(str(contact.id), who, _WISHES, "")
        form.set_values({str(found): _word(wish) for found, wish in self._wished.items()})
        form.changed.connect(self._on_changed)
        self._wishes = self._replace(self._wishes, form)
        self._heading.setVisible(bool(self._wished))

    def _typed_wishes(self) -> dict[int, ContactWish]:
        return {int(name): _MEANT[str(word)] for name, word in self._wishes.values().items()}


def _word(wish: ContactWish) -> str:
    return "勿扰" if wish.do_not_disturb else "首选" if wish.preferred else ""
