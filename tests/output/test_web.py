"""The page's socket as a client sees it: exact alpha, one picture on its way, no waiting."""

import asyncio
import io
import struct
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import av
import numpy as np
import pytest
import simplejpeg
from PIL import Image

from vtuber.core.errors import UserError
from vtuber.core.picture import Box, Picture
from vtuber.image.alpha import straight
from vtuber.output._watchers import STALLED_NS
from vtuber.output.web import SOCKET, Options, Output, alpha_png
from vtuber.runtime.clock import ManualClock
from vtuber.runtime.http import HttpServers


@pytest.fixture
def servers() -> Iterator[HttpServers]:
    servers = HttpServers()
    yield servers
    servers.stop()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def sink(show, servers: HttpServers, clock: ManualClock) -> Output:
    sink = Output(Options(), show.context(http=servers.get, clock=clock))
    sink.open()
    return sink


def address(show) -> str:
    return show.announced[0].rpartition(" ")[2]


def test_alpha_png_is_read_back_exactly_by_another_decoder() -> None:
    alpha = np.arange(256 * 3, dtype=np.uint8).reshape(3, 256)
    image = Image.open(io.BytesIO(alpha_png(alpha))).convert("RGBA")
    assert np.array_equal(np.asarray(image)[..., 3], alpha)


def test_the_address_is_announced(sink: Output, show) -> None:
    assert show.announced[0].startswith("the avatar, for a browser or OBS's Browser Source: http")
    assert address(show).startswith("http://127.0.0.1:93")


def test_a_client_gets_the_straight_colour_and_the_alpha_of_the_box(
    sink: Output, show, disc
) -> None:
    picture = disc(5)
    message = asyncio.run(_watch(sink, address(show), [picture]))[0]
    sequence, width, height, left, top, bytes_, _, _ = struct.unpack_from("<8I", message)
    box = picture.alpha_box
    assert (sequence, width, height, left, top) == (5, 320, 180, box.left, box.top)
    alpha = picture.rgba[box.top : box.bottom, box.left : box.right, 3]
    matte = np.asarray(Image.open(io.BytesIO(message[32 + bytes_ :])).convert("RGBA"))[..., 3]
    assert np.array_equal(matte, alpha)
    colour = simplejpeg.decode_jpeg(message[32 : 32 + bytes_]).astype(int)
    assert np.abs(colour[alpha == 255] - (200, 60, 40)).mean() < 4


def test_an_empty_picture_is_a_message_without_images(sink: Output, show) -> None:
    empty = Picture(np.zeros((180, 320, 4), np.uint8), Box(0, 0, 0, 0), 0, 0, 1)
    assert len(asyncio.run(_watch(sink, address(show), [empty]))[0]) == 32


def test_one_picture_is_on_its_way_and_the_next_is_the_newest(sink: Output, show, disc) -> None:
    pictures = [disc(i) for i in range(1, 5)]
    messages = asyncio.run(_watch(sink, address(show), pictures))
    assert [struct.unpack_from("<I", m)[0] for m in messages] == [1, 4]


def _connected(session: aiohttp.ClientSession, url: str):
    """Connect; do not wait long for goodbye: a server that waits for a picture says none."""
    return session.ws_connect(url + SOCKET[1:], timeout=aiohttp.ClientWSTimeout(ws_close=0.1))


async def _watch(sink: Output, url: str, pictures: list[Picture]) -> list[bytes]:
    """Send all pictures while the first is not acknowledged; give what comes before and after."""
    async with aiohttp.ClientSession() as session, _connected(session, url) as socket:
        await _until(lambda: sink.watchers == 1)
        sink.send(pictures[0])
        messages = [await socket.receive_bytes(timeout=5)]
        for picture in pictures[1:]:
            sink.send(picture)
        await socket.send_str("drawn")
        if len(pictures) > 1:
            messages.append(await socket.receive_bytes(timeout=5))
        return messages


async def _until(is_so) -> None:
    async with asyncio.timeout(5):
        while not is_so():
            await asyncio.sleep(0.005)


def test_nothing_is_encoded_when_nobody_watches_or_the_only_client_has_stalled(
    sink: Output, show, disc, clock: ManualClock
) -> None:
    encoded: list[int] = []
    encode = sink._encode_jpeg

    def counting(*arguments: object) -> bytes:
        encoded.append(1)
        return bytes(encode(*arguments))

    sink._encode_jpeg = counting
    sink.send(disc(0))
    assert not encoded

    async def stall() -> None:
        async with (
            aiohttp.ClientSession() as session,
            _connected(session, address(show)) as socket,
        ):
            await _until(lambda: sink.watchers == 1)
            sink.send(disc(1))
            await socket.receive_bytes(timeout=5)
            sink.send(disc(2))  # owes an answer, but may give it any moment
            clock.advance(STALLED_NS / 1e9)
            sink.send(disc(3))
            assert len(encoded) == 2
            await socket.send_str("awake again")
            await socket.receive_bytes(timeout=5)

    asyncio.run(stall())


