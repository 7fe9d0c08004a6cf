# Two stages: pip and its cache stay out of the image that runs.
FROM python:3.12-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY storage storage
COPY crawler crawler
COPY scheduler scheduler
RUN python -m venv /opt/khabar && /opt/khabar/bin/pip install --no-cache-dir .

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin khabar \
    && install -d -o khabar -g khabar /data
COPY --from=build /opt/khabar /opt/khabar
ENV PATH=/opt/khabar/bin:$PATH \
    LANG=C.UTF-8 \
    PYTHONUNBUFFERED=1 \
    KHABAR_DATABASE__URL=sqlite:////data/khabar.db \
    KHABAR_DIGEST__FOLDER=/data/digests
USER khabar
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=2m --timeout=10s --start-period=2m CMD ["khabar", "status", "--check"]
ENTRYPOINT ["khabar"]
CMD ["serve"]
