"""A small OBS of our own: a model that answers requests, and a server that speaks its protocol."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from vtuber.control.obs import IS_THERE, ObsRefused
from vtuber.control.obs_address import ObsAddress

SALT, CHALLENGE = "salt", "challenge"
NOT_FOUND = 600  # RequestStatus
KINDS = ["ffmpeg_source", "browser_source", "v4l2_input", "color_source_v3"]
DEFAULTS = {"ffmpeg_source": {"is_local_file": True, "buffering_mb": 2, "linear_alpha": False}}


@dataclass
class ModelObs:
    """Scenes, inputs and items as obs-websocket 5.1 tells of them (checked in tests/real)."""

    scenes: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {"S": []})
    inputs: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    filters: dict[str, list[tuple[str, dict[str, Any]]]] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    kinds: list[str] = field(default_factory=lambda: list(KINDS))
    program: str = "S"
    media: str = "OBS_MEDIA_STATE_ENDED"
    cursor: int = 0
    cursor_step: int = 0
    removed: set[str] = field(default_factory=set)  # that are listed yet
    asked: list[str] = field(default_factory=list)
    set: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    stats: dict[str, Any] = field(
        default_factory=lambda: {
            "activeFps": 30.0, "renderSkippedFrames": 0, "renderTotalFrames": 900
        }
    )  # fmt: skip

    def ask(self, request: str, **data: Any) -> dict[str, Any]:
        self.asked.append(request)
        answer: Callable[..., dict[str, Any] | None] = getattr(self, request)
        return answer(**data) or {}

    def _item(self, name: str, enabled: bool) -> dict[str, Any]:
        transform = {"sourceWidth": 1280.0, "sourceHeight": 720.0, "boundsType": "OBS_BOUNDS_NONE"}
        return {
            "sourceName": name, "sceneItemId": 1 + sum(map(len, self.scenes.values())),
            "sceneItemEnabled": enabled, "isGroup": None, "sceneItemTransform": transform,
        }  # fmt: skip

    def GetVersion(self):  # noqa: N802
        return {"obsVersion": "31.0.0"}

    def GetStats(self):  # noqa: N802
        return self.stats

    def GetVideoSettings(self):  # noqa: N802
        return {"baseWidth": 1920, "baseHeight": 1080, "fpsNumerator": 30, "fpsDenominator": 1}

    def GetStreamStatus(self):  # noqa: N802
        return {"outputActive": False}

    def GetRecordStatus(self):  # noqa: N802
        return {"outputActive": True}

    def GetCurrentProgramScene(self):  # noqa: N802
        return {"currentProgramSceneName": self.program}

    def GetSceneList(self):  # noqa: N802
        return {"scenes": [{"sceneName": name} for name in self.scenes]}

    def GetInputKindList(self):  # noqa: N802
        return {"inputKinds": self.kinds}

    def GetInputList(self):  # noqa: N802
        found = [{"inputName": n, "inputKind": kind} for n, (kind, _) in self.inputs.items()]
        return {"inputs": found}

    def GetSceneItemList(self, sceneName):  # noqa: N802, N803
        if sceneName not in self.scenes:
            raise ObsRefused("GetSceneItemList", NOT_FOUND, "No source was found")
        return {"sceneItems": self.scenes[sceneName]}

    def GetGroupSceneItemList(self, sceneName):  # noqa: N802, N803
        return {"sceneItems": [{"sourceName": name} for name in self.groups[sceneName]]}

    def GetInputDefaultSettings(self, inputKind):  # noqa: N802, N803
        return {"defaultInputSettings": DEFAULTS.get(inputKind, {})}

    def GetInputSettings(self, inputName):  # noqa: N802, N803
        if inputName in self.removed:
            raise ObsRefused("GetInputSettings", NOT_FOUND, "No source was found")
        return {"inputSettings": self.inputs[inputName][1]}

    def SetInputSettings(self, inputName, inputSettings, overlay):  # noqa: N802, N803
        assert overlay
        self.set.append((inputName, inputSettings))
        self.inputs[inputName][1].update(inputSettings)

    def CreateScene(self, sceneName):  # noqa: N802, N803
        if sceneName in self.scenes or sceneName in self.inputs or sceneName in self.groups:
            raise ObsRefused("CreateScene", IS_THERE, "A source already exists")
        self.scenes[sceneName] = []

    def CreateInput(self, sceneName, inputName, inputKind, inputSettings, sceneItemEnabled):  # noqa: N802, N803
        assert inputName not in self.inputs
        self.inputs[inputName] = inputKind, dict(inputSettings)
        return self.CreateSceneItem(sceneName, inputName, sceneItemEnabled)

    def CreateSceneItem(self, sceneName, sourceName, sceneItemEnabled):  # noqa: N802, N803
        self.scenes[sceneName].append(self._item(sourceName, sceneItemEnabled))
        return {"sceneItemId": self.scenes[sceneName][-1]["sceneItemId"]}

    def SetSceneItemTransform(self, sceneName, sceneItemId, sceneItemTransform):  # noqa: N802, N803
        item = next(i for i in self.scenes[sceneName] if i["sceneItemId"] == sceneItemId)
        item["sceneItemTransform"].update(sceneItemTransform)

    def CreateSourceFilter(self, sourceName, filterName, filterKind, filterSettings):  # noqa: N802, N803
        self.filters.setdefault(sourceName, []).append((filterKind, filterSettings))

    def GetSourceActive(self, sourceName):  # noqa: N802, N803
        shown = self.scenes[self.program]
        return {"videoActive": any(item["sourceName"] == sourceName for item in shown)}

    def GetMediaInputStatus(self, inputName):  # noqa: N802, N803
        self.cursor += self.cursor_step
        return {"mediaState": self.media, "mediaCursor": self.cursor}


class ObsServer:
    """Serves a model to whoever knows the password, as obs-websocket 5 does."""

    def __init__(self, model: ModelObs, password: str) -> None:
        from websockets.sync.server import serve

        self.model, self._password = model, password
        self.model_changed = threading.Condition()
        self.is_mute = False  # takes requests and answers none
        self.is_broken = False  # goes away in the midst of an answer
        self.not_ready = 0  # so often it is not, yet
        self.logins = 0
        self._connections: list[Any] = []
        self._server = serve(
            self._serve, "127.0.0.1", 0, subprotocols=["obswebsocket.msgpack"]  # type: ignore[list-item]
        )  # fmt: skip
        self.port = int(self._server.socket.getsockname()[1])
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    @property
    def address(self) -> ObsAddress:
        return ObsAddress("127.0.0.1", self.port, self._password, "the test")

    def _serve(self, connection: Any) -> None:
        import msgpack
        from websockets.exceptions import ConnectionClosed

        def send(op: int, **data: Any) -> None:
            connection.send(msgpack.packb({"op": op, "d": data}))

        secret = base64.b64encode(hashlib.sha256((self._password + SALT).encode()).digest())
        proof = base64.b64encode(hashlib.sha256(secret + CHALLENGE.encode()).digest()).decode()
        with contextlib.suppress(ConnectionClosed):
            send(0, rpcVersion=1, authentication={"challenge": CHALLENGE, "salt": SALT})
            said = msgpack.unpackb(connection.recv())["d"]
            if said.get("authentication") != proof:
                connection.close(4009, "Authentication failed.")
                return
            send(2, negotiatedRpcVersion=1)
            self._connections.append(connection)
            with self.model_changed:
                self.logins += 1
                self.model_changed.notify_all()
            for message in connection:
                self._answer(connection, send, msgpack.unpackb(message)["d"])

    def _answer(self, connection: Any, send: Callable[..., None], request: dict[str, Any]) -> None:
        if self.is_broken:
            connection.close()
        if self.is_mute or self.is_broken:
            return
        status: dict[str, Any] = {"result": True, "code": 100}
        data: dict[str, Any] | None = None
        if self.not_ready:
            self.not_ready -= 1
            status = {"result": False, "code": 207, "comment": "OBS is not ready"}
        else:
            try:
                with self.model_changed:
                    data = self.model.ask(request["requestType"], **request.get("requestData", {}))
                    self.model_changed.notify_all()
            except ObsRefused as error:
                status = {"result": False, "code": error.code, "comment": str(error)}
        send(
            7, requestType=request["requestType"], requestId=request["requestId"],
            requestStatus=status, responseData=data,
        )  # fmt: skip

    def wait_until(self, is_so: Callable[[], object]) -> None:
        with self.model_changed:
            assert self.model_changed.wait_for(is_so, 30), self.model.asked

    def wait_for_more(self, request: str, count: int) -> int:
        """Wait until it was asked so many times more; give how often it was asked by then."""
        before = self.model.asked.count(request)
        self.wait_until(lambda: self.model.asked.count(request) >= before + count)
        return before + count

    def tell(self, event: str, **data: Any) -> None:
        """Send an event to everybody."""
        import msgpack
        from websockets.exceptions import ConnectionClosed

        told = {"eventType": event, "eventIntent": 1, "eventData": data}
        for connection in self._connections:
            with contextlib.suppress(ConnectionClosed):
                connection.send(msgpack.packb({"op": 5, "d": told}))

    def close(self) -> None:
        for connection in self._connections:
            connection.close()
        self._server.shutdown()
        self._thread.join()
