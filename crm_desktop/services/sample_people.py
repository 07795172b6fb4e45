"""Invented customers and cars of the sample home; the same random source gives the same people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from crm_desktop.domain.customers import ContactDraft, ContactKind, CustomerDraft, CustomerKind, VehicleDraft
from crm_desktop.domain.identity import vin_doubt
from crm_desktop.domain.sample_words import SampleCar, cast

BRAND = "上汽大众"
_PREFIXES = ("138", "139", "136", "150", "158", "186", "188", "177", "199")
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_PLATE_CITIES = ("沪A", "沪A", "沪B", "沪C", "沪D", "苏E", "浙F")


class Town:
    """Makes one customer after the other; no plate, VIN or phone comes twice."""

    def __init__(self, chance: Random, until: date) -> None:
        self._chance = chance
        self._until = until
        self._plates: set[str] = set()
        self._made = 0
        self._phones = 0
        self._cars = 0

    def customer(self) -> CustomerDraft:
        """The next one: every eighth is a company with two or three cars, every tenth person has two cars."""
        self._made += 1
        if self._made % 8 == 0:
            return self._company()
        cars = 2 if self._made % 10 == 3 else 1
        return self._person(cars)

    def stranger(self) -> str:
        """The plate of a car nobody knows yet."""
        return self._plate(electric=False)

    def somebody(self) -> tuple[str, str]:
        """A name and a 性别 word, from the lists."""
        words = cast()
        woman = self._chance.random() < 0.4
        given = self._chance.choice(words.women if woman else words.men)
        return self._chance.choice(words.surnames) + given, "女" if woman else "男"

    def phone(self) -> str:
        """A mobile number nobody has: the middle counts from 0000."""
        number = self._phones
        self._phones += 1
        middle, prefix = number // (len(_PREFIXES) * 10_000), _PREFIXES[number % len(_PREFIXES)]
        return f"{prefix}{middle:04d}{(number * 7919 + 1357) % 10_000:04d}"

    def _person(self, cars: int) -> CustomerDraft:
        words = cast()
        name, gender = self.somebody()
        contacts = [ContactDraft(self.phone(), name=name)]
        vehicles = [self._car() for _ in range(cars)]
        if self._made % 5 == 0:  # the car is brought by somebody of the family
            relative, phone = name[0] + self.somebody()[0][1:], self.phone()
            contacts.append(ContactDraft(phone, name=relative, role="送修人"))
            vehicles[0] = replace(vehicles[0], brought_by=relative, brought_by_phone=phone)
        if self._made % 7 == 0:
            contacts.append(ContactDraft(f"demo{self._made:03d}", ContactKind.WECHAT, name))
        return CustomerDraft(
            name=name,
            gender=gender,
            address=self._address(),
            source=self._chance.choice(words.sources),
            notes=self._chance.choice(words.notes) if self._made % 6 == 0 else "",
            contacts=tuple(contacts),
            vehicles=tuple(vehicles),
        )

    def _company(self) -> CustomerDraft:
        words = cast()
        number = self._made // 8
        name = words.companies[number % len(words.companies)]
        driver, phone = self._chance.choice(words.drivers), self.phone()
        training = "培训" in name
        cars = [self._car(training) for _ in range(2 + number % 2)]
        brought = tuple(replace(car, brought_by=driver, brought_by_phone=phone) for car in cars)
        contacts = (
            ContactDraft(f"021-5990{number % 10_000:04d}", ContactKind.LANDLINE, self.somebody()[0], "联系人"),
            ContactDraft(phone, name=driver, role="送修人"),
        )
        return CustomerDraft(
            name=name, kind=CustomerKind.COMPANY, address=self._address(), source="大客户", notes=words.notes[3],
            contacts=contacts, vehicles=brought,
        )  # fmt: skip

    def _address(self) -> str:
        words = cast()
        street = self._chance.choice(words.streets)
        return f"{self._chance.choice(words.cities)}{street}{self._chance.randrange(8, 2800)}号"

    def _car(self, training: bool = False) -> VehicleDraft:
        kind: SampleCar = self._chance.choice(cast().cars)
        self._cars += 1
        fresh = self._cars % 23 == 7
        age = 20 if fresh else self._chance.randrange(60, 2200)
        vin = self._vin(self._cars)
        return VehicleDraft(
            plate=f"未上牌{vin[-5:]}" if fresh else self._plate(kind.electric, training),
            vin=vin,
            engine_number=f"{self._chance.choice('CDE')}{self._letters(2)}{self._cars:06d}",
            brand=BRAND,
            series=kind.series,
            model=self._chance.choice(kind.models),
            colour=self._chance.choice(cast().colours),
            bought_on=self._until - timedelta(days=age),
            mileage=age * self._chance.randrange(20, 60) + 150,
        )

    def _plate(self, electric: bool, training: bool = False) -> str:
        while True:
            city, digits = self._chance.choice(_PLATE_CITIES), f"{self._chance.randrange(100_000):05d}"
            if electric:
                plate = f"{city}{self._chance.choice('DF')}{digits}"
            elif training:
                plate = f"{city}{digits[:4]}学"
            else:
                plate = f"{city}{digits[:1]}{self._letters(1)}{digits[2:]}"
            if plate not in self._plates:
                self._plates.add(plate)
                return plate

    def _vin(self, number: int) -> str:
        head, tail = f"LSV{self._letters(4)}{self._chance.randrange(10)}", f"{self._letters(1)}2{number:06d}"
        return next(vin for digit in "0123456789X" if vin_doubt(vin := head + digit + tail) is None)

    def _letters(self, count: int) -> str:
        return "".join(self._chance.choice(_LETTERS) for _ in range(count))
