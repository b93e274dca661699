# Recommendarr in a container: no root, one volume (/data), a health check that asks the program itself.
FROM python:3.12-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/recommendarr
COPY requirements.lock requirements-extras.lock ./
# The second file holds the drivers of PostgreSQL and Redis, which only some installations use.
RUN /opt/recommendarr/bin/pip install --no-cache-dir --no-deps --require-hashes \
      -r requirements.lock -r requirements-extras.lock
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
EXPOSE 8765
STOPSIGNAL SIGTERM
# The first start fetches the embedding model.
HEALTHCHECK --interval=60s --timeout=20s --start-period=180s CMD ["recommendarr", "health", "--running"]
ENTRYPOINT ["recommendarr"]
CMD ["run"]
