"""A month counted once more, in plain Python over the bare rows of the tables: no service of the program is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

Row = dict[str, Any]
PLAIN_CHANNELS = ("回访", "接待", "其他")
"""Solved within 72 hours of the clock on the wall, whatever the calendar says (seed 001 篇1 一)."""


def local(stored: str) -> datetime:
    """A moment of the tables as the wall clock at the desk shows it."""
    return datetime.strptime(stored, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).astimezone().replace(tzinfo=None)


def earlier(period: str, months: int) -> str:
    """The month so many before one written 2026-11."""
    year, month = (int(part) for part in period.split("-"))
    place = year * 12 + month - 1 - months
    return f"{place // 12}-{place % 12 + 1:02d}"


@dataclass
class ByHand:
    """Every table as rows of column names."""

    tables: dict[str, list[Row]]

    def of(self, table: str, complaint: int) -> list[Row]:
        return [row for row in self.tables[table] if row["complaint_id"] == complaint]

    def counted(self, period: str) -> list[Row]:
        """The complaints of a month: by local day, neither void nor a second one about one event."""
        doubles = {row["complaint_id"] for row in self.tables["complaint_links"] if not row["removed"]}
        return [
            row
            for row in self.tables["complaints"]
            if f"{local(row['received_at']):%Y-%m}" == period and row["state"] != "作废" and row["id"] not in doubles
        ]

    def steps(self, complaint: int) -> list[Row]:
        """Its events in the order they happened, those that were put right left out and in their place the right."""
        events = self.of("complaint_events", complaint)
        right = {row["corrects_id"]: row for row in events if row["corrects_id"]}
        plain = [right.get(row["id"], row) for row in events if not row["corrects_id"]]
        kinds = {row["id"]: row["kind"] for row in events}
        plain = [{**row, "kind": kinds[row["corrects_id"]]} if row["corrects_id"] else row for row in plain]
        return sorted(plain, key=lambda row: (row["at"], row["id"]))

    def solved_at(self, complaint: int) -> datetime | None:
        """When it was solved last, unless it came back since."""
        found = None
        for step in self.steps(complaint):
            if step["kind"] == "resolved":
                found = local(step["at"])
            elif step["kind"] in ("returned", "reopened"):
                found = None
        return found

    def ever_solved_at(self, complaint: int) -> datetime | None:
        """When it was solved last, whatever came after."""
        times = [local(step["at"]) for step in self.steps(complaint) if step["kind"] == "resolved"]
        return times[-1] if times else None

    def came_back(self, complaint: int) -> bool:
        return any(step["kind"] in ("returned", "reopened") for step in self.steps(complaint))

    def answer(self, complaint: int) -> str:
        """What the customer said last, when somebody reached him."""
        reached = [row for row in self.of("follow_ups", complaint) if row["called_at"] and row["outcome"] == "成功"]
        return max(reached, key=lambda row: (row["called_at"], row["id"]))["satisfaction"] if reached else ""

    def final(self, rows: Iterable[Row]) -> tuple[int, int]:
        """满意 and 有答复."""
        answers = [answer for row in rows if (answer := self.answer(row["id"]))]
        return answers.count("满意"), len(answers)

    def judged(self) -> set[int]:
        """恶意 or 无效."""
        return {row["complaint_id"] for row in self.tables["judgements"] if not row["withdrawn_at"]}

    def visits(self, period: str) -> list[Row]:
        return [row for row in self.tables["visits"] if (row["came_on"] or "").startswith(period)]

    def reworks(self, period: str) -> list[Row]:
        void = {row["id"] for row in self.tables["complaints"] if row["state"] == "作废"}
        of_month = (row for row in self.tables["reworks"] if (row["came_on"] or "").startswith(period))
        return [row for row in of_month if row["complaint_id"] not in void]

    def repaired_once(self, period: str) -> tuple[int, int]:
        """Orders of the month whose car did not come back for it within 30 days, and all of them."""
        cases = {row["id"]: row for row in self.tables["complaints"]}
        back, reworks = set(), self.reworks("")
        for visit in self.visits(period):
            left = date.fromisoformat(visit["left_on"] or visit["came_on"])
            for rework in reworks:
                case, came = cases[rework["complaint_id"]], date.fromisoformat(rework["came_on"])
                if rework["kind"] != "外返" or not timedelta() <= came - left <= timedelta(days=30):
                    continue
                orders = case["order_number"], visit["order_number"]
                same_car = case["vehicle_id"] is not None and case["vehicle_id"] == visit["vehicle_id"]
                if orders[0] == orders[1] if all(orders) else same_car:
                    back.add(visit["id"])
        return len(self.visits(period)) - len(back), len(self.visits(period))

    def mileage(self, period: str) -> Counter[str]:
        limits = ((5_000, "5 千公里内"), (10_000, "5 千至 1 万"), (30_000, "1 至 3 万"), (60_000, "3 至 6 万"),
                  (100_000, "6 至 10 万"), (10**9, "10 万以上"))  # fmt: skip
        kilometres = [row["mileage"] for row in self.counted(period)]
        return Counter(
            "未填" if one is None else next(word for limit, word in limits if one < limit) for one in kilometres
        )

    def age(self, period: str) -> Counter[str]:
        """By birthdays of the purchase."""
        cars = {row["id"]: row for row in self.tables["vehicles"]}
        words = ("1 年内", "1 至 2 年", "2 至 3 年", "3 至 5 年", "3 至 5 年")
        found = Counter[str]()
        for row in self.counted(period):
            bought = (cars.get(row["vehicle_id"]) or {}).get("bought_on")
            came = f"{local(row['received_at']):%Y-%m-%d}"
            if not bought or bought > came:
                found["未填"] += 1
                continue
            birthdays = sum(f"{int(bought[:4]) + n}{bought[4:]}" <= came for n in range(1, 40))
            found[words[birthdays] if birthdays < 5 else "5 年以上"] += 1
        return found

    def late_over_72_hours(self, period: str, now: datetime) -> dict[int, bool]:
        """Of plain complaints that were solved once and had no more time granted: whether it took too long."""
        more = {row["complaint_id"] for row in self.tables["extensions"]}
        found = {}
        for row in self.counted(period):
            solved = self.ever_solved_at(row["id"])
            if row["channel"] in PLAIN_CHANNELS and solved and not self.came_back(row["id"]) and row["id"] not in more:
                found[row["id"]] = solved > local(row["received_at"]) + timedelta(hours=72)
        return found
