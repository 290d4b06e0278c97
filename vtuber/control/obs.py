"""One connection to OBS Studio over obs-websocket 5: requests in, answers and events out.

LAW: the password goes to OBS, as its challenge asks, and nowhere else: into no text, no log, no
error. Whatever OBS does ends in `UserError` (it cannot be talked to), `ObsRefused` (it says no) or
`DeviceLost` (it has gone).
"""

from __future__ import annotations

import logging
from collections.abc import Coroutine
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from vtuber.control.obs_address import ObsAddress
from vtuber.core.errors import DeviceLost, UserError, VtuberError

T = TypeVar("T")

CONNECT_S, ANSWER_S, GOODBYE_S = 3.0, 10.0, 0.5
# obs-websocket's protocol: https://github.com/obsproject/obs-websocket/blob/master/docs
GENERAL, SCENES = 1 << 0, 1 << 2  # EventSubscription
WRONG_PASSWORD = 4009  # WebSocketCloseCode.AuthenticationFailed
NOT_READY, IS_THERE = 207, 601  # RequestStatus
CHANGED, CLOSING = "CurrentProgramSceneChanged", "ExitStarted"  # the events that are kept
READY_S = 5.0  # while OBS starts or changes its scene collection
ENABLE = "tick Tools, WebSocket Server Settings, Enable WebSocket server"


class ObsRefused(VtuberError):
    """OBS answered, and said no; `code` is one of RequestStatus."""

    def __init__(self, request: str, code: int, comment: str) -> None:
        super().__init__(f"OBS refuses {request}: {comment or f'code {code}'}")
        self.code = code


class Asks(Protocol):
    """Whoever answers requests: OBS, or what stands in for it."""

    def ask(self, request: str, **data: Any) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class ObsEvent:
    """What OBS tells by itself."""

    name: str
    data: dict[str, Any]