def test_the_frame_is_the_newest_picture_with_exact_transparency(sink: Output, show, disc) -> None:
    assert not frame(show).any()
    assert frame(show).shape == (180, 320, 4)
    for sequence in (1, 2):
        sink.send(disc(sequence))
    assert np.array_equal(frame(show), straight(disc(2).rgba))


def frame(show) -> np.ndarray:
    with urllib.request.urlopen(address(show) + "frame.png", timeout=5) as answer:
        assert answer.headers["Content-Type"] == "image/png"
        return np.asarray(Image.open(io.BytesIO(answer.read())))


def test_the_stream_is_read_by_ffmpeg_in_order_over_the_background(show, disc, servers) -> None:
    sink = Output(Options(background="#2060a0"), show.context(http=servers.get))
    sink.open()
    with beating(sink, disc), av.open(address(show) + "stream.mjpg", timeout=5) as stream:
        assert stream.format.name == "mpjpeg"
        frames = stream.decode(video=0)
        seen = [next(frames).to_ndarray(format="rgb24").astype(int) for _ in range(5)]
    assert np.abs(seen[0][5, 5] - (0x20, 0x60, 0xA0)).max() <= 4
    lefts = [np.flatnonzero(rgb[90, :, 0] > 120)[0] for rgb in seen]
    assert lefts == sorted(lefts)
    assert lefts[-1] > lefts[0]


@contextmanager
def beating(sink: Output, disc) -> Iterator[None]:
    """Send pictures 30 times a second."""
    stop = threading.Event()

    def beat() -> None:
        sequence = 0
        while not stop.wait(1 / 30):
            sequence += 1
            sink.send(disc(min(sequence, 80)))

    thread = threading.Thread(target=beat)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def test_a_stream_whose_reader_stopped_gets_nothing_new_and_one_that_went_is_forgotten(
    sink: Output, show, disc, clock: ManualClock
) -> None:
    async def scene() -> None:
        host, port = address(show).removeprefix("http://").rstrip("/").split(":")
        reader, writer = await asyncio.open_connection(host, int(port), limit=1000)
        writer.write(f"GET /stream.mjpg HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        await _until(lambda: len(sink._streams) == 1)
        noise = np.random.default_rng(0).integers(0, 255, (720, 1280, 4), np.uint8)
        noise[..., 3] = 255

        def fills_up() -> bool:
            sink.send(Picture(noise.copy(), Box(0, 0, 1280, 720), 0, 0, 1))
            clock.advance(0.2)
            return not sink._streams.are_awake()

        await _until(fills_up)
        while not sink._streams.are_awake():
            assert await reader.read(1 << 20)
        writer.close()

        def is_forgotten() -> bool:
            sink.send(disc(1))
            return not len(sink._streams)

        await _until(is_forgotten)

    asyncio.run(scene())


def test_clients_beyond_the_bound_are_turned_away(show, servers: HttpServers) -> None:
    sink = Output(Options(clients=1), show.context(http=servers.get))
    sink.open()

    async def crowd() -> None:
        async with aiohttp.ClientSession() as session, _connected(session, address(show)):
            await _until(lambda: sink.watchers == 1)
            with pytest.raises(aiohttp.WSServerHandshakeError, match="503"):
                await _connected(session, address(show))

    asyncio.run(crowd())


def test_readers_of_the_stream_beyond_the_bound_are_turned_away(show, servers, disc) -> None:
    sink = Output(Options(clients=1), show.context(http=servers.get))
    sink.open()

    async def crowd() -> None:
        stream = f"{address(show)}stream.mjpg"
        async with aiohttp.ClientSession() as session, session.get(stream) as first:
            assert first.status == 200
            await _until(lambda: len(sink._streams) == 1)
            async with session.get(stream) as second:
                assert second.status == 503

    asyncio.run(crowd())


def test_it_can_be_closed_twice_and_opened_again(sink: Output, show) -> None:
    sink.close()
    sink.close()
    sink.open()
    assert show.announced[0] == show.announced[1]


@pytest.mark.parametrize("options", [Options(port=70_000), Options(quality=0), Options(clients=0)])
def test_a_wrong_setting_is_refused_at_once(show, servers, options: Options) -> None:
    with pytest.raises(UserError, match=r"="):
        Output(options, show.context(http=servers.get))
