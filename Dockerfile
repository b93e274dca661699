# Recommendarr in a container: no root, one volume (/data), a health check that asks the program itself.
FROM python:3.12-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/recommendarr
COPY requirements.lock ./
RUN /opt/recommendarr/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY engine ./engine
COPY adapters ./adapters
COPY prompts ./prompts
COPY templates ./templates
RUN /opt/recommendarr/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim-bookworm
RUN groupadd --gid 1000 recommendarr \
 && useradd --uid 1000 --gid recommendarr --home-dir /data --no-create-home recommendarr \
 && install -d -o recommendarr -g recommendarr /data
COPY --from=build /opt/recommendarr /opt/recommendarr
ENV PATH=/opt/recommendarr/bin:$PATH \
    RECOMMENDARR_HOME=/data \
    PYTHONUNBUFFERED=1
USER recommendarr
VOLUME /data
HEALTHCHECK --interval=60s --timeout=20s --start-period=30s CMD ["recommendarr", "health"]
ENTRYPOINT ["recommendarr"]
CMD ["--help"]
