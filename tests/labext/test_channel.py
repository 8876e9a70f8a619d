"""The live channel: batches, resync, keyframes, rate."""

from __future__ import annotations

import contextvars
import threading
from typing import Any

import numpy as np
import pytest

from labext import channel as channel_module
from labext.channel import Batch, Channel
from labext.flusher import Flusher


class Page:
    """Stands for a browser page: keeps what arrives in order, asks for the rest after a gap."""

    def __init__(self) -> None:
        self.items: list[int] = []
        self.messages: list[dict[str, Any]] = []
        self.arrived = threading.Condition()
        self.is_deaf = False

    def send(self, content: dict[str, Any], buffers: list[Any] | None = None) -> None:
        with self.arrived:
            self.messages.append(content)
            values = np.frombuffer((buffers or [b""])[0], dtype=np.int64).tolist()
            assert len(values) == content["upto"] - content["since"]
            if not self.is_deaf and content["since"] in (0, len(self.items)):
                self.items[content["since"] :] = values
            self.arrived.notify_all()

    def wait_for(self, count: int) -> None:
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.items) >= count, timeout=30)


class Clock:
    """Only waiting takes time."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def monotonic(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        self.now_s += seconds

    def wait(self, event: threading.Event, seconds: float | None) -> None:
        if seconds is None:
            event.wait()
        else:
            self.now_s += seconds


class Source:
    """A growing list of whole numbers."""

    def __init__(self) -> None:
        self.items: list[int] = []

    def collect(self, since: int) -> Batch:
        items = self.items[since:]
        return Batch(since + len(items), {"kind": "numbers"}, [np.array(items, dtype=np.int64).tobytes()])


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def channel(page: Page, source: Source) -> Channel:
    return Channel(page.send, source.collect)


def test_touch_brings_every_item_to_the_page(page: Page, source: Source, channel: Channel) -> None:
    for item in range(10_000):
        source.items.append(item)
        channel.touch()
    page.wait_for(10_000)
    assert page.items == list(range(10_000))


def test_items_from_many_threads_arrive_once(page: Page, source: Source, channel: Channel) -> None:
    def work() -> None:
        for item in range(1000):
            source.items.append(item)
            channel.touch()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    page.wait_for(4000)
    for thread in threads:
        thread.join()
    assert page.items == source.items


@pytest.mark.usefixtures("still_flusher")
def test_flush_sends_at_once_and_only_news(page: Page, source: Source, channel: Channel) -> None:
    channel.receive({"channel": "data", "epoch": 0, "resync": 0})
    source.items += [1, 2]
    channel.flush()
    source.items += [3]
    channel.flush()
    channel.flush()
    stretches = [(m["since"], m["upto"]) for m in page.messages]
    assert stretches == [(0, 2), (2, 3)]
    assert page.messages[0]["header"] == {"kind": "numbers"}


@pytest.mark.parametrize("count", [1, 2, 20])
def test_all_channels_together_keep_below_30_messages_a_second(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    stamps, senders = sent_in_a_loop(monkeypatch, count, pause_s=0.0)
    assert all(later - earlier > 1 for earlier, later in zip(stamps, stamps[29:], strict=False))
    assert stamps[: min(4, count)] == [1000.0] * min(4, count)
    shares = [senders.count(number) for number in range(count)]
    assert max(shares) <= 1.05 * min(shares) + 2


@pytest.mark.parametrize(("pause_s", "items", "rate"), [(0.001, 1, 10), (0.001, 5000, 1 / 0.6), (0.15, 1, 1 / 0.15)])
def test_fast_loop_sends_at_a_pace_and_a_slow_one_each_step(
    monkeypatch: pytest.MonkeyPatch, pause_s: float, items: int, rate: float
) -> None:
    stamps, _ = sent_in_a_loop(monkeypatch, 1, pause_s, items)
    assert len(stamps) / (stamps[-1] - stamps[0]) == pytest.approx(rate, rel=0.05)


@pytest.mark.parametrize(("rate", "paces_s"), [(900, [0.1, 1.2]), (1_500, [0.2, 1.2]), (30_000, [0.6, 1.2])])
def test_faster_loops_have_longer_paces(rate: int, paces_s: list[float]) -> None:
    channels = [Channel(Page().send, Source().collect), Channel(Page().send, Source().collect, pace_s=1.2)]
    for channel in channels:
        channel.set_pace(rate * 2, 2.0)
    assert [channel.pace_s for channel in channels] == paces_s
    channels[0].set_pace(1, 2.0)
    assert channels[0].pace_s == 0.1


def test_few_items_at_short_notice_do_not_make_a_fast_loop() -> None:
    channel = Channel(Page().send, Source().collect)
    channel.set_pace(12, 0.005)
    assert channel.pace_s == 0.1


def test_what_a_page_misses_does_not_wait_for_the_pace_of_a_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    clock.sleep(0.05)
    flusher = Flusher(clock)
    monkeypatch.setattr(flusher, "_start", lambda: None)
    monkeypatch.setattr(channel_module, "_flusher", flusher)
    channel = Channel(lambda _content, buffers=None: None, lambda since: Batch(since + 1))
    channel.served_s = clock.now_s
    channel.touch()
    assert channel.turn_s > clock.now_s
    channel.receive({"channel": "data", "epoch": 0, "resync": 0})
    assert channel.turn_s < clock.now_s


def test_next_moment_lies_ahead_within_the_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    flusher = Flusher(clock)
    monkeypatch.setattr(flusher, "_start", lambda: None)
    channel = Channel(Page().send, Source().collect)
    for moment in range(10_000, 20_000):
        channel.served_s = clock.now_s = moment * channel.pace_s
        flusher.schedule(channel)
        assert clock.now_s < channel.turn_s <= clock.now_s + 1.001 * channel.pace_s


def test_page_is_told_which_batch_is_the_last_of_a_moment(
    page: Page, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    flusher = Flusher()
    monkeypatch.setattr(channel_module, "_flusher", flusher)
    start = flusher._start
    monkeypatch.setattr(flusher, "_start", lambda: None)
    source.items += [1]
    for channel in [Channel(page.send, source.collect) for _ in range(3)]:
        channel.touch()
    start()
    with page.arrived:
        assert page.arrived.wait_for(lambda: len(page.messages) >= 3, timeout=30)
    assert [message["more"] for message in page.messages[:3]] == [True, True, False]


def sent_in_a_loop(
    monkeypatch: pytest.MonkeyPatch, count: int, pause_s: float, items: int = 1
) -> tuple[list[float], list[int]]:
    """When messages were sent, and by which of some channels, of which there is news a while after each message."""
    clock, stamps, is_enough = Clock(), [], threading.Event()
    monkeypatch.setattr(channel_module, "_flusher", Flusher(clock))
    senders: list[int] = []

    def touch_all() -> None:
        for one in channels:
            one.touch()

    def make(number: int) -> Channel:
        def send(_content: dict[str, Any], buffers: list[Any] | None = None) -> None:  # noqa: ARG001 - a `Send`
            stamps.append(clock.now_s)
            senders.append(number)
            clock.sleep(pause_s)
            if len(stamps) < 400:
                touch_all()
            else:
                is_enough.set()

        # There is more each time it is asked.
        return Channel(send, lambda since: Batch(since + items))

    channels = [make(number) for number in range(count)]
    touch_all()
    assert is_enough.wait(30)
    return stamps, senders


def test_resync_sends_again_from_where_the_page_stands(page: Page, source: Source, channel: Channel) -> None:
    channel.receive({"channel": "data", "epoch": 0, "resync": 0})
    source.items += [1, 2]
    channel.flush()
    page.is_deaf = True
    source.items += [3]
    channel.flush()
    page.is_deaf = False
    assert channel.receive({"channel": "data", "epoch": 0, "resync": 2})
    page.wait_for(3)
    assert page.items == [1, 2, 3]


def test_lost_last_batch_shows_once_the_source_rests(page: Page, source: Source, channel: Channel) -> None:
    channel.receive({"channel": "data", "epoch": 0, "resync": 0})
    source.items += [1, 2]
    channel.touch()
    page.wait_for(2)
    with page.arrived:
        # The empty batch carries no items, so a page that missed [1, 2] still learns where the source ends.
        assert page.arrived.wait_for(lambda: page.messages[-1]["since"] == page.messages[-1]["upto"] == 2, timeout=30)


def test_everything_is_sent_as_if_from_the_cell_that_made_the_channel(page: Page, source: Source) -> None:
    speaker = contextvars.ContextVar("speaker", default="a subshell")
    speakers = []

    def send(content: dict[str, Any], buffers: list[Any] | None = None) -> None:
        speakers.append(speaker.get())
        page.send(content, buffers)

    token = speaker.set("the cell")
    channel = Channel(send, source.collect)
    speaker.reset(token)
    source.items += [1]
    channel.flush()
    source.items += [2]
    channel.touch()
    page.wait_for(2)
    assert set(speakers) == {"the cell"}


@pytest.mark.usefixtures("still_flusher")
def test_whole_source_comes_again_until_a_page_has_spoken(
    page: Page, source: Source, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr(channel_module, "time", clock)
    sinces = []
    for count in range(1, 33):
        source.items.append(count)
        channel.flush()
        sinces.append(page.messages[-1]["since"])
        clock.sleep(0.125)
    assert [index * 0.125 for index, since in enumerate(sinces) if since == 0] == [0.0, 0.25, 0.5, 1.0, 2.0]

    channel.receive({"channel": "data", "epoch": 0, "resync": 32})
    clock.sleep(1000)
    source.items.append(33)
    channel.flush()
    assert page.messages[-1]["since"] == 32


@pytest.mark.usefixtures("still_flusher")
def test_restart_begins_a_new_epoch(page: Page, source: Source, channel: Channel) -> None:
    source.items += [1, 2, 3]
    channel.flush()
    source.items = [7]
    channel.restart()
    channel.flush()
    assert (page.messages[-1]["epoch"], page.messages[-1]["since"], page.messages[-1]["upto"]) == (1, 0, 1)


@pytest.mark.usefixtures("still_flusher")
def test_resync_of_an_old_epoch_means_everything(page: Page, source: Source, channel: Channel) -> None:
    source.items = [7, 8]
    channel.restart()
    channel.flush()
    channel.receive({"channel": "data", "epoch": 0, "resync": 2})
    channel.flush()
    assert page.messages[-1]["since"] == 0


@pytest.mark.usefixtures("still_flusher")
@pytest.mark.parametrize(
    "content",
    [None, "data", [], {}, {"channel": "other", "resync": 0}, {"channel": "data", "resync": "x"},
     {"channel": "data", "resync": -4}],
)  # fmt: skip
def test_malformed_messages_change_nothing(page: Page, source: Source, channel: Channel, content: object) -> None:
    source.items += [1]
    channel.flush()
    channel.receive(content)
    channel.flush()
    assert page.items == [1]


@pytest.mark.usefixtures("still_flusher")
def test_closed_channel_sends_its_rest_and_then_nothing(page: Page, source: Source, channel: Channel) -> None:
    source.items += [1]
    channel.close()
    assert page.items == [1]
    source.items += [2]
    channel.flush()
    assert page.items == [1]


def test_broken_source_does_not_end_the_flusher(
    page: Page, source: Source, channel: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    failed = threading.Event()

    def fail(_since: int) -> Batch:
        failed.set()
        raise RuntimeError("broken")

    broken = Channel(page.send, fail)
    broken.touch()
    assert failed.wait(30)
    source.items += [1]
    channel.touch()
    page.wait_for(1)
    assert "could not be sent" in caplog.text
