FROM python:3.13-slim AS build
WORKDIR /source
RUN python -m venv /opt/nps-bot
ENV PATH=/opt/nps-bot/bin:$PATH
COPY constraints.txt pyproject.toml README.md LICENSE manifest.yml ./
RUN pip install --no-cache-dir --upgrade --constraint constraints.txt pip
COPY bot bot
COPY storage storage
RUN pip install --no-cache-dir --constraint constraints.txt --build-constraint constraints.txt .

FROM python:3.13-slim
# By number: Kubernetes' runAsNonRoot does not look names up. A volume at /data takes its owner from here.
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /data nps \
    && install --directory --owner=nps --group=nps --mode=0700 /data
COPY --from=build /opt/nps-bot /opt/nps-bot
ENV PATH=/opt/nps-bot/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATABASE_URL=sqlite+aiosqlite:////data/nps.db
USER 10001
WORKDIR /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
ENTRYPOINT ["nps-bot"]
CMD ["serve"]
