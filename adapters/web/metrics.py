"""What is counted, for Prometheus. Labels come from short fixed lists, never from what people send."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.model.running import ServiceState, ServiceStatus

CONTENT_TYPE = CONTENT_TYPE_LATEST

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class PrometheusMeter:
    """`bot.ports.metrics.Meter`, with a registry of its own."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self._received = self._counter("incoming", "What came in and was accepted.", "platform", "kind")
        self._dropped = self._counter("dropped", "What came in and is not answered.", "platform", "reason")
        self._restarts = self._counter("service_restarts", "Starts of a service after it failed.", "service")
        self._requests = self._counter("http_requests", "Web requests.", "method", "route", "status")
        self._jobs = self._counter("jobs", "Background jobs that were run.", "job", "outcome")
        self._answers = self._histogram("answer_seconds", "From arrival until the answer has left.", "platform")
        self._web = self._histogram("http_request_seconds", "Time to serve a web request.", "route")
        self._up = Gauge("recommendarr_service_up", "Whether a service runs.", ["service"], registry=self.registry)
        self._waiting = Gauge("recommendarr_waiting", "Accepted and not answered yet.", registry=self.registry)

    def watch_waiting(self, waiting: Callable[[], int]) -> None:
        """Ask this for the length of the queue whenever metrics are read."""
        self._waiting.set_function(waiting)

    def watch_models(self, counted: Callable[[], Mapping[tuple[str, str], int]]) -> None:
        """Ask this for what language models used, by model and kind, whenever metrics are read."""
        self.registry.register(_Models(counted))

    def received(self, platform: str, kind: str) -> None:
        """Something came in."""
        self._received.labels(platform, kind).inc()

    def answered(self, platform: str, seconds: float) -> None:
        """An answer left."""
        self._answers.labels(platform).observe(seconds)

    def dropped(self, platform: str, reason: str) -> None:
        """Something is not answered."""
        self._dropped.labels(platform, reason).inc()

    def restarted(self, service: str) -> None:
        """A service is started again."""
        self._restarts.labels(service).inc()

    def worked(self, job: str, outcome: str) -> None:
        """A background job was run."""
        self._jobs.labels(job, outcome).inc()

    def requested(self, method: str, route: str, status: int, seconds: float) -> None:
        """A web request was served."""
        self._requests.labels(method, route, str(status)).inc()
        self._web.labels(route).observe(seconds)

    def exposition(self, services: Sequence[ServiceStatus]) -> bytes:
        """Everything in Prometheus' text format, with the services as they are now."""
        for service in services:
            self._up.labels(service.name).set(service.state is ServiceState.RUNNING)
        return generate_latest(self.registry)

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(f"recommendarr_{name}", text, labels, registry=self.registry)

    def _histogram(self, name: str, text: str, *labels: str) -> Histogram:
        return Histogram(f"recommendarr_{name}", text, labels, buckets=_SECONDS, registry=self.registry)


class _Models(Collector):
    """Calls and tokens of language models, which are counted elsewhere."""

    def __init__(self, counted: Callable[[], Mapping[tuple[str, str], int]]) -> None:
        self._counted = counted

    def collect(self) -> Iterator[Metric]:
        """One counter: calls, and tokens that were read and written."""
        text = "Calls of language models, and tokens that they read and wrote."
        family = CounterMetricFamily("recommendarr_language_model", text, labels=["model", "kind"])
        for (model, kind), number in sorted(self._counted().items()):
            family.add_metric([model, kind], number)
        yield family
