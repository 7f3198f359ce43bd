"""The map draws what Python counted, at the same spots, and asks the network for nothing."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kmnet.report import scene
from kmnet.results import Results
from tests.browser import made
from tests.browser.conftest import Mapped, Open, Opened, Programme, mapped_of


def shot(results: Results, moment: str, network: str = "knows", cohort: str = "All") -> Any:
    found = [s for s in scene.snapshots(results, network) if (s.label.cohort, s.label.moment) == (cohort, moment)]
    return found[0]


def ties_of(s: Any) -> Counter[tuple[str, str]]:
    return Counter((s.ids[i], s.ids[j]) for i, j in zip(s.source.tolist(), s.target.tolist()))


def drawn_ties(opened: Opened) -> Counter[tuple[str, str]]:
    return Counter((a, b) for a, b, _ in opened.drawn()["ties"])


def states(results: Results, network: str = "knows", cohort: str = "All") -> Counter[str]:
    table = results.tables["tie_change"]
    return Counter(table[(table["network"] == network) & (table["cohort"] == cohort)]["change"])


def picture(opened: Opened) -> str:
    return hashlib.sha256(opened.page.locator("#canvas canvas").screenshot()).hexdigest()


def numbers(sentence: str) -> set[int]:
    return {int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", sentence)}


def test_views_draw_what_was_counted(sample: Mapped, open_page: Open) -> None:
    opened = open_page(sample.map)
    results = sample.results
    seen, spots = {}, {}
    for title, moment in (("Before", "before"), ("After", "after")):
        opened.view(title)
        s = shot(results, moment)
        found = opened.drawn()
        assert drawn_ties(opened) == ties_of(s)
        assert set(found["nodes"]) == {name for name, here in zip(s.ids, s.present) if here}
        assert found["summary"] == opened.page.locator("#summary").inner_text()
        answered = int((s.answered & s.present).sum())
        assert {s.m, int(s.present.sum()), answered} <= numbers(found["summary"])
        seen[title], spots[title] = picture(opened), opened.page.evaluate("kmnetMap.positions()")
    opened.view("What changed")
    assert Counter(opened.drawn()["tally"]) == states(results)
    assert set(states(results).values()) <= numbers(opened.page.locator("#summary").inner_text())
    seen["What changed"] = picture(opened)
    assert len(set(seen.values())) == 3
    both = spots["Before"].keys() & spots["After"].keys()
    assert len(both) > 150
    assert all(spots["Before"][name] == spots["After"][name] for name in both)
    opened.clean()


def test_every_network_and_cohort_is_drawn_as_counted(sample: Mapped, open_page: Open) -> None:
    opened = open_page(sample.map)
    results = sample.results
    for network in scene.network_names(results):
        opened.page.locator("#network").select_option(label=network.replace("_", " ").capitalize())
        for cohort in ("All", "Cohort 2"):
            opened.page.locator("#cohort").select_option(label="Everybody" if cohort == "All" else cohort)
            moment = [s.label.moment for s in scene.snapshots(results, network) if s.label.cohort == cohort][-1]
            if opened.page.get_by_role("radio", name=moment.capitalize(), exact=True).count():
                opened.view(moment.capitalize())
            s = shot(results, moment, network, cohort)
            assert drawn_ties(opened) == ties_of(s), (network, cohort)
            if states(results, network, cohort):
                opened.view("What changed")
                assert Counter(opened.drawn()["tally"]) == states(results, network, cohort)
    opened.clean()


def test_by_workshop_counts_contacts_up_to_then(sample: Mapped, open_page: Open) -> None:
    import pandas as pd

    results = sample.results
    shops = results.workshops[results.workshops["kind"] == "workshop"].sort_values(["date", "id"])
    ends = list(shops["date"])
    opened = open_page(sample.map)
    opened.view("By workshop")
    slider = opened.page.locator("#slider")
    assert int(slider.get_attribute("max") or 0) == len(ends)
    log = results.contacts[results.contacts["source"] != results.contacts["target"]]
    here = set(opened.drawn()["nodes"])
    for step in (0, 5, len(ends)):
        slider.fill(str(step))
        until = ends[step] if step < len(ends) else pd.Timestamp.max
        rows = log[log["date"].dt.normalize() <= until]
        pairs = {tuple(sorted(p)) for p in zip(rows["source"], rows["target"]) if p[0] in here and p[1] in here}
        assert {tuple(sorted((a, b))) for a, b, _ in opened.drawn()["ties"]} == pairs
        assert slider.get_attribute("aria-valuetext")
    opened.page.get_by_role("button", name="Play").click()
    opened.page.get_by_role("button", name="Pause").click()
    opened.clean()


def test_filters_draw_what_is_left(sample: Mapped, open_page: Open) -> None:
    opened = open_page(sample.map)
    results = sample.results
    opened.view("After")
    s = shot(results, "after")
    about = results.people.set_index("id")
    opened.page.get_by_role("checkbox", name="Practitioner").uncheck()
    left = {name for name in s.ids if about.role[name] != "Practitioner"}
    expected = Counter({pair: k for pair, k in ties_of(s).items() if set(pair) <= left})
    assert drawn_ties(opened) == expected
    assert expected.total() in numbers(opened.page.locator("#summary").inner_text())
    opened.page.get_by_role("button", name="Show everything").click()
    assert drawn_ties(opened) == ties_of(s)
    organisation = about.organisation[s.ids[0]]
    name = results.organisations.set_index("id").label.get(organisation, organisation)
    opened.page.locator("#organisation").select_option(label=name)
    mine = {i for i in s.ids if about.organisation[i] == organisation}
    assert drawn_ties(opened) == Counter({pair: k for pair, k in ties_of(s).items() if set(pair) <= mine})
    opened.page.get_by_role("button", name="Show everything").click()
    opened.view("What changed")
    opened.page.get_by_role("checkbox", name="Kept").uncheck()
    assert Counter(opened.drawn()["tally"]) == Counter({k: n for k, n in states(results).items() if k != "kept"})
    opened.clean()


def test_people_workshops_evidence_and_organisations_can_be_drawn(sample: Mapped, open_page: Open) -> None:
    opened = open_page(sample.map)
    results = sample.results
    draw = opened.page.locator("#draw")
    draw.select_option("workshops")
    came = results.attendance.drop_duplicates(["person", "workshop"])
    here = set(opened.drawn()["nodes"])
    assert len(opened.drawn()["ties"]) == int(came["person"].isin(here).sum())
    draw.select_option("evidence")
    opened.view("After")
    events = results.artefact_events.drop_duplicates(["artefact", "person", "action", "date"])
    assert 0 < len(opened.drawn()["ties"]) <= len(events)
    draw.select_option("organisations")
    s = shot(results, "after")
    home = results.people.set_index("id").organisation
    across = {tuple(sorted((home[a], home[b]))) for a, b in ties_of(s) if home[a] != home[b]}
    assert len(opened.drawn()["ties"]) == len(across)
    opened.page.locator("#panel .link").first.click()
    opened.page.get_by_role("button", name="Show its people").click()
    assert opened.page.locator("#draw").input_value() == "people"
    opened.clean()


def test_real_studies_draw_what_was_counted(public_study: Mapped, open_page: Open) -> None:
    results = public_study.results
    opened = open_page(public_study.map)
    network = scene.network_names(results)[0]
    s = [x for x in scene.snapshots(results, network) if x.label.cohort == "All"]
    after = str(results.facts.get("after") or "") or s[-1].label.moment
    expected = next(x for x in s if x.label.moment == after)
    assert drawn_ties(opened) == ties_of(expected)
    if states(results, network):
        opened.view("What changed")
        assert Counter(opened.drawn()["tally"]) == states(results, network)
    opened.clean()


def test_h3_many_people_open_on_organisations_and_drill_down(open_page: Open, tmp_path: Path) -> None:
    mapped = mapped_of(made.programme(1500, organisations=60), tmp_path)
    opened = open_page(mapped.map)
    assert opened.page.locator("#draw").input_value() == "organisations"
    assert len(opened.drawn()["nodes"]) == 60
    opened.page.locator("#draw").select_option("people")
    assert opened.drawn()["people"] == 1500
    assert drawn_ties(opened) == ties_of(shot(mapped.results, "after"))
    opened.view("What changed")
    assert Counter(opened.drawn()["tally"]) == states(mapped.results)
    opened.page.locator("#map").focus()
    opened.page.keyboard.press("ArrowRight")
    opened.page.keyboard.press("Enter")
    assert opened.drawn()["chosen"]
    assert mapped.map.stat().st_size < 2_000_000
    opened.clean()


def shown_graph(results: Results, moment: str, network: str, people: set[str]) -> nx.Graph:
    """The part of a network that is shown, for networkx to measure."""
    s = shot(results, moment, network)
    graph = nx.DiGraph() if s.directed else nx.Graph()
    graph.add_nodes_from(people)
    graph.add_edges_from(pair for pair in ties_of(s) if set(pair) <= people)
    return graph


@pytest.mark.parametrize("network", ["knows", "works_together"])
def test_measures_are_recalculated_for_what_is_shown(sample: Mapped, open_page: Open, network: str) -> None:
    opened = open_page(sample.map, f"view=after&network={network}")
    page = opened.page
    measured = "([moment, name]) => kmnetMap.measured(moment, name)"
    whole = page.evaluate(measured, ["after", "bridging"])
    page.get_by_role("checkbox", name="Practitioner").uncheck()
    left = page.evaluate(measured, ["after", "bridging"])
    assert left and left == {name: whole[name] for name in left}  # filters alone leave the whole network's measures
    page.get_by_role("button", name="Recalculate for what is shown").click()
    graph = shown_graph(sample.results, "after", network, set(left))
    assert page.evaluate(measured, ["after", "bridging"]) == pytest.approx(nx.betweenness_centrality(graph), abs=1e-12)
    contacts = nx.Graph(graph).degree
    assert page.evaluate(measured, ["after", "ties"]) == dict(contacts)
    said = opened.drawn()["summary"]
    about = sample.results.people.set_index("id").role
    across = sum(about[a] != about[b] for a, b in graph.edges)
    assert "recalculated for what is shown" in said and f"{round(100 * across / graph.number_of_edges())}%" in said
    panel = page.locator("#panel").inner_text()
    pieces = nx.connected_components(nx.Graph(graph))
    assert str(graph.number_of_edges()) in panel and f"among the {len(graph)} people shown" in panel
    assert f"{round(100 * max(map(len, pieces)) / len(graph))}%" in panel
    assert page.locator("#table thead").inner_text().count("of what is shown") >= 2
    again = open_page(sample.map, page.evaluate("location.hash").lstrip("#"))
    assert "recalculated" in again.drawn()["summary"]
    page.get_by_role("button", name="Show everything").click()
    assert page.evaluate(measured, ["after", "bridging"]) == whole
    opened.clean()


def test_any_two_moments_can_be_compared(sample: Mapped, open_page: Open) -> None:
    opened = open_page(sample.map, "network=advice&cohort=Cohort+1&view=change")
    page, results = opened.page, sample.results
    assert Counter(opened.drawn()["tally"]) == states(results, "advice", "Cohort 1")
    for early, late in (("before", "during"), ("during", "after")):
        page.locator("#compare-from").select_option(label=early.capitalize())
        page.locator("#compare-to").select_option(label=late.capitalize())
        one, two = (shot(results, moment, "advice", "Cohort 1") for moment in (early, late))
        both = {s for s, a, b in zip(one.ids, one.present, two.present) if a and b}
        first, second = (
            {(a, b) for a, b in ties_of(s) if a in both and b in both} for s in (one, two)
        )  # a log sees everybody: every pair of the people of both moments can be judged
        tally = Counter({"formed": len(second - first), "kept": len(first & second), "dissolved": len(first - second)})
        drawn = Counter(opened.drawn()["tally"])
        drawn.pop("cannot_tell", None)
        assert drawn == +tally
        assert tally["formed"] in numbers(page.locator("#summary").inner_text())
        assert page.locator("#panel thead, #panel .key").first.inner_text().split() == [
            early.capitalize(),
            late.capitalize(),
        ]
    again = open_page(sample.map, page.evaluate("location.hash").lstrip("#"))
    assert again.drawn() == opened.drawn()
    opened.clean()


def test_direction_is_drawn_on_the_ties_of_the_chosen_person(sample: Mapped, open_page: Open) -> None:
    opened = open_page(sample.map, "network=works_together&view=after")
    heads = "(new DOMParser().parseFromString(kmnetMap.svg(), 'text/xml').querySelectorAll('path[stroke=none]').length)"
    before = opened.page.evaluate(heads)
    opened.page.locator("#panel .bridges .link").first.click()
    drawn = opened.drawn()
    mine = [tie for tie in drawn["ties"] if drawn["chosen"] in tie[:2]]
    assert opened.page.evaluate(heads) - before == len(mine) > 5
    opened.clean()


def test_a_link_opens_the_same_picture(sample: Mapped, open_page: Open) -> None:
    opened = open_page(sample.map, "view=change&cohort=Cohort+1&chosen=0:P038")
    first = opened.drawn()
    again = open_page(sample.map, opened.page.evaluate("location.hash").lstrip("#"))
    assert again.drawn() == first
    opened = open_page(sample.map, "chosen=0:nobody&view=never&network=none")
    assert opened.drawn()["chosen"] is None
    opened.clean()


def test_5_1_nothing_reaches_the_network_even_if_asked(small: Mapped, open_page: Open) -> None:
    """The policy itself stops a page that was tampered with: a server on this machine hears nothing."""
    import http.server
    import threading

    heard: list[str] = []

    class Ear(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            heard.append(self.path)
            self.send_response(204)
            self.end_headers()

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    opened = open_page(small.map)
    opened.page.context.set_offline(False)
    opened.page.evaluate(
        """(url) => {
            fetch(url + "/fetch").catch(() => {});
            new Image().src = url + "/img";
            try { navigator.sendBeacon(url + "/beacon", "x"); } catch {}
            const add = (tag, set) => { const e = document.createElement(tag); set(e); document.body.append(e); };
            add("link", (e) => { e.rel = "stylesheet"; e.href = url + "/css"; });
            add("iframe", (e) => { e.src = url + "/frame"; });
            add("script", (e) => { e.src = url + "/script"; });
            try { new WebSocket(url.replace("http", "ws") + "/ws"); } catch {}
        }""",
        f"http://127.0.0.1:{server.server_port}",
    )
    opened.page.wait_for_timeout(600)
    server.shutdown()
    assert heard == []


def test_4_1_partners_find_no_registered_name(programme: Programme, open_page: Open, tmp_path: Path) -> None:
    mapped = mapped_of(programme.at("partners"), tmp_path)
    import pandas as pd

    from tests.stories.running import SAMPLES

    register = pd.read_csv(SAMPLES / "cig_programme" / "people.csv", dtype=str).fillna("")
    forbidden = {name for column in ("name", "id", "email") if column in register for name in register[column] if name}
    for path in mapped.folder.glob("*"):
        text = path.read_text(encoding="utf-8")
        held = [name for name in forbidden if name in text]
        assert not [name for name in held if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)]
    data = json.loads(
        re.search(r'id="kmnet-data">(.*?)</script>', mapped.map.read_text(encoding="utf-8"), re.S).group(1)
    )
    assert not any("silent" in s for network in data["networks"] for s in network["shots"])
    opened = open_page(mapped.map)
    assert opened.drawn()["people"] > 100
    opened.clean()


def test_4_1_public_shows_groups_only(programme: Programme, open_page: Open, tmp_path: Path) -> None:
    mapped = mapped_of(programme.at("public"), tmp_path)
    opened = open_page(mapped.map)
    assert set(opened.drawn()["nodes"]) <= set(mapped.results.people["id"])
    assert "roles" in opened.page.locator("#summary").inner_text()
    opened.clean()