class Obs:
    """One connection, used by one thread. Use it by `with`, or `open` and `close`."""

    def __init__(self, address: ObsAddress) -> None:
        self.address = address
        self._runner: Any = None
        self._client: Any = None
        self._events: Any = None

    def __enter__(self) -> Obs:
        self.open()
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def open(self) -> None:
        """Connect. Raises UserError that says what to do in OBS."""
        import asyncio

        self._runner = asyncio.Runner()
        with ExitStack() as undone:  # whatever ends it, Ctrl-C too
            undone.callback(self.close)
            self._run(self._connect())
            undone.pop_all()

    def ask(self, request: str, **data: Any) -> dict[str, Any]:
        """Give what OBS answers. Raises ObsRefused, or DeviceLost when it has gone."""
        return self._run(self._ask(request, data))

    def next_event(self, within_s: float) -> ObsEvent | None:
        """Wait for what OBS tells next; None when nothing came. Raises DeviceLost."""
        return self._run(self._next_event(within_s))

    def close(self) -> None:
        """Say goodbye. May be called twice."""
        runner, self._runner = self._runner, None
        client, self._client = self._client, None
        if runner is None:
            return
        if client is not None and client.recv_task is not None:
            runner.run(_leave(client))
        runner.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        result: T = self._runner.run(work)
        return result

    async def _connect(self) -> None:
        import asyncio

        import simpleobsws
        from websockets.exceptions import WebSocketException

        logging.getLogger("simpleobsws").setLevel(logging.ERROR)  # late answers are no news
        address = self.address
        wants = simpleobsws.IdentificationParameters(eventSubscriptions=GENERAL | SCENES)
        client = simpleobsws.WebSocketClient(address.url, address.password, wants)
        self._events = asyncio.Queue()
        client.register_event_callback(self._keep)
        try:
            await asyncio.wait_for(client.connect(), CONNECT_S)
        except (OSError, ValueError) as error:  # refused, no such host, too late
            raise UserError(_unreachable(address)) from error
        except WebSocketException as error:
            raise UserError(f"something else than OBS answers at {address}") from error
        self._client = client
        known = asyncio.ensure_future(client.wait_until_identified(CONNECT_S))
        await asyncio.wait({known, client.recv_task}, return_when=asyncio.FIRST_COMPLETED)
        known.cancel()
        if not client.is_identified():
            raise UserError(_unwelcome(address, client.ws.close_code))

    async def _keep(self, name: str, data: dict[str, Any] | None) -> None:
        if name in (CHANGED, CLOSING):  # nobody takes the others, which would pile up
            self._events.put_nowait(ObsEvent(name, _whole(self.address, name, data or {})))

    async def _ask(self, request: str, data: dict[str, Any]) -> dict[str, Any]:
        import asyncio

        for _ in range(round(READY_S / 0.1)):
            answer = await self._answer(request, data)
            if answer.requestStatus.code != NOT_READY:
                break
            await asyncio.sleep(0.1)
        if not answer.ok():
            status = answer.requestStatus
            raise ObsRefused(request, status.code, status.comment or "")
        whole: dict[str, Any] = _whole(self.address, request, answer.responseData or {})
        return whole

    async def _answer(self, request: str, data: dict[str, Any]) -> Any:
        import asyncio

        import simpleobsws
        from websockets.exceptions import WebSocketException

        client = self._client
        call = asyncio.ensure_future(
            client.call(simpleobsws.Request(request, data or None), ANSWER_S)
        )
        await asyncio.wait({call, client.recv_task}, return_when=asyncio.FIRST_COMPLETED)
        if not call.done():  # the library would wait for its time to be up
            call.cancel()
            raise DeviceLost(f"OBS at {self.address} has gone")
        try:
            return call.result()
        except simpleobsws.MessageTimeout as error:
            raise DeviceLost(f"OBS at {self.address} does not answer") from error
        except (simpleobsws.NotIdentifiedError, WebSocketException, OSError) as error:
            raise DeviceLost(f"OBS at {self.address} has gone") from error

    async def _next_event(self, within_s: float) -> ObsEvent | None:
        import asyncio

        if not self._events.empty():
            event: ObsEvent = self._events.get_nowait()
            return event
        coming = asyncio.ensure_future(self._events.get())
        ended = self._client.recv_task
        await asyncio.wait({coming, ended}, timeout=within_s, return_when=asyncio.FIRST_COMPLETED)
        if coming.done():
            event = coming.result()
            return event
        coming.cancel()
        if ended.done():
            raise DeviceLost(f"OBS at {self.address} has gone")
        return None


class _Answer(dict[str, Any]):
    """What OBS says. Raises DeviceLost, not KeyError, for what it lacks."""

    what = ""

    def __missing__(self, key: str) -> Any:
        raise DeviceLost(f"{self.what} without its {key}")


def _whole(address: ObsAddress, name: str, said: Any) -> Any:
    """Make answers of all dicts in what OBS says."""
    if isinstance(said, list):
        return [_whole(address, name, each) for each in said]
    if not isinstance(said, dict):
        return said
    answer = _Answer({key: _whole(address, name, value) for key, value in said.items()})
    answer.what = f"OBS at {address} answers {name}"
    return answer


async def _leave(client: Any) -> None:
    import asyncio
    import contextlib

    with contextlib.suppress(TimeoutError, OSError):  # one that hangs is left as it is
        await asyncio.wait_for(client.disconnect(), GOODBYE_S)


def _unreachable(address: ObsAddress) -> str:
    if address.is_off:
        return f"OBS's WebSocket server is off, says {address.origin}; in OBS, {ENABLE}"
    return f"no OBS answers at {address}; start OBS, and there {ENABLE}"


def _unwelcome(address: ObsAddress, close_code: int | None) -> str:
    if close_code is None:
        return f"OBS at {address} does not answer"
    if close_code != WRONG_PASSWORD:
        return f"what answers at {address} is no OBS that speaks obs-websocket 5 (OBS 28 or newer)"
    show = "OBS shows it under Tools, WebSocket Server Settings, Show Connect Info"
    if not address.password:
        return f"OBS at {address} wants its password; put it into VTUBER_OBS_PASSWORD; {show}"
    return f"OBS at {address} refuses the password of {address.origin}; {show}"
