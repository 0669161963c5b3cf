"""The frames while they are made: by the site engine in the background, anew when its files are saved."""

from pathlib import Path

from kunskapsbank.background import EngineError
from kunskapsbank.pages.frames import Engine, Rendered, Rendering


class Framing:
    """Of several wishes the last one counts. One thread uses it."""

    def __init__(self, source: Path, engine: Engine) -> None:
        self._source, self._engine = source, engine
        self._rendering: Rendering | None = None
        self._rendered: Rendered | None = None
        self._fault: EngineError | None = None

    def begin(self) -> None:
        """Raises `OSError` where the engine's files can't be read."""
        self.close()
        self._fault = None
        rendering = Rendering(self._source, self._engine)
        rendering.__enter__()
        self._rendering = rendering

    @property
    def begun(self) -> bool:
        """Whether it was ever begun, and what came of that is still to be had."""
        return any(one is not None for one in (self._rendering, self._rendered, self._fault))

    @property
    def busy(self) -> bool:
        return self._rendering is not None and not self._rendering.done

    @property
    def done(self) -> bool:
        """Whether there is something new to take."""
        return self._rendering is not None and self._rendering.done

    def take(self) -> None:
        """Takes what has been made in the place of the frames before; waits for it."""
        if self._rendering is None:
            return
        try:
            self._rendered = self._rendering.result()
        except EngineError as error:
            self._fault = error
        finally:
            self.close()

    def frames(self) -> Rendered:
        """The latest that there are; waits for the first. Raises `EngineError` if the last run failed."""
        if self.done or self._rendered is None:
            self.take()
        if self._fault:
            raise self._fault
        if self._rendered is None:
            raise EngineError("De handskrivna sidorna är inte gjorda.")
        return self._rendered

    def close(self) -> None:
        """Ends what is under way."""
        if self._rendering:
            self._rendering.__exit__(None, None, None)
            self._rendering = None
